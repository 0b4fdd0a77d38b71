"""`tocsin import cstate`: issues as people write them, in many habits."""

from __future__ import annotations

import pytest

from tests.importers.status_pages.cstate_site import CONFIG, HEAD, NEWEST_FIRST, issue, said
from tests.importers.status_pages.imported import imported, messages, sources


def test_systems_and_categories():
    made = imported("cstate", {"site/config.yml": CONFIG, "site/content/issues/a.md": HEAD.format("down")})
    found = sources(made)
    assert found["tocsin.yaml"] == {
        "status": {"url": "https://status.eggs.example", "name": "Eggs", "colors": {"accent": "#112e51"}}
    }
    assert found["status/components.yaml"] == {
        "north-coast": {
            "name": "North Coast",
            "description": "Main servers",
            "components": {"gateway": {"name": "Gateway", "description": "The *first* hop"}},
        },
        "api": {"name": "API"},
        "media-proxy": {"name": "Media Proxy"},
    }
    assert messages(made) == ["the link of a system is not kept: components have none"]


def test_the_language_of_the_site_is_that_of_the_page():
    config = f"languageCode: es-AR\n{CONFIG}"
    made = sources(imported("cstate", {"site/config.yml": config, "site/content/issues/a.md": HEAD.format("down")}))
    assert made["tocsin.yaml"]["languages"] == ["es"]
    (incident,) = [each for path, each in made.items() if path.startswith("status/incidents/")]
    assert incident["updates"][-1]["message"] == "Este incidente se ha resuelto."


@pytest.mark.parametrize("body", ["", "\n\n", "<!-- later -->"])
def test_an_issue_without_text(body: str):
    _, found, _ = issue(HEAD.format("down") + body)
    assert [each[1] for each in said(found)] == ["investigating", "resolved"]


def test_a_notice_affects_nothing():
    _, found, _ = issue(HEAD.format("notice") + "Slow.")
    assert (found["impact"], found["updates"][0]["components"]) == ("none", {"api": "degraded_performance"})


def test_news_are_over_when_they_are_told():
    head = "---\ntitle: 'PSA: Containers'\ndate: '2024-10-06 21:00:00Z'\ninformational: true\naffected: ['API']\n---\n"
    text = f"{head}# Read\n\nthis ![p](https://x.example/p.png)"
    path, found, _ = issue(text, "psa.md")
    assert path == "status/incidents/2024-10-06-psa.yaml"
    assert found == {
        "title": "PSA: Containers",
        "impact": "none",
        "updates": [
            {"at": "2024-10-06 21:00", "status": "resolved", "message": "**Read**\n\nthis [p](https://x.example/p.png)"}
        ],
    }


def test_an_open_issue_of_a_robot():
    text = (
        '---\ntitle: DNS!\ndate: 2024-12-27T09:43:40.482Z\nresolved: false\nseverity: "down"\naffected: ["api"]\n'
        "automated: true\n---\n"
        '*Escalated.* {{< track "2024-12-27T09:44:00.481Z" >}}\n\nDisrupted. {{< track "2024-12-27T09:43:40.482Z" >}}\n'
    )
    _, found, _ = issue(text)
    assert [(each["at"], each["status"]) for each in found["updates"]] == [
        ("2024-12-27 09:43:40", "investigating"),
        ("2024-12-27 09:44", "investigating"),
    ]
    assert found["updates"][0]["components"] == {"api": "major_outage"}


WORK = """\
---
title: {}
date: 2023-02-24 10:35:00
resolved: false
resolvedWhen: {}
severity: notice
affected: [Gateway]
---
"""


def test_a_maintenance():
    body = '*Soon* - We shut down. {{< track "2023-02-20 10:00:00" >}}\n'
    path, found, made = issue(
        WORK.format("Maintenance Window", "2023-02-24 12:10:00") + body, "2023-02-13-maintenance.md"
    )
    assert path == "status/maintenances/2023-02-24-maintenance.yaml"
    assert found == {
        "title": "Maintenance Window",
        "components": ["gateway"],
        "from": "2023-02-24 10:35",
        "until": "2023-02-24 12:10",
        "updates": [{"at": "2023-02-20 10:00", "status": "scheduled", "message": "We shut down."}],
    }
    assert "the maintenance is not marked as resolved: it ends by the clock" in messages(made, "import/note")


def test_a_maintenance_that_ends_before_it_begins_is_an_incident():
    path, _, made = issue(WORK.format("Maintenance Window", "2021-02-24 12:10:00"))
    assert path.startswith("status/incidents/")
    assert any("it may be a maintenance" in each for each in messages(made, "import/note"))


def test_statuskit_in_toml():
    text = (
        '+++\ntitle = "Database Outage"\ndate = 2020-01-19T11:23:00.000Z\nseverity = "major-outage"\n'
        'affectedsystems = ["API"]\nresolved = true\n+++\nDown.\n'
    )
    _, found, made = issue(text, "outage.md")
    assert found["updates"][0]["components"] == {"api": "major_outage"}
    assert "it does not say when it was resolved: it ends with its last update" in messages(made, "import/lost")


def test_updates_after_the_resolution_move_it():
    body = NEWEST_FIRST.replace("05:54", "05:30")
    _, found, made = issue(HEAD.format("down").replace("05:54:00", "04:13:59") + body)
    assert said(found)[-1][:2] == ("05:30", "resolved")
    assert any(each.startswith("updates follow the time") for each in messages(made, "import/note"))


def test_a_system_that_is_gone_and_a_site_without_settings():
    text = HEAD.format("down").replace("[API]", "[API, Fax]")
    _, found, made = issue(text)
    assert list(found["updates"][0]["components"]) == ["api"]
    assert "system 'Fax' is not in the settings any more: what issues say of it is not kept" in messages(made)
    alone = imported("cstate", {"issues/a.md": text})
    assert list(sources(alone)["status/components.yaml"]) == ["api", "fax"]


def test_a_zone_of_the_site():
    made = imported(
        "cstate", {"s/hugo.toml": 'timeZone = "Europe/Madrid"\n', "s/content/issues/a.md": HEAD.format("down")}
    )
    (found,) = [each for path, each in sources(made).items() if "incidents" in path]
    assert found["updates"][0]["at"] == "2018-05-25 02:13"


def test_only_the_site_s_own_files():
    files = {
        "static/site/config.yml": CONFIG,
        "static/site/content/issues/_index.md": "---\ntitle: All\n---\n",
        "static/site/content/issues/a.md": HEAD.format("down"),
        "static/site/content/issues/draft.md": HEAD.format("down").replace("title", "draft: true\ntitle"),
        "static/site/content/pages/about.md": "---\ntitle: About\n---\n",
        "static/site/themes/cstate/exampleSite/config.yml": "title: Example\nparams: {systems: [{name: X}]}\n",
        "static/site/themes/cstate/exampleSite/content/issues/b.md": HEAD.format("down"),
        "static/site/README.md": "# Site\n",
    }
    made = imported("cstate", files)
    assert [path for path in sources(made) if "incidents" in path] == ["status/incidents/2018-05-25-a.yaml"]
    assert [(note.check, note.where.path) for note in made.notes if "link" not in note.message] == [
        ("import/lost", "static/site/content/pages"),
        ("import/note", "static/site/content/issues/draft.md"),
    ]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"---\ntitle: x\n", "its front matter has no end"),
        (b"# Hello", "it has no front matter"),
        (b"---\n[x\n---\n", ""),
        (b"+++\nx = \n+++\n", ""),
        (b"{", "its front matter is no JSON"),
        (b"\xff", "it is not UTF-8"),
        (b"---\ndate: 2020-01-01\n---\n" + b"x" * (1 << 20), "it has more than the 1,048,576 bytes of a source"),
        (b"---\ntitle: x\ndate: 2017-02-30 14:30:00\n---\n", "it has no date that can be read"),
        (b"---\ntitle: x\ndate: [1]\n---\n", "it has no date that can be read"),
    ],
)
def test_what_is_no_issue(raw: bytes, why: str):
    made = imported("cstate", {"s/content/issues/x.md": raw, "s/content/issues/a.md": HEAD.format("down")})
    (note,) = [note for note in made.notes if note.check == "import/refused"]
    assert note.message.startswith("the issue was not imported: ")
    assert why in note.message


def test_what_has_no_place_is_told():
    text = (
        HEAD.format("odd").replace("title", "colour: red\ntitle") + 'Text <!-- not shown --> {{< figure src="x.png" >}}'
    )
    _, _, made = issue(text)
    assert sorted(messages(made, "import/lost")) == [
        "a comment in the text, which nobody was shown, is not kept",
        "a shortcode of Hugo stays text",
        "colour is not kept: incidents have no such key",
        "severity 'odd' is none of cState's: it counts as disrupted",
        "the link of a system is not kept: components have none",
    ]
