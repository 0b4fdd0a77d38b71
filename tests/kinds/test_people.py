"""People, and changes to the plan."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from generator.kinds.absences import Leave, Override
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Notification, Person
from generator.kinds.restrictions import Restriction
from tests.catalogs import make_catalog


def people(text: str) -> list[Person]:
    catalog = make_catalog({"schedules/people.yaml": text, "tocsin.yaml": "time_zone: Europe/Madrid\n"})
    assert catalog.findings == ()
    return list(catalog.all(Person))


def test_plain_text_is_short_for_the_name():
    (ann,) = people("ann: Ann\n")
    assert ann == Person(ref=ann.ref, id="ann", name="Ann", github="ann", time_zone="Europe/Madrid")


def test_what_is_not_written_follows_from_the_key_and_the_settings():
    (ann,) = people("ann: {email: ann@example.com}\n")
    assert (ann.name, ann.github, ann.time_zone, ann.until, ann.notify) == ("ann", "ann", "Europe/Madrid", None, ())
    assert ann.working_hours == ()


def test_what_is_written_counts():
    (ann,) = people(
        "ann: {name: Ann, github: a, time_zone: America/Montevideo, until: 2026-12-31, contact: [push, sms],"
        " notify: [{by: push}, {by: phone, after: 5m}]}\n"
    )
    assert (ann.github, ann.time_zone) == ("a", "America/Montevideo")
    assert ann.contact == ("push", "sms")
    assert ann.notify == (Notification("push", timedelta()), Notification("phone", timedelta(minutes=5)))


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-31", datetime(2026, 12, 31, 3, tzinfo=UTC)),
        ("2026-12-31 18:00", datetime(2026, 12, 31, 21, tzinfo=UTC)),
        ("2026-12-31T18:00Z", datetime(2026, 12, 31, 18, tzinfo=UTC)),
    ],
)
def test_who_leaves_does_so_by_the_clock_where_they_live(written: str, instant: datetime):
    (ann,) = people(f"ann: {{time_zone: America/Montevideo, until: {written}}}\n")
    assert ann.until == instant
    assert str(ann.until.tzinfo) == "America/Montevideo"


@pytest.mark.parametrize(
    ("written", "days"),
    [("09:00-18:00", range(7)), ("{days: mon-fri, hours: 09:00-18:00}", range(5))],
)
def test_working_hours_are_spans_that_repeat(written: str, days: range):
    (ann,) = people(f"ann: {{working_hours: {written}}}\n")
    assert ann.working_hours == (Restriction(frozenset(days), time(9), timedelta(hours=9)),)


def test_working_hours_that_mean_nothing_are_found_at_their_place():
    catalog = make_catalog({"schedules/people.yaml": "ann: {working_hours: 09:00-09:00}\n"})
    assert [(each.check, each.where.pointer[:2]) for each in catalog.findings] == [
        ("schema/value", ("ann", "working_hours"))
    ]


def test_people_come_in_the_order_written():
    assert [person.id for person in people("zoe: Z\nann: A\nmia: M\n")] == ["zoe", "ann", "mia"]


def test_an_override_s_times_are_in_the_zone_of_its_schedule():
    text = "- {who: ann, for: zoe, from: 2026-12-24 09:00, until: 2026-12-26, why: holidays}\n"
    (override,) = make_catalog({"schedules/web.overrides.yaml": text}).all(Override)
    assert (override.team, override.who, override.instead_of, override.schedule, override.why) == (
        "web",
        "ann",
        "zoe",
        None,
        "holidays",
    )
    assert override.span(ZoneInfo("America/Argentina/Buenos_Aires")) == (
        datetime(2026, 12, 24, 12, tzinfo=UTC),
        datetime(2026, 12, 26, 3, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("entry", "links"),
    [
        ("who: ann", [("person", "ann"), ("team", "web")]),
        ("who: ann, for: zoe", [("person", "ann"), ("person", "zoe"), ("team", "web")]),
        ("who: ann, schedule: primary", [("person", "ann"), ("schedule", "web/primary")]),
    ],
)
def test_whom_an_override_names(entry: str, links: list[tuple[str, str]]):
    text = f"- {{{entry}, from: 2026-12-24, until: 2026-12-26}}\n"
    (override,) = make_catalog({"schedules/web.overrides.yaml": text}).all(Override)
    assert [(each.to, each.id) for each in override.references()] == links


def test_leave_counts_whoever_s_team_it_lies_beside():
    text = "- {who: ann, from: 2026-12-24, until: 2026-12-27}\n- {who: zoe, from: 2026-12-24, until: 2026-12-25}\n"
    catalog = make_catalog({"schedules/deep/web.leave.yaml": text})
    assert [(leave.id, leave.who) for leave in catalog.all(Leave)] == [("web/0", "ann"), ("web/1", "zoe")]


def test_ids_of_pagerduty():
    text = "pagerduty_schedule.web_primary: PSCHED1\npagerduty_team_membership.web_ann: PUSER01:PTEAM01\n"
    found = make_catalog({"schedules/pagerduty.ids.yaml": text}).all(PagerDutyId)
    assert [(each.id, each.pagerduty) for each in found] == [
        ("pagerduty_schedule.web_primary", "PSCHED1"),
        ("pagerduty_team_membership.web_ann", "PUSER01:PTEAM01"),
    ]
