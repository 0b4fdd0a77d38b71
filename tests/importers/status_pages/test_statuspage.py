"""`tocsin import statuspage`: JSON as pages of that product, and those that imitate it, have it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.catalogs import make_catalog
from tests.importers.status_pages.imported import imported, messages, sources

PAGE = {"id": "pg1", "name": "Acme", "url": "https://status.acme.example/", "time_zone": "America/Tijuana"}
API = {"id": "rhznvxg4v7yh", "name": "API", "position": 1, "group": False, "group_id": None, "start_date": "2021-03-04"}


def affected(*changes: tuple[str, str], code: str = "rhznvxg4v7yh", name: str = "API") -> list[dict[str, str]]:
    return [{"code": code, "name": name, "old_status": old, "new_status": new} for old, new in changes]


def update(status: str, at: str, body: Any = "Text", changed: Any = None) -> dict[str, Any]:
    return {"status": status, "body": body, "display_at": at, "created_at": at, "affected_components": changed}


def incident(*updates: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Updates oldest first; the file has them the other way round."""
    return {
        "id": "n4njzfn1mqy0",
        "name": "Messaging issues",
        "impact": "minor",
        "incident_updates": [*updates[::-1]],
        **more,
    }


def one(*updates: dict[str, Any], **more: Any) -> Any:
    made = imported("statuspage", {"i.json": {"components": [API], "incidents": [incident(*updates, **more)]}})
    (path,) = [path for path in sources(made) if path.startswith("status/incidents/")]
    return sources(made)[path]


DOWN = ("operational", "degraded_performance")


def test_an_incident_of_a_real_page():
    made = imported(
        "statuspage",
        {
            "summary.json": {"page": PAGE, "components": [API], "incidents": []},
            "incidents.json": {
                "page": PAGE,
                "incidents": [
                    incident(
                        update("investigating", "2022-02-15T13:14:17.849-08:00", "High latency.", affected(DOWN)),
                        update(
                            "investigating", "2022-02-15T13:21:31.892-08:00", "Still.", affected((DOWN[1], DOWN[1]))
                        ),
                        update("monitoring", "2022-02-15T13:21:55.183-08:00", "Mitigated.", affected(DOWN[::-1])),
                        update("resolved", "2022-02-15T13:37:37.388-08:00", "Over.", affected((DOWN[0], DOWN[0]))),
                        status="resolved",
                        shortlink="https://stspg.io/y1w39cblgvhz",
                        components=[API],
                    )
                ],
            },
        },
    )
    assert made.notes == []
    assert sources(made) == {
        "tocsin.yaml": {"status": {"url": "https://status.acme.example", "name": "Acme"}},
        "status/components.yaml": {"api": {"name": "API", "since": "2021-03-04"}},
        "status/incidents/2022-02-15-messaging-issues.yaml": {
            "title": "Messaging issues",
            "updates": [
                {
                    "at": "2022-02-15 21:14:17",
                    "status": "investigating",
                    "components": {"api": "degraded_performance"},
                    "message": "High latency.",
                },
                {"at": "2022-02-15 21:21:31", "status": "investigating", "message": "Still."},
                {
                    "at": "2022-02-15 21:21:55",
                    "status": "monitoring",
                    "components": {"api": "operational"},
                    "message": "Mitigated.",
                },
                {"at": "2022-02-15 21:37:37", "status": "resolved", "message": "Over."},
            ],
        },
    }


def test_groups_order_and_names_that_meet():
    components = [
        {"id": "b", "name": "API", "position": 2, "group_id": "us"},
        {"id": "us", "name": "US", "position": 3, "group": True, "group_id": None},
        {"id": "a", "name": "Login", "position": 1, "group_id": "us", "description": "Where <b>you</b> sign in"},
        {"id": "w", "name": "Website", "position": 1, "group_id": None, "only_show_if_degraded": True},
        {"id": "x", "name": "API", "position": 9, "group_id": "gone"},
        {"id": "j", "name": "支払い", "position": 10},
    ]
    made = imported("statuspage", {"components.json": {"components": components}})
    found = sources(made)["status/components.yaml"]
    assert list(found) == ["website", "us", "api", "x-e7882037"]
    assert found["us"]["components"] == {
        "login": {"name": "Login", "description": "Where **you** sign in"},
        "us-api": {"name": "API"},
    }
    assert messages(made) == ["hidden while it works, and always shown here: Website"]


def test_what_the_repository_knows_keeps_its_id():
    catalog = make_catalog({"status/components.yaml": "rest: {name: {en: API, es: API REST}}\n"})
    files = {
        "i.json": {"components": [API], "incidents": [incident(update("resolved", "2022-02-15T13:14Z"), impact="none")]}
    }
    made = imported("statuspage", files, catalog)
    assert "status/components.yaml" not in made.sources
    changed = incident(update("identified", "2022-02-15T13:14Z", changed=affected(DOWN)))
    made = imported("statuspage", {"i.json": {"components": [API], "incidents": [changed]}}, catalog)
    (found,) = sources(made).values()
    assert found["updates"][0]["components"] == {"rest": "degraded_performance"}


@pytest.mark.parametrize(("impact", "status"), [("minor", "degraded_performance"), ("critical", "major_outage")])
def test_an_old_incident_that_does_not_say_what_changed(impact: str, status: str):
    old = [update("identified", "2015-09-22T01:00:00-07:00"), update("resolved", "2015-09-22T02:00:00-07:00")]
    found = one(*old, impact=impact, components=[API])
    assert found["updates"][0]["components"] == {"api": status}
    assert "impact" not in found


def test_an_impact_that_the_components_do_not_say():
    assert (
        one(update("identified", "2022-01-01T00:00Z", changed=affected(DOWN)), impact="critical")["impact"]
        == "critical"
    )
    assert one(update("resolved", "2022-01-01T00:00Z"), impact="none")["impact"] == "none"


def test_an_incident_without_updates():
    found = one(
        status="postmortem",
        created_at="2026-08-10T10:00:00Z",
        updated_at="2026-08-10T13:00:00Z",
        components=["rhznvxg4v7yh"],
    )
    assert [(each["at"], each["status"]) for each in found["updates"]] == [
        ("2026-08-10 10:00", "investigating"),
        ("2026-08-10 13:00", "resolved"),
    ]
    assert found["updates"][0]["components"] == {"api": "degraded_performance"}
    assert found["updates"][1]["message"] == "This incident has been resolved."


def test_left_down_at_the_resolution_is_told():
    changed = affected(("operational", "partial_outage"))
    files = {"components": [API], "incidents": [incident(update("resolved", "2022-01-01T00:00Z", changed=changed))]}
    made = imported("statuspage", {"i.json": files})
    assert messages(made, "import/lost") == [
        "a component that was not operational when its incident was resolved is operational here"
    ]


def test_a_postmortem_and_its_address():
    found = one(
        update("resolved", "2022-01-01T00:00Z"),
        update("postmortem", "2022-01-03T00:00Z", "We have learnt.\r\n\r\nPostmortem: https://acme.example/blog/1"),
    )
    assert found["postmortem"] == "https://acme.example/blog/1"
    assert found["updates"][1] == {"at": "2022-01-03 00:00", "status": "postmortem", "message": "We have learnt."}


def test_the_newer_of_two_and_titles_of_one_day():
    late = incident(update("monitoring", "2022-01-01T00:30Z"), updated_at="2022-01-01T00:30:00Z")
    early = incident(update("investigating", "2022-01-01T00:00Z"), updated_at="2022-01-01T00:00:00Z")
    other = {**incident(update("resolved", "2022-01-01T02:00Z")), "id": "zz", "name": "MESSAGING: issues!"}
    made = imported("statuspage", {"a.json": {"incidents": [late, other]}, "b.json": {"incidents": [early]}})
    assert list(sources(made)) == [
        "status/incidents/2022-01-01-messaging-issues.yaml",
        "status/incidents/2022-01-01-messaging-issues-2.yaml",
    ]
    assert sources(made)["status/incidents/2022-01-01-messaging-issues.yaml"]["updates"][0]["status"] == "monitoring"


def test_components_that_are_gone_and_words_that_nobody_knows():
    changed = [*affected(DOWN, code="gone", name="Fax"), {"code": API["id"], "new_status": "on fire"}]
    files = {"components": [API], "incidents": [incident(update("panic", "2022-01-01T00:00Z", changed=changed))]}
    made = imported("statuspage", {"i.json": files})
    assert sorted(messages(made, "import/lost")) == [
        "an update changes a component to a status that is none of Statuspage's",
        "component 'Fax' is not on the page any more: what incidents say of it is not kept",
        "status 'panic' is none of an incident's: the one before it is kept",
    ]


def work(*updates: dict[str, Any], **more: Any) -> Any:
    window = {"scheduled_for": "2015-09-22T01:00:00.000-07:00", "scheduled_until": "2015-09-22T01:30:00.000-07:00"}
    data = {"id": "chkt3cr0jf7b", "name": "(ﾉ◕ヮ◕)ﾉ*:･ﾟ✧ Server Juice", "impact": "major", **window, "components": [API]}
    made = imported(
        "statuspage",
        {
            "m.json": {
                "components": [API],
                "scheduled_maintenances": [{**data, "incident_updates": [*updates[::-1]], **more}],
            }
        },
    )
    (path,) = [path for path in sources(made) if path.startswith("status/maintenances/")]
    return path, sources(made)[path], made


def test_a_maintenance_that_is_over():
    path, found, made = work(
        update("scheduled", "2015-09-18T18:20:00.000-07:00", "Wow.\r\n\r\nMuch juice."),
        update("in_progress", "2015-09-22T00:55:02.284-07:00", "Started"),
        update("completed", "2015-09-22T02:25:20.034-07:00", None),
        status="completed",
    )
    assert path == "status/maintenances/2015-09-22-server-juice.yaml"
    assert found == {
        "title": "(ﾉ◕ヮ◕)ﾉ*:･ﾟ✧ Server Juice",
        "components": ["api"],
        "from": "2015-09-22 08:00",
        "until": "2015-09-22 08:30",
        "updates": [
            {"at": "2015-09-19 01:20", "status": "scheduled", "message": "Wow.\n\nMuch juice."},
            {"at": "2015-09-22 07:55:02", "status": "in_progress", "message": "Started"},
            {"at": "2015-09-22 09:25:20", "status": "completed", "message": "The maintenance has been completed."},
        ],
    }
    assert made.notes == []


def test_a_maintenance_to_come_has_its_announcement_as_message():
    _, found, made = work(update("scheduled", "2015-09-18T18:20:00Z", "Soon"), status="scheduled")
    assert (found["message"], "updates" in found) == ("Soon", False)
    assert messages(made, "import/lost") == []


def test_a_maintenance_that_was_called_off():
    announced, off = (
        update("scheduled", "2015-09-18T18:20:00Z", "Soon"),
        update("completed", "2015-09-20T00:00Z", "Not now"),
    )
    _, found, _ = work(announced, off, status="completed")
    assert found["cancelled"] == "2015-09-20 00:00"
    assert [each["status"] for each in found["updates"]] == ["scheduled", "scheduled"]


@pytest.mark.parametrize("until", [None, "2015-09-22T01:00:00.000-07:00", "nonsense", 7])
def test_a_window_without_an_end(until: object):
    _, found, made = work(scheduled_until=until)
    assert found["until"] == "2015-09-22 09:00"
    assert len(messages(made, "import/lost")) == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe", "this is no JSON"),
        (b"{", "this is no JSON"),
        (b"[" * 100_000, "this is no JSON"),
        (b"<html>", "this is no JSON"),
        (b"{}", "there is nothing of a status page in it"),
        (b"[1, 2]", "there is nothing of a status page in it"),
        (b'{"metrics": []}', "there is nothing of a status page in it"),
    ],
)
def test_files_of_another_kind(raw: bytes, said: str):
    made = imported("statuspage", {"x.json": raw})
    assert [(note.check, note.message.startswith(said)) for note in made.notes] == [("import/refused", True)]
    assert made.sources == {}


def test_a_page_without_incidents_is_one():
    assert imported("statuspage", {"i.json": {"page": PAGE, "incidents": []}}).notes == []
