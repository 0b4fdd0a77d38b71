from __future__ import annotations

from datetime import timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar

from generator.git import History
from tests.analysis.status.status_sources import at, incident, maintenance, update
from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import NOW, OPEN, URL, build, commit, events, small


@pytest.fixture(scope="module")
def files():
    return build(busy(status={"url": URL}))


def named(files, path="calendar.ics"):
    return {str(event["SUMMARY"]): event for event in events(files, path)}


def test_incidents_and_maintenances_are_events(files):
    assert [str(event["SUMMARY"]) for event in events(files)] == [
        "Errors at checkout (Resolved)",
        "Old work (Completed)",
        "Errors in the API (Identified)",
        "Present work (In progress)",
        "Next work (Scheduled)",
    ]
    assert "Errores al pagar (Resuelto)" in named(files, "es/calendar.ics")


def test_an_event_takes_the_time_that_it_took(files):
    found = named(files)
    spans = {name: (event["DTSTART"].dt, event["DTEND"].dt) for name, event in found.items()}
    assert spans["Errors at checkout (Resolved)"] == (at("2026-10-14 13:12"), at("2026-10-14 13:40"))
    assert spans["Next work (Scheduled)"] == (at("2026-12-06 03:00"), at("2026-12-06 04:00"))
    assert spans["Errors in the API (Identified)"] == (at("2026-11-24 10:00"), at("2026-11-24 11:00"))
    assert "Second words." in str(found["Errors in the API (Identified)"]["DESCRIPTION"])
    assert found["Next work (Scheduled)"]["URL"] == f"{URL}/maintenances/2026-12-06-next/"


def test_others_find_an_event_in_its_hour(files):
    calendar = Calendar.from_ical(files["calendar.ics"])
    found = recurring_ical_events.of(calendar).between(at("2026-12-06 03:30"), at("2026-12-06 03:31"))
    assert [str(event["SUMMARY"]) for event in found] == ["Next work (Scheduled)"]


def facts_of(sources, now):
    return {
        str(event["UID"]): (int(event["SEQUENCE"]), event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"]))
        for event in events(build(sources, now))
    }


def test_an_event_keeps_its_uid_and_changes_only_with_a_higher_sequence():
    sources, now = busy(), at("2026-11-24 00:00")
    known: dict[str, tuple[object, ...]] = {}
    while now < at("2026-11-26"):
        found = facts_of(sources, now)
        for uid, event in known.items():
            assert found[uid] == event or found[uid][0] > event[0]
        known, now = found, now + timedelta(minutes=187)
    assert len(known) == 6


def test_uids_are_the_same_in_every_language_and_under_every_name(files):
    other = build(busy(name="Other", status={}, languages=["es", "en"]))
    uids = [[event["UID"] for event in events(*each)] for each in ((files,), (files, "es/calendar.ics"), (other,))]
    assert uids[0] == uids[1] == uids[2]


def test_a_window_that_is_moved_without_a_word_has_a_higher_sequence(tmp_path):
    planned, path = small(maintenance("2026-12-24-x", "2026-12-24", "2026-12-25", ["web"])), "status/maintenances"
    (tmp_path / path).mkdir(parents=True)
    commit(tmp_path, "init", "--quiet")
    seen = []
    for day in (1, 2):
        (tmp_path / path / "2026-12-24-x.yaml").write_text(f"until: {day}\n")
        commit(tmp_path, "add", ".")
        commit(tmp_path, "commit", "--quiet", "--message=one", when=f"2026-11-0{day}T10:00:00Z")
        (event,) = events(build(planned, open_history=lambda: History(tmp_path)))
        seen.append((event["SEQUENCE"], event["LAST-MODIFIED"].dt, event["CREATED"].dt))
    first = at("2026-11-01 10:00")
    assert seen == [(0, first, first), (1, at("2026-11-02 10:00"), first)]


def test_what_is_called_off_is_cancelled_and_stays_where_it_was():
    planned = maintenance("2026-12-24-x", "2026-12-24", "2026-12-25", ["web"], cancelled="2026-11-20 10:00")
    (event,) = events(build(small(planned)))
    assert (event["STATUS"], event["SEQUENCE"], event["DTSTART"].dt) == ("CANCELLED", 1, at("2026-12-24"))


def test_an_incident_that_is_open_reaches_to_the_last_word_and_can_be_seen():
    (event,) = events(build(small(incident("2026-11-24-x", *OPEN))))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=15)


def test_the_newest_are_in_it_and_all_that_are_open():
    first = incident("2020-01-01-first", update("2020-01-01", "investigating"))
    every = [incident(f"2026-01-01-x{n}", update(NOW - timedelta(hours=n), "resolved")) for n in range(110)]
    found = events(build(small(first, *every)))
    assert len(found) == 101
    assert str(found[0]["SUMMARY"]) == "2020-01-01-first (Investigating)"


def test_lines_are_short_and_end_as_they_must(files):
    for path in ("calendar.ics", "es/calendar.ics"):
        lines = files[path].split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line or b"\r" in line for line in lines)
