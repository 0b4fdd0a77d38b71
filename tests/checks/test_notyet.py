"""Keys that are accepted and do nothing yet."""

from __future__ import annotations

import pytest

from generator.checks import notyet
from generator.checks.notyet import ANY, UNREAD
from generator.findings import Level
from generator.kinds import KINDS
from generator.resources import schema
from tests.checks.found import found, place


@pytest.fixture(autouse=True)
def table(monkeypatch):
    """One key that nothing reads, whatever the real table has."""
    monkeypatch.setitem(notyet.UNREAD, "settings", (notyet.Unread("status/logo", "the page shows the name"),))


def test_it_says_at_the_key_what_does_not_happen():
    (finding,) = found(notyet, {"tocsin.yaml": "status:\n  logo: logo.svg\n"})
    assert (finding.check, finding.level) == ("schema/not-yet", Level.WARNING)
    assert place(finding) == "tocsin.yaml:2:3"
    assert finding.message == "logo is accepted and does nothing yet: the page shows the name"
    assert finding.hint.startswith("keep it for later or leave it out")


def test_every_source_is_looked_at(monkeypatch):
    monkeypatch.setitem(notyet.UNREAD, "runbook", (notyet.Unread("tags", "nobody sees them"),))
    files = {
        "runbooks/shop-a.md": "---\ntags: [shop]\n---\n# A\n",
        "runbooks/shop-b.md": "---\ntags: []\n---\n# B\n",
        "tocsin.yaml": "status:\n  url: https://status.example.com\n  logo: logo.svg\n",
    }
    assert [(place(each).partition(":")[0], each.subject) for each in found(notyet, files)] == [
        ("runbooks/shop-a.md", "shop-a/tags"),
        ("runbooks/shop-b.md", "shop-b/tags"),
        ("tocsin.yaml", "tocsin/status/logo"),
    ]


@pytest.mark.parametrize(
    ("data", "way", "pointers"),
    [
        ({"slos": [{"a": 1}, {"b": 2}], "other": 3}, ("slos", ANY, "b"), [("slos", 1, "b")]),
        ({"ann": {"b": 1}, "bob": "Bob", "zoe": {"b": 2}}, (ANY, "b"), [("ann", "b"), ("zoe", "b")]),
    ],
)
def test_entries_of_lists_and_maps_are_found(data: dict, way: tuple, pointers: list):
    assert [pointer for pointer, _ in notyet._found(data, way)] == pointers


def test_plain_text_that_is_short_for_a_map_holds_no_such_key():
    assert (
        found(notyet, {"tocsin.yaml": "status: https://status.example.com\n", "schedules/people.yaml": "a: A\n"}) == ()
    )


@pytest.mark.parametrize(("level", "levels"), [("off", []), ("note", [Level.NOTE])])
def test_the_settings_may_give_it_another_level(level: str, levels: list[Level]):
    files = {"tocsin.yaml": f"status: {{logo: logo.svg}}\nchecks: {{schema/not-yet: {level}}}\n"}
    assert [each.level for each in found(notyet, files)] == levels


def test_the_table_names_kinds_and_keys_that_there_are():
    """A slip in the table would name nothing, and nobody would notice."""
    for kind, ways in {**UNREAD, "settings": (*UNREAD.get("settings", ()), notyet.Unread("status/logo", ""))}.items():
        assert kind in {"settings", *(each.name for each in KINDS)}
        contents = schema(kind)
        for each in ways:
            assert _declares(contents, contents, each.way.split("/")), f"the schema of {kind} has no {each.way}"
    assert not _declares(schema("settings"), schema("settings"), ["status", "logos"])


def _declares(whole: dict, node: object, way: list[str]) -> bool:
    """Whether a schema says something about a key, in any of its branches."""
    if not isinstance(node, dict):
        return False
    if "$ref" in node and node["$ref"].startswith("#/$defs/"):
        node = {**whole["$defs"][node["$ref"].rpartition("/")[2]], **{k: v for k, v in node.items() if k != "$ref"}}
    if not way:
        return True
    branches = [each for key in ("oneOf", "anyOf", "allOf") for each in node.get(key, ())]
    if any(_declares(whole, each, way) for each in branches):
        return True
    if way[0] == ANY:
        below = [node.get("items"), node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
        return any(_declares(whole, each, way[1:]) for each in below if isinstance(each, dict))
    return _declares(whole, node["properties"][way[0]], way[1:]) if way[0] in node.get("properties", {}) else False
