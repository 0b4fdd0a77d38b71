"""The severity map."""

from __future__ import annotations

import pytest

from generator.checks import severities as family
from generator.findings import Edit
from tests.catalogs import make_catalog
from tests.checks.found import found, place
from tests.checks.test_slos_legs import MAP, SHOP, SLO, severities


@pytest.mark.parametrize(
    ("conditions", "at"),
    [
        (["SEV-1 ticket 14.4 5m 1h", "SEV-2 page 6 30m 6h"], "alerts/severity-map.yaml:3:14"),
        (["SEV-1 page 6 30m 6h", "SEV-2 ticket 14.4 5m 1h"], "alerts/severity-map.yaml:9:9"),
        (["SEV-1 page 6 30m 6h critical", "SEV-2 ticket 14.4 5m 1h"], None),
        (["SEV-1 page 6 30m 6h", "SEV-2 ticket 3 2h 1d"], None),
        (["SEV-1 page 14.4 5m 1h", "SEV-2 page 6 30m 6h", "SEV-3 ticket 1 6h 3d"], None),
    ],
)
def test_the_worse_burn_is_the_louder_one(conditions: list[str], at: str | None):
    said = found(family, {SHOP: SLO, MAP: severities(*conditions)}, "severity/order")
    assert [place(each) for each in said] == ([at] if at else [])


def test_severities_that_the_map_does_not_have():
    text = """\
severities: {SEV-4: off}
slos:
  - {name: a, objective: 99, sli: {errors: e, total: t}, severities: {SEV-1: off, SEV-7: off}}
alerts:
  - {alert: A, expr: up == 0, severity: SEV-3}
  - {alert: B, expr: up == 0, severity: SEV-5}
"""
    missing = found(family, {"alerts/shop.yaml": text}, "severity/missing")
    assert [(place(each), each.subject) for each in missing] == [
        ("alerts/shop.yaml:1:14", "shop"),
        ("alerts/shop.yaml:3:83", "shop/a"),
        ("alerts/shop.yaml:6:41", "shop/B"),
    ]
    assert missing[0].hint == "there are SEV-1, SEV-2, SEV-3"


def test_numbers_that_are_written_as_text_for_people():
    text = """\
severity_mapping:
  SEV-1:
    urgency: page
    conditions:
      - {burn_rate: "> 14.40x", window: 5m and 60m}
  SEV-2:
    urgency: ticket
    conditions:
      - {burn_rate: " 1 ", window: [6h, 3d]}
"""
    said = found(family, {MAP: text}, "severity/pasted-form")
    assert [(place(each), each.hint) for each in said] == [
        (f"{MAP}:5:21", "write burn_rate: 14.4"),
        (f"{MAP}:5:41", "write window: [5m, 60m]"),
        (f"{MAP}:9:21", "write burn_rate: 1"),
    ]
    where = ("severity_mapping", "SEV-1", "conditions", 0)
    assert said[0].fixes[0].edits == (Edit("set", (*where, "burn_rate"), 14.4),)
    assert said[1].fixes[0].edits == (Edit("set", (*where, "window"), ["5m", "60m"]),)


def test_a_window_of_no_time_is_refused():
    said = "severity_mapping: {SEV-1: {urgency: page, conditions: [{burn_rate: 9, window: [0s, 1h]}], response: []}}"
    (finding,) = make_catalog({"alerts/severity-map.yaml": said}).findings
    assert finding.message.startswith("window begins with 0s, in which nothing happens")
