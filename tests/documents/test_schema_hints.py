"""Hints for what people often forget: the unit of a span of time, and which keys go together."""

from __future__ import annotations

from typing import Any

import pytest

from generator.documents import Schema, read_document

SPAN: dict[str, Any] = {"type": "string", "pattern": "^(0|([0-9]+h)?([0-9]+m)?([0-9]+s)?)$", "description": "How long."}
CONTENTS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "for": SPAN,
        "wait": {"anyOf": [SPAN, {"enum": ["off"]}]},
        "name": {"type": "string", "pattern": "^[a-z]+$", "description": "A name."},
        "sli": {
            "type": "object",
            "description": "One of three forms.",
            "properties": dict.fromkeys(("errors", "total", "errors_query", "under", "native"), True),
            "oneOf": [
                {"required": ["errors", "total"], "maxProperties": 2},
                {"required": ["errors_query", "under"], "maxProperties": 2},
                {"required": ["errors_query", "under", "native"], "maxProperties": 3},
            ],
            "additionalProperties": False,
        },
    },
}


def told(text: str) -> list[tuple[str, str]]:
    document, _ = read_document("a.yaml", text.encode())
    assert document is not None
    return [(each.message, each.hint) for each in Schema("service", CONTENTS).findings(document)]


@pytest.mark.parametrize("text", ["for: 5", "for: '5'", 'for: "5"', "wait: 5", "wait: '5'"])
def test_a_span_without_a_unit(text: str) -> None:
    ((_, hint),) = told(text)
    assert hint == "its unit is missing: write 5s, 5m or 5h"


@pytest.mark.parametrize("text", ["for: 5minutes", "for: true", "for: 1.5", "for: 12345678", "name: 5", "for: -5"])
def test_what_lacks_more_than_a_unit(text: str) -> None:
    ((_, hint),) = told(text)
    assert "unit" not in hint


@pytest.mark.parametrize(
    ("sli", "said"),
    [
        ("{errors_query: a, total: b}", "sli has errors_query and total, which do not go together"),
        ("{errors: a, total: b, under: c}", "sli has errors, total and under, which do not go together"),
        ("{errors: a}", "key 'total' is missing in sli"),
        ("{errors_query: a, native: b}", "key 'under' is missing in sli"),
    ],
)
def test_keys_of_several_forms_and_keys_that_are_missing(sli: str, said: str) -> None:
    assert [message for message, _ in told(f"sli: {sli}")] == [said]


def test_a_telephone_number_is_not_repeated() -> None:
    ((message, _),) = told('name: "+34 600 000 000"')
    assert message == "name is a telephone number, which does not have the form expected"


def test_a_key_that_excludes_another_says_which_go_together() -> None:
    contents = {
        **CONTENTS,
        "properties": {"hours": True, "spans": True},
        "dependentSchemas": {"spans": {"properties": {"hours": {"description": "Hours or spans.", "not": {}}}}},
    }
    document, _ = read_document("a.yaml", b"{hours: 1, spans: 2}")
    assert document is not None
    ((message, hint),) = [(each.message, each.hint) for each in Schema("service", contents).findings(document)]
    assert (message, hint) == ("key 'hours' is not allowed here", "Hours or spans")
