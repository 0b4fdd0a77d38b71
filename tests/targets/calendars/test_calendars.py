from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from generator.targets.calendars import TARGET
from generator.targets.calendars.entries import week_start
from tests.catalogs import NOW, make_catalog, make_context

PEOPLE = """\
ana: {name: "Ana, de; la \\\\ Torre\\nBEGIN:VEVENT", email: ana@example.com}
bob: {name: Bob, email: bob@example.com}
eve: {name: Eve, email: eve@example.com}
"""
TEAM = """\
name: Shop
schedules:
  primary:
    time_zone: America/Chicago
    layers:
      - {name: Rotation, start: 2026-01-05 09:00, turn: 1w, people: [ana, bob]}
      - {name: Learners, shadow: true, start: 2026-01-05 09:00, turn: 2w, people: [eve]}
"""
FILES = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": TEAM}
RUNBOOKS = "runbooks: https://runbooks.example.com\n"


class FixedHistory:
    """What Git would say."""

    def __init__(self, time: datetime | None) -> None:
        self.available = time is not None
        self._time = time

    def time_of(self, paths) -> datetime | None:
        assert list(paths)
        return self._time


STAMP = datetime(2026, 11, 1, 12, 0, 30, tzinfo=UTC)


def render(*, now: datetime = NOW, stamp: datetime | None = STAMP, **more: str) -> dict[str, bytes]:
    files = FILES | {path.replace("__", "/") + ".yaml": text for path, text in more.items()}
    catalog = make_catalog(files)
    assert [finding.message for finding in catalog.findings] == []
    artifacts = list(TARGET.render(catalog, make_context(now, open_history=lambda: FixedHistory(stamp))))
    assert all(artifact.uses_now for artifact in artifacts)
    return {artifact.path: artifact.content for artifact in artifacts}


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def shown(content: bytes) -> list[tuple[str, str]]:
    return [(f"{event['DTSTART'].dt:%m-%dT%H:%MZ}", str(event["SUMMARY"])) for event in events(content)]


def test_a_calendar_for_the_schedule_for_each_person_and_for_all():
    files = render()
    assert sorted(files) == [
        "calendars/all.ics",
        "calendars/people/ana.ics",
        "calendars/people/bob.ics",
        "calendars/people/eve.ics",
        "calendars/schedules/shop-primary.ics",
    ]


def test_the_weeks_of_the_schedule_each_in_full_length():
    found = shown(render()["calendars/people/bob.ics"])
    assert found[:3] == [
        ("11-16T15:00Z", "Bob: Shop - Primary"),
        ("11-30T15:00Z", "Bob: Shop - Primary"),
        ("12-14T15:00Z", "Bob: Shop - Primary"),
    ]
    first = events(render()["calendars/people/bob.ics"])[0]
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(weeks=1)


def test_twelve_weeks_from_the_monday_of_this_week():
    assert week_start(datetime(2026, 11, 24, 12, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
    assert week_start(datetime(2026, 11, 29, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
    found = [event for event in events(render()["calendars/all.ics"]) if "Eve" not in event["SUMMARY"]]
    # The shift that is running on Monday morning, and all that begin until 15 February.
    assert len(found) == 13
    assert found[0]["DTSTART"].dt == datetime(2026, 11, 16, 15, tzinfo=UTC)
    assert found[-1]["DTSTART"].dt == datetime(2027, 2, 8, 15, tzinfo=UTC)


def test_entries_are_utc_transparent_and_stamped_with_the_time_of_the_sources():
    for event in events(render()["calendars/all.ics"]):
        assert event["DTSTART"].dt.utcoffset() == timedelta(0)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["DTSTAMP"].dt == STAMP
        assert "URL" not in event


def test_without_history_the_stamp_is_the_start_of_the_schedule():
    (stamp,) = {event["DTSTAMP"].dt for event in events(render(stamp=None)["calendars/all.ics"])}
    assert stamp == datetime(2026, 1, 5, 15, tzinfo=UTC)


def test_entries_lead_to_the_page_of_the_schedule():
    for event in events(render(tocsin=RUNBOOKS)["calendars/all.ics"]):
        assert event["URL"] == "https://runbooks.example.com/schedules/shop/primary/"


def test_an_identity_is_for_ever():
    # Everybody's calendar would show every shift twice if these changed.
    first = events(render()["calendars/people/bob.ics"])[0]
    assert str(first["UID"]) == "3aa36d8e3544e87cbfb734e56de94824@tocsin"


def test_identities_are_different_and_stay_when_the_week_moves_on():
    now = {str(each["UID"]): each["DTSTART"].dt for each in events(render()["calendars/all.ics"])}
    later = {
        str(each["UID"]): each["DTSTART"].dt
        for each in events(render(now=NOW + timedelta(weeks=1))["calendars/all.ics"])
    }
    assert len(now) == len(events(render()["calendars/all.ics"]))
    assert len(now.keys() & later.keys()) > 10
    assert all(now[uid] == later[uid] for uid in now.keys() & later.keys())


def test_a_swap_changes_the_entry_and_makes_no_new_one():
    before = events(render()["calendars/schedules/shop-primary.ics"])
    swap = "- {who: eve, for: bob, from: 2026-11-30 09:00, until: 2026-12-07 09:00, why: 'a, b; c'}\n"
    after = events(render(**{"schedules__shop.overrides": swap})["calendars/schedules/shop-primary.ics"])
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    (changed,) = [event for event in after if "Eve: " in event["SUMMARY"]]
    assert changed["DESCRIPTION"] == "Override for Bob: a, b; c"


def test_shadows_are_marked():
    summaries = {str(event["SUMMARY"]) for event in events(render()["calendars/people/eve.ics"])}
    assert summaries == {"Eve (learning): Shop - Primary"}


def test_two_builds_are_the_same_bytes():
    assert render() == render()


def test_hostile_names_are_text_on_one_line():
    summaries = {str(event["SUMMARY"]) for event in events(render()["calendars/people/ana.ics"])}
    assert summaries == {"Ana, de; la \\ Torre BEGIN:VEVENT: Shop - Primary"}


def test_no_way_to_reach_a_person_is_in_them():
    assert not any(b"example.com" in content for content in render().values())


class TestAsAnotherReaderSeesIt:
    """Lines by the rules of RFC 5545, read without the library that wrote them."""

    @pytest.fixture(params=["calendars/all.ics", "calendars/people/ana.ics", "calendars/schedules/shop-primary.ics"])
    def content(self, request) -> bytes:
        return render(tocsin=RUNBOOKS)[request.param]

    def test_lines_end_and_fold_as_they_must(self, content):
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75

    def test_blocks_are_closed_and_complete(self, content):
        lines = content.decode().replace("\r\n ", "").splitlines()
        inside: list[str] = []
        seen: list[set[str]] = []
        for line in lines:
            name, value = re.split(r"[:;]", line, maxsplit=1)
            if name == "BEGIN":
                inside.append(value)
                seen.append(set())
            elif name == "END":
                assert inside.pop() == value
                names = seen.pop()
                wanted = {"VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND"}, "VCALENDAR": {"PRODID", "VERSION"}}
                assert wanted[value] <= names
            else:
                assert name not in seen[-1], f"{name} twice"
                seen[-1].add(name)
        assert inside == []

    def test_readers_are_told_how_often_to_look_again(self, content):
        assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in content
        assert b"\r\nX-PUBLISHED-TTL:PT12H\r\n" in content
