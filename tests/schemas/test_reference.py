"""docs/sources.md says what the schemas say: its examples are valid, and it names every key and every allowed word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.schemas.test_schemas import KINDS, load, subschemas
from tests.schemas.written import read

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
HEADINGS = {"PagerDuty ids": "pagerduty-ids", "Severity map": "severity-map"}


def sections() -> dict[str, str]:
    """The part of the page for each kind."""
    found = {}
    for part in PAGE.split("\n## ")[1:]:
        title = part.partition("\n")[0].partition(":")[0]
        found[HEADINGS.get(title, title.lower())] = part
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_example_of_a_kind_is_valid(kind: str) -> None:
    block = re.search(r"```(?:yaml\n|markdown\n---\n)(.*?)(?:---.*?)?```", sections()[kind], re.DOTALL)
    assert block, f"no example of {kind}"
    assert [error.message for error in Draft202012Validator(load(kind)).iter_errors(read(block[1]))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_and_every_allowed_word_is_on_the_page(kind: str) -> None:
    words = set(re.findall(r"[\w-]+", sections()[kind]))
    for where, schema in subschemas(load(kind)):
        shared = (
            "/$defs/span" in where or "/$defs/coverage" in where or "/$defs/days" in where or "working_hours/" in where
        )
        wanted = [*schema.get("properties", {}), *schema.get("enum", [])]
        assert [word for word in wanted if word not in words and not shared] == [], where
