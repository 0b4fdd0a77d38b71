"""When alerts are held back: maintenances mute all of a service, support hours its tickets and never a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from generator.analysis.routing import Routing, routing
from generator.catalog import Catalog
from tests.analysis.time_fields import told
from tests.catalogs import NOW, make_catalog

PEOPLE = "ann: {email: ann@example.com}\nbob: {email: bob@example.com}\n"
SETTINGS = """\
time_zone: America/Argentina/Buenos_Aires
alertmanager: {smtp_smarthost: 'smtp.example.com:587', smtp_from: tocsin@example.com}
receivers: {audit: {webhook_configs: [{url: 'http://127.0.0.1/'}]}}
"""
LAYER = "{start: 2026-01-05 09:00, turn: 1w, people: [ann, bob]}"
MADRID = f"schedules: {{primary: {{time_zone: Europe/Madrid, layers: [{LAYER}]}}}}\n"
POLICY = "escalation: {steps: [{page: ann, wait: 5m}]}\nescalations: {nights: {steps: [{page: ann, wait: 5m}]}}\n"
OPS = f"slack: '#ops'\nreceivers: [audit]\n{MADRID}{POLICY}"
ALERTS = "alerts: [{alert: Down, expr: up == 0, urgency: page}]\n"
COMPONENTS = "site: {name: S, components: {web: {name: W, services: [web]}, api: {name: A, services: [api]}}}\n"


def catalog_of(**files: str) -> Catalog:
    """Services web, api and blog of team ops; names of files are written with two underscores for a slash."""
    sources = {
        "alerts/web.yaml": f"team: ops\nescalation: nights\n{ALERTS}",
        "alerts/api.yaml": "team: ops\nalerts: [{alert: ApiDown, expr: up == 0}]\n",
        "alerts/blog.yaml": "team: ops\nalerts: [{alert: BlogDown, expr: up == 0}]\n",
        "schedules/ops.yaml": OPS,
        "schedules/people.yaml": PEOPLE,
        "status/components.yaml": COMPONENTS,
        "tocsin.yaml": SETTINGS,
    }
    given = {f"{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in files.items()}
    catalog = make_catalog(sources | given)
    assert not catalog.findings
    return catalog


def maintenance(start: str, end: str, more: str = "", component: str = "web") -> dict[str, str]:
    text = f"title: T\nfrom: {start}\nuntil: {end}\ncomponents: [{component}]\nmute: true\nmessage: M\n{more}"
    return {"status__maintenances__2026_12_06_db": text}


def of(service: str, urgency: str = "page") -> dict[str, str]:
    return {"team": "ops", "urgency": urgency, "service": service}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DATABASE = maintenance("2026-12-06 23:10:20", "2026-12-08 01:00:30")


@pytest.mark.parametrize(
    ("instant", "muted"),
    [
        ("2026-12-06 23:09:59", False),
        ("2026-12-06 23:10", True),  # rounded outwards
        ("2026-12-07 12:00", True),
        ("2026-12-08 01:00:59", True),
        ("2026-12-08 01:01", False),
        ("2027-12-07 12:00", False),
    ],
)
@pytest.mark.parametrize("urgency", ["page", "ticket"])
def test_a_maintenance_mutes_its_services_and_no_others(instant: str, muted: bool, urgency: str) -> None:
    found = routing(catalog_of(**DATABASE), NOW)
    usual = {"page": "ops/page/nights", "ticket": "ops/ticket"}[urgency]
    assert told(found, of("web", urgency), at(instant)) == ([] if muted else ["audit", usual])
    assert "audit" in told(found, of("api", urgency), at(instant))
    assert f"ops/{urgency}" in told(found, of("blog", urgency), at(instant))
    assert found.uses_now


def test_a_group_of_components_stands_for_all_of_them() -> None:
    found = routing(catalog_of(**maintenance("2026-12-06 03:00", "2026-12-06 04:00", component="site")), NOW)
    during = at("2026-12-06 03:30")
    assert [told(found, of(each), during) for each in ("web", "api")] == [[], []]
    assert told(found, of("blog"), during)


@pytest.mark.parametrize(
    ("start", "end", "more"),
    [
        ("2026-11-23 03:00", "2026-11-23 04:00", ""),
        ("2026-12-06 03:00", "2026-12-06 04:00", "cancelled: 2026-11-24 11:00\n"),
        ("2026-11-24 11:00", "2026-11-24 14:00",
         "updates: [{at: 2026-11-24 11:30, status: completed, message: m}]\n"),
        ("2026-12-06 03:00", "2026-12-06 04:00",
         "updates: [{at: 2026-11-24 11:30, status: completed, message: m}]\n"),
        ("2026-12-06 03:00", "2026-12-06 04:00", "mute: false\n"),
    ],
)  # fmt: skip
def test_what_is_over_cancelled_or_loud_mutes_nothing(start: str, end: str, more: str) -> None:
    files = maintenance(start, end, more)
    if "mute: false" in more:
        files = {name: text.replace("mute: true\n", "") for name, text in files.items()}
    found = routing(catalog_of(**files), NOW)
    assert (found.intervals, found.uses_now) == ((), False)


def test_one_that_is_going_on_and_one_that_ends_early() -> None:
    going = maintenance("2026-11-24 11:00", "2026-11-24 14:00", "cancelled: 2026-11-24 13:00\n")
    found = routing(catalog_of(**going), NOW)
    assert told(found, of("web"), NOW) == []
    assert told(found, of("web"), at("2026-11-24 13:30")) != []


def told_on_monday(found: Routing, labels: dict[str, str]) -> list[int]:
    """The hours, UTC, of Monday 2026-11-30 at which the team is told (Madrid is an hour ahead)."""
    start = at("2026-11-30 00:00")
    hours = [start + timedelta(hours=each) for each in range(24)]
    return [hour.hour for hour in hours if set(told(found, labels, hour)) - {"audit"}]


HOURS = "support_hours: {days: mon-fri, hours: 09:00-18:00}\n"


def test_support_hours_hold_tickets_back_and_never_a_page() -> None:
    found = routing(catalog_of(schedules__ops=HOURS + OPS), NOW)
    assert told_on_monday(found, of("web", "ticket")) == list(range(8, 17))
    assert told_on_monday(found, of("web")) == list(range(24))
    assert told(found, of("web", "ticket"), at("2026-11-29 12:00")) == ["audit"]  # a Sunday; audit hears everything
    assert not found.uses_now


def test_a_service_has_hours_of_its_own_or_none() -> None:
    late = f"team: ops\nsupport_hours: {{hours: 17:00-01:00}}\n{ALERTS}"
    always = "team: ops\nsupport_hours: always\nalerts: [{alert: ApiDown, expr: up}]\n"
    found = routing(catalog_of(alerts__web=late, alerts__api=always, schedules__ops=HOURS + OPS), NOW)
    assert told_on_monday(found, of("web", "ticket")) == list(range(16, 24))
    assert told_on_monday(found, of("api", "ticket")) == list(range(24))
    assert told_on_monday(found, of("blog", "ticket")) == list(range(8, 17))


def test_hours_are_in_the_settings_zone_where_schedules_differ() -> None:
    other = MADRID.replace("schedules: {", "schedules: {second: {time_zone: Asia/Tokyo, layers: []}, ")
    team = HOURS + OPS.replace(
        MADRID, other.replace("layers: []", "layers: [{start: 2026-01-05, turn: 1w, people: [bob]}]")
    )
    found = routing(catalog_of(schedules__ops=team), NOW)
    assert told_on_monday(found, of("web", "ticket")) == list(range(12, 21))


def test_times_of_silence_add_up() -> None:
    """A service with a maintenance keeps its hours, and people on call theirs: Alertmanager inherits neither."""
    people = HOURS + OPS.replace("slack", "pages: people\nslack").replace("page: ann", "page: primary")
    found = routing(catalog_of(schedules__ops=people, **maintenance("2026-11-30 10:00", "2026-11-30 12:00")), NOW)
    assert told_on_monday(found, of("web", "ticket")) == [8, 9, *range(12, 17)]
    assert told_on_monday(found, of("web")) == [*range(10), *range(12, 24)]
    for hour in (9, 13):
        assert told(found, of("web"), at(f"2026-11-30 {hour:02}:00")) == ["audit", "ops/person/bob"]
