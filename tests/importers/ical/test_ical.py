"""Calendars become schedules: what is on call then is what another library says that the calendar shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from generator.analysis.oncall import shifts
from generator.importers import Given, Imported, Options
from generator.importers.ical import read
from generator.importers.prove import prove
from generator.importers.write import render
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PEOPLE = {
    "schedules/people.yaml": """\
ana: {name: Ana Álvarez, email: ana@example.com}
bob: {name: Bob, github: bobby}
cy: Cy
"""
}
ZONE = "Europe/Madrid"


def event(summary: str, start: str, end: str, *more: str, uid: str = "") -> list[str]:
    """An event in ZONE."""
    times = [f"DTSTART;TZID={ZONE}:{start}", f"DTEND;TZID={ZONE}:{end}"]
    return ["BEGIN:VEVENT", f"UID:{uid or summary + start}", f"SUMMARY:{summary}", *times, *more, "END:VEVENT"]


def text(*events: list[str]) -> bytes:
    """A calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", "X-WR-CALNAME:Shop", f"X-WR-TIMEZONE:{ZONE}"]
    lines += [line for each in events for line in each] + ["END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def imported(raw: bytes, files: dict[str, str] | None = None) -> Imported:
    catalog = make_catalog({"tocsin.yaml": "name: Test\n", **(PEOPLE if files is None else files)})
    return read([Given("shop.ics", raw)], Options(catalog=catalog, now=NOW))


def sources(found: Imported) -> dict[str, str]:
    every: dict[str, Any] = {**found.sources, **found.lists}
    out = {path: render(source) for path, source in every.items()}
    before = list(found.notes)
    assert all(prove(path, text, every[path], found) for path, text in out.items())
    assert found.notes == before
    return out


def said(found: Imported) -> list[str]:
    return [f"{note.check.removeprefix('import/')}: {note.message}" for note in found.notes]


def on_call(found: Imported, weeks: int = 12) -> list[list[Any]]:
    """Who is on call in the coming weeks; pieces of one person that touch are joined."""
    catalog = make_catalog({"tocsin.yaml": "name: Test\n", **PEOPLE, **sources(found)})
    assert not catalog.findings
    (schedule,) = catalog.all(Schedule)
    return joined([[each.start, each.end, each.person] for each in shifts(catalog, schedule, NOW, NOW + weeks * WEEK)])


def joined(spans: list[list[Any]]) -> list[list[Any]]:
    out: list[list[Any]] = []
    for start, end, who in sorted(spans):
        if out and out[-1][1] >= start and out[-1][2] == who:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end, who])
    return out


WEEK = timedelta(weeks=1)


def shown(raw: bytes, weeks: int = 12) -> list[list[Any]]:
    """What the calendar shows in these weeks, by the other library: for calendars whose events do not overlap."""
    end = NOW + weeks * WEEK
    spans = []
    for each in recurring_ical_events.of(Calendar.from_ical(raw)).between(NOW, end):
        start, stop = (each[key].dt.astimezone(UTC) for key in ("DTSTART", "DTEND"))
        if start < end and stop > NOW:
            spans.append([max(start, NOW), min(stop, end), str(each["SUMMARY"]).split("] ")[-1].lower()])
    return joined(spans)


def test_weeks_in_turn_are_one_layer():
    raw = text(
        event("ana", "20260105T090000", "20260112T090000", "RRULE:FREQ=WEEKLY;INTERVAL=3"),
        event("bob", "20260112T090000", "20260119T090000", "RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        event("cy", "20260119T090000", "20260126T090000", "RRULE:FREQ=WEEKLY;INTERVAL=3;WKST=SU"),
    )
    found = imported(raw)
    assert sources(found) == {
        "schedules/shop.yaml": """\
schedules:
  primary:
    name: Shop
    time_zone: Europe/Madrid
    layers:
      - start: 2026-01-05 09:00
        turn: 1w
        people:
          - ana
          - bob
          - cy
"""
    }
    assert on_call(found) == shown(raw)


def test_working_days_in_turn_and_a_cover_above():
    raw = text(
        event("Ana Alvarez", "20260105T090000", "20260105T170000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
        event("bobby", "20260112T090000", "20260112T170000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
        event("Cy", "20261201T100000", "20261201T120000"),
        event("Cy", "20260101T100000", "20260101T120000"),
    )
    out = sources(imported(raw))
    assert "        turn: 1w\n        days: mon-fri\n        hours: 09:00-17:00\n" in out["schedules/shop.yaml"]
    assert out["schedules/shop.overrides.yaml"] == ("- who: cy\n  from: 2026-12-01 10:00\n  until: 2026-12-01 12:00\n")


def test_the_higher_level_wins():
    raw = text(
        event("[L2] ana", "20260105T090000", "20260105T100000", "RRULE:FREQ=DAILY"),
        event("bob [l1]", "20260105T080000", "20260105T110000", "RRULE:FREQ=DAILY"),
    )
    out = sources(imported(raw))["schedules/shop.yaml"]
    assert out.index("name: Level 1") < out.index("name: Level 2")


def test_uneven_rules_become_overrides():
    raw = text(
        event("ana", "20260105T090000", "20260105T170000", "RRULE:FREQ=WEEKLY"),
        event("bob", "20260106T090000", "20260106T170000", "RRULE:FREQ=MONTHLY;BYDAY=2TU"),
        event("cy", "20260107T090000", "20260107T170000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
    )
    found = imported(raw)
    assert on_call(found) == shown(raw)
    assert sources(found)["schedules/shop.overrides.yaml"].count("who: bob") == 12


def test_single_events_alone_become_a_schedule_too():
    raw = text(
        event("ana", "20261123T090000", "20261130T090000"),
        event("bob", "20261130T090000", "20261207T090000"),
    )
    assert on_call(imported(raw)) == shown(raw)


def test_moved_and_missing_times():
    rule = ("RRULE:FREQ=WEEKLY", f"EXDATE;TZID={ZONE}:20261207T090000")
    raw = text(
        event("ana", "20260105T090000", "20260105T170000", *rule, uid="1"),
        event("bob", "20261130T090000", "20261130T170000", f"RECURRENCE-ID;TZID={ZONE}:20261130T090000", uid="1"),
    )
    found = imported(raw)
    assert "who: bob\n  from: 2026-11-30 09:00" in sources(found)["schedules/shop.overrides.yaml"]
    assert said(found) == ["lost: 'ana' is left out on 2026-12-07: a layer goes on, and an override needs somebody"]


def test_a_typing_error_is_a_person_whom_nobody_knows():
    raw = text(
        event("ana", "20260105T090000", "20260112T090000", "RRULE:FREQ=WEEKLY"),
        event("anna", "20261201T090000", "20261201T100000"),
    )
    found = imported(raw)
    assert said(found) == ["refused: nobody is known as 'anna': these events were not imported"]
    assert found.notes[0].hint == "did you mean 'ana'?"
    assert found.notes[0].where.span.line == 13


def test_where_there_are_no_people_the_calendar_names_them():
    raw = text(
        event(
            "Ana Álvarez", "20260105T090000", "20260112T090000", "RRULE:FREQ=WEEKLY", "ATTENDEE:mailto:Ana@example.com"
        ),
        event("Ana Alvares", "20261201T090000", "20261201T100000"),
    )
    found = imported(raw, {})
    assert sources(found)["schedules/people.yaml"] == "ana-alvarez:\n  name: Ana Álvarez\n  email: ana@example.com\n"
    assert said(found) == ["refused: nobody is known as 'Ana Alvares': these events were not imported"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "this is no calendar"),
        (b"\xff\xfe", "this is no calendar"),
        (b"hello", "this is no calendar"),
        (text(event("ana", "2026garbage", "20261201T100000")), "an event was not imported"),
        (text(event("ana", "20261201T100000", "20261201T100000")), "it ends when it begins"),
        (text(event("ana", "20261201T100000", "20261201T110000", "RRULE:FREQ=SECONDLY")), "it repeats secondly"),
        (text(event("ana", "00010101T100000", "00010101T110000")), "1 is too far away"),
        (text(), "nobody is on call in it"),
        (text(event("ana", "20261201T100000", "20261201T110000")).replace(b"Europe/Madrid", b"Europe"), "no calendar"),
        (text(event("ana", "20261201T100000", "20261201T110000", "RRULE:FREQ=DAILY;RVAL=2")), "unknown parameter"),
    ],
)
def test_what_cannot_be_read_is_named(raw, message):
    assert any(message in each for each in said(imported(raw)))


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    """Rotations by day and week whose events do not overlap, begun in the past."""
    people = draw(st.lists(st.sampled_from(["ana", "bob", "cy"]), min_size=1, max_size=3, unique=True))
    unit = draw(st.sampled_from(["DAILY", "WEEKLY"]))
    step = timedelta(days=1) if unit == "DAILY" else WEEK
    first = datetime(2026, draw(st.integers(1, 10)), draw(st.integers(1, 28)), draw(st.integers(0, 23)), 30)  # noqa: DTZ001
    length = draw(st.sampled_from([step, timedelta(hours=8), timedelta(hours=20, minutes=15)]))
    until = draw(st.sampled_from(["", ";UNTIL=20261220T000000Z"]))
    gap = draw(st.integers(0, 2))
    events = []
    for index, person in enumerate(people):
        start = first + index * step
        rule = f"RRULE:FREQ={unit};INTERVAL={len(people) + gap}{until}"
        events.append(event(person, f"{start:%Y%m%dT%H%M%S}", f"{start + length:%Y%m%dT%H%M%S}", rule))
    return text(*draw(st.permutations(events)))


@settings(max_examples=60, deadline=None)
@given(calendars())
def test_the_same_people_at_every_time(raw):
    assert on_call(imported(raw)) == shown(raw)
