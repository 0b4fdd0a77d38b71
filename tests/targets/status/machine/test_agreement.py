"""Whatever was written, the files for machines agree with themselves and with each other."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.status.status_sources import incident, maintenance, update
from tests.targets.status.machine.built import NOW, api, breaches, build, events, feed, small

RANK = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"]
HOURS = st.integers(-30, 30)
CHANGES = st.dictionaries(st.sampled_from(["web", "api", "rest", "gone"]), st.sampled_from(RANK), max_size=2)


def at(hours):
    return NOW + timedelta(hours=hours)


@st.composite
def incidents(draw):
    word = st.sampled_from(["investigating", "identified", "monitoring", "resolved", "postmortem"])
    said = draw(st.lists(st.tuples(HOURS, word, CHANGES), min_size=1, max_size=4))
    return [update(at(hours), status, changes) for hours, status, changes in said]


@st.composite
def maintenances(draw):
    start, length = draw(HOURS), draw(st.integers(1, 20))
    word = st.sampled_from(["scheduled", "in_progress", "verifying", "completed"])
    said = draw(st.lists(st.tuples(HOURS, word), max_size=3))
    more = {"cancelled": f"{at(draw(HOURS)):%Y-%m-%d %H:%M}"} if draw(st.booleans()) else {}
    window = [f"{at(hours):%Y-%m-%d %H:%M}" for hours in (start, start + length)]
    updates = [update(at(hours), status) for hours, status in said]
    return lambda name: maintenance(name, *window, ["api"], updates, **more)


@settings(max_examples=25)
@given(st.lists(incidents(), max_size=3), st.lists(maintenances(), max_size=2))
def test_whatever_was_said_all_files_agree(told, planned):
    sources = small(
        *(incident(f"2026-11-24-x{number}", *updates) for number, updates in enumerate(told)),
        *(make(f"2026-11-24-m{number}") for number, make in enumerate(planned)),
    )
    files = build(sources)
    assert breaches(files) == []
    read = api(files)
    _statuses(read)
    stories = [*read["incidents"]["incidents"], *read["scheduled-maintenances"]["scheduled_maintenances"]]
    for story in stories:
        _story(story)
    said = [each for story in stories for each in story["incident_updates"]]
    for path in ("history.atom", "history.rss"):
        entries = feed(files, path).entries
        assert len({each.id for each in entries}) == len(entries) == len(said)
    assert len({each["id"] for each in said}) == len(said)
    assert len({str(event["UID"]) for event in events(files)}) == len(stories)


def _story(story):
    times = [each["display_at"] for each in story["incident_updates"]]
    assert times == sorted(times, reverse=True)
    assert story["created_at"] == times[-1] <= story["updated_at"] == times[0] <= "2026-11-24T12:00:00.000Z"
    cancelled = any("cancelled" in each["body"] for each in story["incident_updates"])
    assert cancelled or story["status"] == story["incident_updates"][0]["status"]


def _statuses(read):
    """Of what is open, each incident's last word on a component; of work in progress, that it goes on."""
    summary = read["summary"]
    expected = {each["id"]: "operational" for each in summary["components"] if not each["group"]}
    for story in summary["incidents"]:
        last = {}
        for each in reversed(story["incident_updates"]):
            last.update({one["code"]: one["new_status"] for one in each["affected_components"] or ()})
        for ident, status in last.items():
            expected[ident] = max(expected[ident], status, key=RANK.index)
    for work in read["scheduled-maintenances/active"]["scheduled_maintenances"]:
        for each in work["components"]:
            expected[each["id"]] = max(expected[each["id"]], "under_maintenance", key=RANK.index)
    assert {each["id"]: each["status"] for each in summary["components"] if not each["group"]} == expected
    assert re.fullmatch("[A-Z].*(Operational|Service|Outage|Maintenance)", summary["status"]["description"])
