from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.analysis.status.status_sources import at, catalog, component, incident, maintenance, update
from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import NOW, OPEN, URL, api, breaches, build, small


@pytest.fixture(scope="module")
def files():
    return build(busy(status={"url": URL}))


@pytest.fixture(scope="module")
def read(files):
    return api(files)


def test_every_file_keeps_the_contract(files):
    assert breaches(files) == []


@pytest.mark.parametrize(
    "sources",
    [
        catalog(name="Example"),
        catalog(incident("2026-11-24-x", *OPEN), name="Example"),  # a component that is not there
        catalog(maintenance("2026-11-24-x", "2026-11-24 11:00", "2026-11-24 13:00", message=""), name="Example"),
        catalog(component("web"), maintenance("2027-01-01-x", "2027-01-01", "2027-01-02", ["web"]), name="Example"),
    ],
)
def test_the_contract_is_kept_with_next_to_nothing(sources):
    assert breaches(build(sources)) == []


def test_the_schema_finds_what_breaks_clients(files):
    broken = json.loads(files["api/v2/summary.json"])
    broken["incidents"][0]["status"] = "in_progress"
    broken["components"][0].pop("group_id")
    broken["status"]["our_own"] = 1
    assert len(breaches({**files, "api/v2/summary.json": json.dumps(broken).encode()})) >= 3


def test_the_summary_has_what_is_open_and_what_is_to_come(read):
    summary = read["summary"]
    assert [each["name"] for each in summary["incidents"]] == ["Errors in the API"]
    assert [each["name"] for each in summary["scheduled_maintenances"]] == ["Present work", "Next work"]
    assert summary["status"] == {"indicator": "minor", "description": "Minor Service Outage"}
    assert summary["page"]["url"] == URL
    assert summary["page"]["time_zone"] == "America/Argentina/Buenos_Aires"
    assert summary["page"]["updated_at"] == "2026-11-24T11:30:00.000Z"


def test_all_files_agree(read):
    summary = read["summary"]
    assert summary["components"] == read["components"]["components"]
    assert summary["incidents"] == read["incidents/unresolved"]["incidents"]
    assert summary["status"] == read["status"]["status"]
    later, active = (
        read[f"scheduled-maintenances/{which}"]["scheduled_maintenances"] for which in ("upcoming", "active")
    )
    assert summary["scheduled_maintenances"] == [*active, *later]
    assert {json.dumps(each["page"]) for each in read.values()} == {json.dumps(summary["page"])}


def test_components_have_the_status_that_open_incidents_and_work_give_them(read):
    statuses = {each["name"]: each["status"] for each in read["summary"]["components"]}
    assert statuses == {
        "Website": "operational",
        "API": "partial_outage",
        "REST API": "partial_outage",
        "Webhooks": "under_maintenance",
    }
    inside = [one for each in read["incidents"]["incidents"] for one in each["components"]]
    assert inside
    assert all(one in read["components"]["components"] for one in inside)


def test_groups_and_their_components_name_each_other(read):
    by_id = {each["id"]: each for each in read["components"]["components"]}
    (group,) = (each for each in by_id.values() if each["group"])
    assert [by_id[ident]["name"] for ident in group["components"]] == ["REST API", "Webhooks"]
    assert all(by_id[ident]["group_id"] == group["id"] for ident in group["components"])


def test_updates_come_newest_first_with_what_they_change(read):
    (found,) = (each for each in read["incidents"]["incidents"] if each["name"] == "Errors in the API")
    assert [each["body"] for each in found["incident_updates"]] == ["Second words.", "First words."]
    changes = [each["affected_components"] for each in found["incident_updates"]]
    assert [(one["old_status"], one["new_status"]) for (one,) in changes] == [
        ("major_outage", "partial_outage"),
        ("operational", "major_outage"),
    ]
    assert found["impact"] == "critical"
    assert found["started_at"] == found["created_at"] == "2026-11-24T10:00:00.000Z"
    assert found["shortlink"] == f"{URL}/incidents/2026-11-24-api/"


def test_the_postmortem_is_linked_from_the_last_word(read):
    (found,) = (each for each in read["incidents"]["incidents"] if each["name"] == "Errors at checkout")
    bodies = [each["body"] for each in found["incident_updates"]]
    assert bodies[0] == "It is over.\n\nPostmortem: https://example.com/blog/checkout"
    assert "blog" not in bodies[1]
    assert found["resolved_at"] == "2026-10-14T13:40:00.000Z"


def test_maintenance_opens_and_closes_by_the_clock():
    sources = small(maintenance("2026-11-24-x", "2026-11-24 11:00", "2026-11-24 13:00", ["api"]))

    def seen(now):
        read = api(build(sources, at(now)))
        (found,) = read["scheduled-maintenances"]["scheduled_maintenances"]
        statuses = [each["status"] for each in found["incident_updates"]]
        return found["status"], statuses, read["summary"]["components"][2]["status"], found["resolved_at"]

    assert seen("2026-11-24 10:59") == ("scheduled", ["scheduled"], "operational", None)
    assert seen("2026-11-24 11:00") == ("in_progress", ["in_progress", "scheduled"], "under_maintenance", None)
    over = ["completed", "in_progress", "scheduled"]
    assert seen("2026-11-24 13:00") == ("completed", over, "operational", "2026-11-24T13:00:00.000Z")


def test_what_was_called_off_is_completed_to_clients_and_says_so():
    sources = small(maintenance("2026-12-24-x", "2026-12-24", "2026-12-25", ["web"], cancelled="2026-11-20 10:00"))
    read = api(build(sources))
    (found,) = read["scheduled-maintenances"]["scheduled_maintenances"]
    assert found["status"] == "completed"
    assert found["incident_updates"][0]["body"] == "The maintenance has been cancelled."
    assert read["summary"]["scheduled_maintenances"] == []


def test_an_update_at_the_very_hour_stands_for_the_clock():
    said = [update("2026-11-24 11:00", "in_progress", None, "We begin.")]
    sources = small(maintenance("2026-11-24-x", "2026-11-24 11:00", "2026-11-24 13:00", ["web"], said))
    (found,) = api(build(sources))["scheduled-maintenances"]["scheduled_maintenances"]
    assert [each["body"] for each in found["incident_updates"]] == ["We begin.", "Short interruptions are possible."]


def many(count):
    for number in range(count):
        start = NOW - timedelta(days=number + 1)
        over = [] if number == count - 1 else [update(start + timedelta(hours=1), "resolved")]
        yield incident(f"{start:%Y-%m-%d}-x", update(start, "investigating", {"web": "partial_outage"}), *over)


def test_the_fifty_newest_are_listed_and_all_that_are_open():
    read = api(build(small(*many(80))))
    listed = [each["shortlink"].split("/")[-2] for each in read["incidents"]["incidents"]]
    assert len(listed) == 51
    assert listed == sorted(listed, reverse=True)
    assert listed[-1] == read["incidents/unresolved"]["incidents"][0]["shortlink"].split("/")[-2]


def test_the_fifty_newest_maintenances_are_listed_and_all_that_are_to_come():
    days = [(NOW - timedelta(days=number)).date() for number in range(-60, 20)]
    sources = small(*(maintenance(f"{day}-x", f"{day} 03:00", f"{day} 04:00") for day in days))
    read = api(build(sources))
    listed = [each["scheduled_for"] for each in read["scheduled-maintenances"]["scheduled_maintenances"]]
    assert listed == sorted(listed, reverse=True)
    assert (len(listed), len(read["scheduled-maintenances/upcoming"]["scheduled_maintenances"])) == (60, 60)


def test_ids_hang_on_names_in_the_sources_and_on_nothing_else():
    def ids(sources, now=NOW):
        read = api(build(sources, now))
        return {each["id"]: [one["id"] for one in each["incident_updates"]] for each in read["incidents"]["incidents"]}

    before = ids(small(incident("2026-11-24-x", *OPEN)))
    (updates,) = before.values()
    again = ids(
        small(
            incident("2026-11-24-x", *OPEN, update("2026-11-24 12:30", "resolved"), title="Other"),
            incident("2026-11-24-a", *OPEN),
            name="Other",
            languages=["es"],
            status={"url": "https://other.example.com"},
        ),
        NOW + timedelta(hours=2),
    )
    (same,) = before
    assert again[same][1:] == updates
    assert len({one for every in again.values() for one in every}) == 3


def test_without_an_address_links_start_at_the_root():
    read = api(build(small(incident("2026-11-24-x", *OPEN), status={})))
    assert read["summary"]["incidents"][0]["shortlink"] == "/incidents/2026-11-24-x/"
    assert read["summary"]["page"]["url"] == ""
