"""Whatever the files hold: no traceback, no path outside of status/, and what is written is a source."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.status_pages.cstate_site import CONFIG, HEAD, NEWEST_FIRST
from tests.importers.status_pages.imported import imported, sources

PATH = re.compile(
    r"tocsin\.yaml|status/components\.yaml|status/(incidents|maintenances)/\d{4}-\d\d-\d\d(-[a-z0-9]+)+\.yaml"
)
ODD = st.sampled_from(
    [
        None,
        True,
        7,
        -1,
        1e308,
        "",
        "../../../etc/passwd",
        "..",
        "a/b",
        "\x00",
        "\ud83d",
        "é" * 300,
        "<b>x",
        "{{ x }}",
        "2022-01-01T00:00:00Z",
        "2022-01-01",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "2022-02-30",
        "resolved",
        "scheduled",
        "postmortem",
        "completed",
        "major_outage",
        "critical",
        "maintenance",
        "# no",
        "- x: [",
        "'\"",
        "\u2028",
        "a" * 1_500,
    ]
)
KEYS = st.sampled_from(
    [
        "id",
        "name",
        "status",
        "impact",
        "created_at",
        "updated_at",
        "started_at",
        "resolved_at",
        "display_at",
        "body",
        "shortlink",
        "components",
        "incident_updates",
        "affected_components",
        "code",
        "new_status",
        "group_id",
        "group",
        "position",
        "description",
        "start_date",
        "scheduled_for",
        "scheduled_until",
        "only_show_if_degraded",
    ]
)
ANY = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=8), max_leaves=30
)
THINGS = st.lists(st.dictionaries(KEYS, ANY, max_size=12), max_size=4)
FILES = st.fixed_dictionaries(
    {},
    optional={
        "page": ANY,
        "components": THINGS | ANY,
        "incidents": THINGS | ANY,
        "scheduled_maintenances": THINGS | ANY,
    },
)


def proved(kind: str, files: dict[str, Any]) -> None:
    made = imported(kind, files)
    for path in sources(made):
        assert PATH.fullmatch(path), path
    for note in made.notes:
        note.message.encode()


@settings(max_examples=50, deadline=None)
@given(FILES)
def test_json_of_any_shape(data: Any):
    proved("statuspage", {"x.json": json.dumps(data)})


VALUES = st.sampled_from(
    [
        "",
        "2018-05-25 04:13:00",
        "2018-05-25",
        "true",
        "false",
        "[API, {a: b}]",
        "{a: [b]}",
        "down",
        "notice",
        "'x'",
        '"\\ud83d"',
        "!!binary x",
        "&a [*a]",
        "9999-12-31 23:59:59",
        "~",
        "0x1F",
        "Maintenance",
        "2018-05-26 00:00:00",
        "../../x",
    ]
)
FRONT = st.sampled_from(
    ["title", "Title", "date", "resolved", "resolvedWhen", "severity", "affected", "informational", "draft", "odd"]
)
PIECES = st.sampled_from(
    [
        '{{< track "2018-05-25 05:00:00" >}}',
        '{{< track "nonsense" >}}',
        '{{% track "" %}}',
        "*Resolved* - ",
        "**Update**: ",
        "text",
        "\n\n",
        "\n",
        "---",
        "[Final message]",
        "[link](x)",
        "<!--",
        "-->",
        "```",
        "2018-05-25 06:00 GMT",
        "{{< x >}}",
        "*Post-mortem*",
        "\x00",
        "\u2028",
        "# h",
    ]
)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(FRONT, VALUES), max_size=8),
    st.lists(PIECES, max_size=14),
    st.sampled_from(["---", "+++", "{", ""]),
)
def test_issues_of_any_shape(front: list[tuple[str, str]], body: list[str], fence: str):
    head = "".join(f"{key}{' =' if fence == '+++' else ':'} {value}\n" for key, value in front)
    text = f"{fence}\n{head}{fence}\n{''.join(body)}"
    config = "params: {systems: [{name: API}, {name: [x]}, 7, {name: api}], categories: [x]}\n"
    proved("cstate", {"s/config.yml": config, "s/content/issues/x.md": text})


@settings(max_examples=25, deadline=None)
@given(
    st.lists(PIECES | VALUES | ODD.map(str), max_size=20).map("".join),
    st.sampled_from(["config.yml", "hugo.toml", "config.json"]),
)
def test_settings_of_any_shape(text: str, name: str):
    proved("cstate", {f"s/{name}": text, "s/content/issues/x.md": "---\ndate: 2018-05-25\naffected: [A]\n---\n"})


REAL: dict[str, Any] = {
    "page": {"id": "p", "name": "Acme", "url": "https://status.acme.example"},
    "components": [
        {"id": "a", "name": "API", "position": 1, "group_id": "g"},
        {"id": "g", "name": "EU", "group": True},
    ],
    "incidents": [
        {
            "id": "i",
            "name": "Errors",
            "status": "resolved",
            "impact": "minor",
            "created_at": "2022-02-15T13:14:17.744-08:00",
            "incident_updates": [
                {"status": "resolved", "body": "Over", "display_at": "2022-02-15T13:37:37.388-08:00"},
                {
                    "status": "identified",
                    "body": "Found<br />it",
                    "display_at": "2022-02-15T13:14:17.849-08:00",
                    "affected_components": [{"code": "a", "name": "API", "new_status": "partial_outage"}],
                },
            ],
        }
    ],
    "scheduled_maintenances": [
        {
            "id": "m",
            "name": "Juice",
            "scheduled_for": "2022-02-15T01:00:00Z",
            "scheduled_until": "2022-02-15T02:00:00Z",
            "incident_updates": [{"status": "scheduled", "body": "Soon", "created_at": "2022-02-14T01:00:00Z"}],
            "components": [{"id": "a"}],
        }
    ],
}


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all values."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([way] if way else []), *(found for step, inner in steps for found in places(inner, (*way, step)))]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(places(REAL)), ANY), min_size=1, max_size=3))
def test_a_real_file_with_other_values(changes: list[tuple[tuple[Any, ...], Any]]):
    data = json.loads(json.dumps(REAL))
    for way, value in changes:
        here = data
        for step in way[:-1]:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(here, dict) or (isinstance(here, list) and isinstance(way[-1], int) and way[-1] < len(here)):
                here[way[-1]] = value
    proved("statuspage", {"x.json": json.dumps(data)})


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 40), PIECES | VALUES), min_size=1, max_size=4))
def test_a_real_issue_with_other_pieces(cuts: list[tuple[int, int, str]]):
    text = HEAD.format("down") + NEWEST_FIRST
    for at, length, piece in cuts:
        text = text[:at] + piece + text[at + length :]
    proved("cstate", {"s/config.yml": CONFIG, "s/content/issues/x.md": text, "s/content/issues/y.md": HEAD.format("x")})
