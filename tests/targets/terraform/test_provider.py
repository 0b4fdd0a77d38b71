"""Every form of the output is right by the provider's own description, whatever the sources say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.catalog import load
from generator.git import work_tree
from generator.targets.terraform.hcl import Attribute, Block
from tests.catalogs import NOW, make_catalog
from tests.targets.terraform.provider import PROVIDER, faults, items
from tests.targets.terraform.whole import EVERYTHING

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)
zones = st.sampled_from(["Europe/Oslo", "America/Chicago", "UTC", "Australia/Lord_Howe", "Asia/Kolkata"])
hours = st.sampled_from(["", "hours: 09:00-17:00, ", "hours: 17:00-01:00, ", "days: mon-fri, hours: 00:00-24:00, "])
layers = st.tuples(zones, hours, st.sampled_from(["1h", "1d", "1w", "365d"]), st.permutations(["ana", "bob", "eve"]))


def quoted(text: str) -> str:
    """The text in double quotes, every character of it by number."""
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def team(name: str, rotations: list) -> str:
    lines = [
        f"name: {quoted(name)}",
        "lead: eve",
        "schedules:",
        "  primary:",
        f"    name: {quoted(name)}",
        "    layers:",
    ]
    for zone, when, turn, people in rotations:
        lines.append(
            f"      - {{name: {quoted(name)}, time_zone: {zone}, start: 2026-01-05 09:00, {when}turn: {turn},"
            f" people: [{', '.join(people)}]}}"
        )
    return "\n".join([*lines, "escalation:", "  steps: [{page: [primary, eve], wait: 90s}]", ""])


def blocks(written) -> set[str]:
    return {
        item.labels[0] if item.type in {"resource", "data"} else item.type
        for item in written
        if isinstance(item, Block)
    }


def test_the_judge_finds_what_is_wrong():
    body = (Attribute("name", 1), Attribute("colour", "red"), Attribute("html_url", "x"), Block("rule", (), ()))
    assert faults([Block("resource", ("pagerduty_team", "a"), body)]) == [
        "pagerduty_team.a: name is 1, not string",
        "pagerduty_team.a: colour is not known",
        "pagerduty_team.a: html_url cannot be set",
        "pagerduty_team.a: there is no block rule",
    ]
    assert faults([Block("resource", ("pagerduty_schedule", "a"), ())]) == [
        "pagerduty_schedule.a: 0 blocks layer",
        "pagerduty_schedule.a: time_zone is missing",
    ]


def test_sources_that_use_everything_give_all_types_of_resource():
    written = items(make_catalog(EVERYTHING), NOW)
    assert faults(written) == []
    made = set(PROVIDER["resources"]) - {"pagerduty_user_handoff_notification_rule"}
    assert blocks(written) == made | {"terraform", "provider", "variable", "locals", "output", "import", "removed"}


def test_users_that_are_looked_up():
    files = {**EVERYTHING, "tocsin.yaml": "pagerduty: {users: existing}\n"}
    written = items(make_catalog(files), NOW)
    assert faults(written) == []
    assert "pagerduty_user" in blocks([item for item in written if isinstance(item, Block) and item.type == "data"])


def test_the_example(repo_root):
    assert faults(items(load(work_tree(repo_root)), NOW)) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts, texts, st.lists(layers, min_size=1, max_size=4))
def test_any_names_and_layers(person, name, rotations):
    files = {
        "schedules/people.yaml": "".join(
            f"{ident}: {{name: {quoted(person)}, email: {ident}@example.com}}\n" for ident in ("ana", "bob", "eve")
        ),
        "schedules/shop.yaml": team(name, rotations),
        "alerts/cart.yaml": f"team: shop\ndescription: {quoted(name)}\n",
    }
    catalog = make_catalog(files)
    assert [finding.message for finding in catalog.findings] == []
    assert faults(items(catalog, NOW)) == []


@pytest.mark.parametrize("grouping", ["time", "intelligent", "{type: time, timeout: 5m}"])
def test_forms_of_grouping(grouping):
    files = {**EVERYTHING, "tocsin.yaml": f"pagerduty: {{alert_grouping: {grouping}}}\n"}
    assert faults(items(make_catalog(files), NOW)) == []
