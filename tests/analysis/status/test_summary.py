from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.status.incidents import SEVERITY, incident_state
from generator.analysis.status.maintenances import maintenance_state
from generator.analysis.status.summary import board, overall
from tests.analysis.status.status_sources import at, catalog, component, incident, maintenance, update

MAJOR, PARTIAL, DEGRADED, WORK, WELL = (
    "major_outage",
    "partial_outage",
    "degraded_performance",
    "under_maintenance",
    "operational",
)


def statuses(now, *entities):
    return dict(board(catalog(*entities), at(now)).statuses)


def spans(now, *entities):
    found = board(catalog(*entities), at(now)).spans
    return {
        ident: [(span.status, f"{span.start:%H:%M}", span.end and f"{span.end:%H:%M}") for span in each]
        for ident, each in found.items()
    }


OUTAGE = incident(
    "2026-10-14-x",
    update("2026-10-14 13:00", "investigating", {"web": PARTIAL}),
    update("2026-10-14 13:20", "identified"),
    update("2026-10-14 13:30", "identified", {"web": MAJOR, "api": DEGRADED}),
    update("2026-10-14 14:00", "resolved"),
)


@pytest.mark.parametrize(
    ("now", "web", "api"),
    [
        ("2026-10-14 12:59", WELL, WELL),
        ("2026-10-14 13:00", PARTIAL, WELL),
        ("2026-10-14 13:25", PARTIAL, WELL),
        ("2026-10-14 13:30", MAJOR, DEGRADED),
        ("2026-10-14 14:00", WELL, WELL),
    ],
)
def test_a_component_keeps_its_status_until_an_update_changes_it(now, web, api):
    assert statuses(now, component("web"), component("api"), OUTAGE) == {"web": web, "api": api}


def test_spans_are_half_open_and_the_last_one_is_open():
    entities = component("web"), component("api"), OUTAGE
    assert spans("2026-10-15", *entities) == {
        "web": [(PARTIAL, "13:00", "13:30"), (MAJOR, "13:30", "14:00")],
        "api": [(DEGRADED, "13:30", "14:00")],
    }
    assert spans("2026-10-14 13:40", *entities)["api"] == [(DEGRADED, "13:30", None)]


def test_updates_count_by_their_time_and_not_by_their_place_in_the_file():
    backwards = incident("2026-10-14-x", *reversed(OUTAGE.updates))
    entities = component("web"), component("api")
    assert spans("2026-10-15", *entities, backwards) == spans("2026-10-15", *entities, OUTAGE)


def test_a_resolved_incident_may_open_again_and_its_components_stay_well_until_named():
    again = incident("x", *OUTAGE.updates, update("2026-10-14 15:00", "investigating", {"api": MAJOR}))
    assert statuses("2026-10-14 16:00", component("web"), component("api"), again) == {"web": WELL, "api": MAJOR}
    state = incident_state(again, at("2026-10-14 16:00"))
    assert state.is_open
    assert state.resolved is None
    assert incident_state(again, at("2026-10-14 14:30")).resolved == at("2026-10-14 14:00")


def test_a_postmortem_after_the_resolution_does_not_move_the_end():
    later = incident("x", *OUTAGE.updates, update("2026-10-20 09:00", "postmortem"))
    state = incident_state(later, at("2026-10-21"))
    assert (state.is_open, state.resolved) == (False, at("2026-10-14 14:00"))


def test_the_worst_of_several_incidents_is_shown():
    other = incident("2026-10-14-y", update("2026-10-14 13:10", "investigating", {"web": MAJOR}))
    entities = component("web"), component("api"), OUTAGE, other
    assert statuses("2026-10-14 13:15", *entities)["web"] == MAJOR
    assert statuses("2026-10-14 14:30", *entities)["web"] == MAJOR


def test_a_group_is_as_bad_as_its_worst_component_and_stands_for_all_of_them():
    group, rest, hooks = (
        component("api", is_group=True),
        component("rest", group="api"),
        component("hooks", group="api"),
    )
    one = incident("x", update("2026-10-14 13:00", "investigating", {"hooks": DEGRADED}))
    every = incident("x", update("2026-10-14 13:00", "investigating", {"api": MAJOR}))
    assert statuses("2026-10-14 13:00", group, rest, hooks, one) == {"api": DEGRADED, "rest": WELL, "hooks": DEGRADED}
    assert statuses("2026-10-14 13:00", group, rest, hooks, every) == {"api": MAJOR, "rest": MAJOR, "hooks": MAJOR}


def test_an_unknown_component_changes_nothing():
    unknown = incident("x", update("2026-10-14 13:00", "investigating", {"wbe": MAJOR}))
    seen = board(catalog(component("web"), unknown), at("2026-10-14 13:00"))
    assert seen.statuses == {"web": WELL}
    assert seen.overall == ("none", "All Systems Operational")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ("none", "All Systems Operational")),
        ([WELL, WELL], ("none", "All Systems Operational")),
        ([WELL, WORK], ("maintenance", "Service Under Maintenance")),
        ([WELL, DEGRADED], ("minor", "Partially Degraded Service")),
        ([DEGRADED, DEGRADED], ("minor", "Degraded System Service")),
        ([DEGRADED, WORK], ("minor", "Partially Degraded Service")),
        ([PARTIAL, DEGRADED], ("minor", "Minor Service Outage")),
        ([PARTIAL, WELL], ("minor", "Minor Service Outage")),
        ([PARTIAL, PARTIAL], ("major", "Partial System Outage")),
        ([MAJOR, WELL], ("major", "Partial System Outage")),
        ([MAJOR, PARTIAL], ("major", "Partial System Outage")),
        ([MAJOR, MAJOR], ("critical", "Major System Outage")),
    ],
)
def test_the_label_of_the_whole(words, expected):
    assert overall(words) == expected
    assert overall(reversed(words)) == expected


@given(st.lists(st.sampled_from(sorted(SEVERITY)), min_size=1), st.data())
def test_a_component_that_gets_worse_never_makes_the_whole_better(words, data):
    order = ["none", "maintenance", "minor", "major", "critical"]
    index = data.draw(st.integers(0, len(words) - 1))
    worse = data.draw(st.sampled_from([word for word in SEVERITY if SEVERITY[word] >= SEVERITY[words[index]]]))
    changed = [*words[:index], worse, *words[index + 1 :]]
    assert order.index(overall(changed)[0]) >= order.index(overall(words)[0])


@pytest.mark.parametrize(
    ("stated", "words", "impact"),
    [
        (None, [DEGRADED], "minor"),
        (None, [PARTIAL, DEGRADED], "major"),
        (None, [DEGRADED, MAJOR, WELL], "critical"),
        (None, [WELL], "none"),
        ("minor", [MAJOR], "minor"),
        ("none", [MAJOR], "none"),
    ],
)
def test_the_impact_follows_the_worst_component_unless_it_is_stated(stated, words, impact):
    told = [update(f"2026-10-14 13:{minute:02}", "identified", {"web": word}) for minute, word in enumerate(words)]
    assert incident_state(incident("x", *told, impact=stated), at("2026-10-15")).impact == impact


def test_an_incident_that_begins_later_is_not_seen_and_later_updates_are_not_either():
    assert incident_state(OUTAGE, at("2026-10-14 12:59")) is None
    assert len(incident_state(OUTAGE, at("2026-10-14 13:20")).updates) == 2
    assert incident_state(OUTAGE, at("2026-10-14 13:20")).impact == "major"


def window(*updates, **more):
    return maintenance("2026-12-06-x", "2026-12-06 03:00", "2026-12-06 04:00", ["web"], updates, **more)


def said(when, status):
    return update(f"2026-12-06 {when}", status)


@pytest.mark.parametrize(
    ("work", "now", "status"),
    [
        (window(), "02:59", "scheduled"),
        (window(), "03:00", "in_progress"),
        (window(), "04:00", "completed"),
        (window(said("02:50", "in_progress")), "02:55", "in_progress"),
        (window(said("03:40", "verifying")), "03:45", "verifying"),
        (window(said("03:20", "completed")), "03:30", "completed"),
        (window(said("02:20", "completed")), "03:30", "completed"),
        (window(said("02:50", "scheduled")), "03:10", "in_progress"),
        (window(said("03:05", "scheduled")), "03:10", "scheduled"),
        (window(said("04:05", "in_progress")), "04:03", "completed"),
        (window(said("04:05", "in_progress")), "05:00", "in_progress"),
        (window(said("04:00", "in_progress")), "05:00", "in_progress"),
        (window(cancelled="2026-12-05 10:00"), "03:10", "cancelled"),
        (window(cancelled="2026-12-06 03:10"), "03:05", "in_progress"),
        (window(cancelled="2026-12-06 03:10"), "03:15", "cancelled"),
        (window(cancelled="2026-12-06 05:00"), "06:00", "completed"),
    ],
)
def test_a_maintenance_follows_the_clock_until_an_update_says_otherwise(work, now, status):
    assert maintenance_state(work, at(f"2026-12-06 {now}")).status == status


def test_components_are_under_maintenance_while_people_are_at_work():
    stopped = window(said("02:50", "in_progress"), said("03:10", "scheduled"), said("03:30", "in_progress"))
    assert spans("2026-12-06 05:00", component("web"), stopped) == {
        "web": [(WORK, "02:50", "03:10"), (WORK, "03:30", "04:00")]
    }
    assert statuses("2026-12-06 03:30", component("web"), window()) == {"web": WORK}
    assert statuses("2026-12-06 04:00", component("web"), window()) == {"web": WELL}


def test_a_maintenance_of_next_year_does_not_change_today():
    far = maintenance("2027-03-01-x", "2027-03-01 03:00", "2027-03-01 04:00", ["web"])
    seen = board(catalog(component("web"), far), at("2026-12-01"))
    assert (seen.statuses, dict(seen.spans)) == ({"web": WELL}, {"web": ()})


def test_the_window_is_the_plan_before_and_the_truth_afterwards():
    late = window(said("03:15", "scheduled"), said("03:30", "in_progress"), said("04:20", "in_progress"))
    assert maintenance_state(late, at("2026-12-01")).window == (at("2026-12-06 03:00"), at("2026-12-06 04:00"))
    early = window(said("02:50", "in_progress"), said("03:20", "completed"))
    assert maintenance_state(early, at("2026-12-07")).window == (at("2026-12-06 02:50"), at("2026-12-06 03:20"))


def test_the_data_are_as_of_the_newest_thing_written_until_then():
    called_off = window(cancelled="2026-12-05 10:00")
    entities = component("web"), component("api"), OUTAGE, called_off
    assert board(catalog(*entities), at("2026-10-01")).data_as_of is None
    assert board(catalog(*entities), at("2026-10-14 13:25")).data_as_of == at("2026-10-14 13:20")
    assert board(catalog(*entities), at("2026-12-10")).data_as_of == at("2026-12-05 10:00")
