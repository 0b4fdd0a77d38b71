from __future__ import annotations

import pytest

from generator.checks.oncall import zones as oncall_zones
from tests.checks.found import found, place


def files(zone: str, *, person: str = "Europe/Madrid", layer: str = "", team: str = "") -> dict[str, str]:
    more = f", time_zone: {layer}" if layer else ""
    return {
        "tocsin.yaml": "time_zone: Europe/Madrid\n",
        "schedules/people.yaml": f"alice: {{name: Alice, time_zone: {person}}}\nbob: Bob\n",
        "schedules/ops.yaml": f"""\
name: Ops
{team}
schedules:
  primary:
    time_zone: {zone}
    layers:
      - {{name: Weekly, start: 2026-01-01 09:00, turn: 1w, people: [alice, bob]{more}}}
escalation:
  steps: [{{page: primary, wait: 15m}}]
""",
    }


def test_a_zone_with_another_of_the_same_rules():
    (finding,) = found(oncall_zones, files("Europe/Oslo", person="Europe/Oslo"))
    assert (finding.check, finding.level, place(finding)) == ("oncall/zone", "note", "schedules/ops.yaml:5:16")
    assert finding.message == (
        "PagerDuty does not take the time zone Europe/Oslo (of schedule ops/primary and 1 more):"
        " it is told Europe/Berlin, which has the same rules"
    )


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"person": "Europe/Oslo"}, "schedules/people.yaml:1:33"),
        ({"layer": "Europe/Oslo"}, "schedules/ops.yaml:7:92"),
    ],
)
def test_zones_of_people_and_layers(where, expected):
    assert [place(each) for each in found(oncall_zones, files("Europe/Madrid", **where))] == [expected]


def test_a_zone_without_another_of_the_same_rules():
    (finding,) = found(oncall_zones, files("Australia/Lord_Howe"))
    assert (finding.check, finding.level) == ("oncall/zone-refused", "warning")


def test_the_zone_of_the_settings_stands_there():
    sources = {**files("Europe/Oslo"), "tocsin.yaml": "time_zone: Europe/Oslo\n"}
    assert {place(each) for each in found(oncall_zones, sources)} == {"tocsin.yaml:1:12"}


@pytest.mark.parametrize("sources", [files("Europe/Madrid"), files("Europe/Oslo", team="pages: people")])
def test_zones_that_do_no_harm(sources):
    assert found(oncall_zones, sources) == ()
