"""Runbooks, postmortems and what the public sees."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from generator.kinds.base import Localized
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.status import Component, Maintenance, StatusIncident
from tests.catalogs import make_catalog


def runbook(text: str) -> Runbook:
    catalog = make_catalog({"runbooks/shop-down.md": text})
    assert catalog.findings == ()
    (found,) = catalog.all(Runbook)
    return found


def test_a_runbook_without_front_matter():
    found = runbook("# Shop down\n")
    assert found == Runbook(ref=found.ref, id="shop-down")


def test_a_runbook_s_front_matter():
    found = runbook(
        "---\nreviewed: 2026-11-02\nparameters: {namespace: default, port: 8080}\ntags: [db]\n---\n# Down\n"
    )
    assert (found.reviewed, found.tags) == (date(2026, 11, 2), ("db",))
    assert found.parameters == {"namespace": "default", "port": "8080"}


def test_a_postmortem_s_times_are_utc():
    text = (
        "---\nstatus: review\nseverity: none\nstarted: 2026-10-14 13:05\nresolved: 2026-10-14 11:00-03:00\n---\n# C\n"
    )
    (found,) = make_catalog({"postmortems/2026-10-14-checkout.md": text}).all(Postmortem)
    assert (found.status, found.severity, found.date) == ("review", "none", "2026-10-14")
    assert found.started == datetime(2026, 10, 14, 13, 5, tzinfo=UTC)
    assert found.resolved == datetime(2026, 10, 14, 14, tzinfo=UTC)
    assert found.detected is None


def test_components_keep_the_order_of_the_page_and_groups_come_before_what_is_in_them():
    text = "zoo: Zoo\napi:\n  name: API\n  components: {rest: REST API, soap: {since: 2025-01-01}}\nant: {}\n"
    found = make_catalog({"status/components.yaml": text}).all(Component)
    assert [(each.position, each.id, each.name.text(), each.group, each.is_group) for each in found] == [
        (1, "zoo", "Zoo", None, False),
        (2, "api", "API", None, True),
        (3, "rest", "REST API", "api", False),
        (4, "soap", "soap", "api", False),
        (5, "ant", "ant", None, False),
    ]
    assert found[3].since == date(2025, 1, 1)
    assert found[3].ref.pointer == ("api", "components", "soap")


def test_an_incident_s_updates():
    text = """\
title: {en: Errors, es: Errores}
updates:
  - {at: 2026-10-14 13:12, status: investigating, message: Looking, components: {website: partial_outage}}
  - {at: 2026-10-14 10:40-03:00, status: resolved, message: Over}
"""
    (found,) = make_catalog({"status/incidents/2026-10-14-a.yaml": text}).all(StatusIncident)
    assert [each.at for each in found.updates] == [
        datetime(2026, 10, 14, 13, 12, tzinfo=UTC),
        datetime(2026, 10, 14, 13, 40, tzinfo=UTC),
    ]
    assert found.updates[0].components == {"website": "partial_outage"}
    assert found.title.text("es") == "Errores"


def test_a_maintenance_with_only_what_it_needs():
    text = "title: Database\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\n"
    (found,) = make_catalog({"status/maintenances/2026-12-06-db.yaml": text}).all(Maintenance)
    assert (found.start, found.end) == (
        datetime(2026, 12, 6, 3, tzinfo=UTC),
        datetime(2026, 12, 6, 4, tzinfo=UTC),
    )
    assert (found.components, found.updates, found.cancelled, found.mute, found.budget) == (
        (),
        (),
        None,
        False,
        "counted",
    )
    assert found.message.text() == ""


@pytest.mark.parametrize(
    ("written", "language", "default", "text"),
    [
        ("Errors", "es", "en", "Errors"),
        ({"en": "Errors", "es": "Errores"}, "es", "en", "Errores"),
        ({"en": "Errors", "es": "Errores"}, "de", "es", "Errores"),
        ({"en": "Errors"}, "de", "fr", "Errors"),
        ({}, "en", "en", ""),
    ],
)
def test_a_text_in_the_language_asked_for_else_in_the_default_one_else_in_the_first(
    written: str | dict[str, str], language: str, default: str, text: str
):
    assert Localized(written).text(language, default) == text
