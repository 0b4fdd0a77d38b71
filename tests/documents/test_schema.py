"""Documents that do not fit their schema, explained."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import Document, Schema, read_document
from generator.findings import Finding

CONTENTS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["team"],
    "additionalProperties": False,
    "properties": {
        "team": {"$ref": "#/$defs/id", "description": "The team that answers.", "examples": ["platform"]},
        "objective": {
            "type": "number",
            "exclusiveMinimum": 50,
            "maximum": 100,
            "description": "In percent.",
            "examples": [99.9],
        },
        "critical": {"type": "boolean"},
        "urgency": {"enum": ["page", "ticket"], "description": "Who is woken."},
        "people": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"$ref": "#/$defs/id"}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "email": {"type": "string", "format": "email", "examples": ["a@example.com"]},
        "text": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "object", "minProperties": 1}]},
        "sli": {"oneOf": [{"$ref": "#/$defs/ratio"}, {"$ref": "#/$defs/histogram"}]},
        "by_id": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/id"},
            "additionalProperties": {"type": "integer"},
        },
        "closed": {"type": "object", "allOf": [{"properties": {"inner": True}}], "unevaluatedProperties": False},
        "pair": {"type": "object", "dependentRequired": {"from": ["until"]}},
        "never": False,
    },
    "$defs": {
        "id": {"type": "string", "pattern": "^[a-z]+$", "description": "Lower-case letters."},
        "ratio": {
            "type": "object",
            "required": ["errors", "total"],
            "additionalProperties": False,
            "properties": {"errors": {"type": "string"}, "total": {"type": "string"}},
        },
        "histogram": {
            "type": "object",
            "required": ["histogram", "under"],
            "additionalProperties": False,
            "properties": {"histogram": {"type": "string"}, "under": {"type": "string", "pattern": "^[0-9]+ms$"}},
        },
    },
}
SCHEMA = Schema("service", CONTENTS)


def judged(text: str, schema: Schema = SCHEMA) -> tuple[Document, list[Finding]]:
    document, findings = read_document("a.yaml", text.encode())
    assert document is not None
    assert findings == []
    return document, schema.findings(document)


def one(text: str) -> tuple[str, str, str, tuple[int, int]]:
    """(id, message, hint, (line, column)) of the only finding."""
    document, found = judged(text)
    (finding,) = found
    span = document.locate(finding.where)
    return finding.check, finding.message, finding.hint, (span.line, span.column)


def test_a_valid_document_has_no_finding() -> None:
    assert judged("team: a\nobjective: 99.9\nsli: {errors: a, total: b}\ntext: {en: x}\n")[1] == []


T = "team: a\n"
"""The key that must be there."""


@pytest.mark.parametrize(
    ("text", "check", "message", "hint", "place"),
    [
        (T + "objectve: 99", "unknown-key", "key 'objectve' is not known", "did you mean 'objective'?", (2, 1)),
        ("taem: a", "unknown-key", "key 'taem' is not known", "did you mean 'team'?", (1, 1)),
        (T + "sli: {errors: a, total: b, foo: c}", "unknown-key", "key 'foo' is not known in sli", "", (2, 28)),
        (T + "closed: {other: 1}", "unknown-key", "key 'other' is not known in closed", "known here: inner", (2, 10)),
        (T + "never: 1", "unknown-key", "key 'never' is not allowed here", "", (2, 1)),
        (
            "critical: true",
            "missing-key",
            "key 'team' is missing",
            "The team that answers; for example team: platform",
            (1, 1),
        ),
        (T + "sli: {errors: a}", "missing-key", "key 'total' is missing in sli", "", (2, 1)),
        (T + "pair: {from: a}", "missing-key", "key 'until' is missing in pair", "", (2, 1)),
        (
            T + "objective: '99.9'",
            "type",
            "objective is '99.9' (text); a number is expected",
            "remove the quotes",
            (2, 12),
        ),
        (
            T + "objective: high",
            "type",
            "objective is 'high' (text); a number is expected",
            "In percent; for example 99.9",
            (2, 12),
        ),
        (
            "team: 5.0",
            "type",
            "team is 5.0 (a number); text is expected",
            "The team that answers; for example platform",
            (1, 7),
        ),
        (T + "critical: yes", "type", "critical is 'yes' (text); true or false is expected", "", (2, 11)),
        (T + "people: {a: b}", "type", "people is a map; a list is expected", "", (2, 9)),
        (T + "people: [a, 7]", "type", "people[1] is 7 (a number); text is expected", "Lower-case letters", (2, 13)),
        (T + "text: 5", "type", "text is 5 (a number); text or a map is expected", 'put it in quotes: "5"', (2, 7)),
        (T + "text:", "type", "text is empty; text or a map is expected", "", (2, 6)),
        (T + "labels: {x: 1, y, z: 2}", "type", "y is empty; text is expected", "quote text that has a comma", (2, 17)),
        (T + "sli: [a]", "type", "sli is a list; a map is expected", "", (2, 6)),
        (T + "urgency: pgae", "value", "urgency is 'pgae'; expected page or ticket", "did you mean 'page'?", (2, 10)),
        (T + "urgency: 7", "value", "urgency is 7; expected page or ticket", "Who is woken", (2, 10)),
        (
            "team: A b",
            "value",
            "team is 'A b', which does not have the form expected",
            "The team that answers; for example platform",
            (1, 7),
        ),
        (
            T + "objective: 50.0",
            "value",
            "objective is 50.0; more than 50 is expected",
            "In percent; for example 99.9",
            (2, 12),
        ),
        (
            T + "objective: 1e3",
            "value",
            "objective is 1e3; at most 100 is expected",
            "In percent; for example 99.9",
            (2, 12),
        ),
        (T + "objective: .nan", "value", "objective is not a finite number; a finite number is expected", "", (2, 12)),
        (T + "people: []", "value", "people has 0 entries; at least 1 expected", "", (2, 9)),
        (T + "people: [a, a]", "value", "people has the same entry twice", "", (2, 9)),
        (T + "text: ''", "value", "text is empty text", "", (2, 7)),
        (
            T + "email: nobody",
            "value",
            "email is 'nobody'; an email address is expected",
            "for example a@example.com",
            (2, 8),
        ),
        (T + "by_id: {A: 1}", "value", "key 'A' does not have the form of a key here", "Lower-case letters", (2, 9)),
        (
            T + "sli: {histogram: a, under: 3s}",
            "value",
            "under is '3s', which does not have the form expected",
            "",
            (2, 28),
        ),
        ("[a]", "type", "the file is a list; a map is expected", "", (1, 1)),
    ],
)
def test_one_fault_is_one_finding(text: str, check: str, message: str, hint: str, place: tuple[int, int]) -> None:
    assert one(text) == (f"schema/{check}", message, hint, place)


def test_long_values_are_cut_and_stay_on_one_line() -> None:
    _, message, _, _ = one(f'team: "A\\n{"b" * 200}"')
    assert message == f"team is 'A {'b' * 57}…', which does not have the form expected"


def test_never_more_than_twenty() -> None:
    _, found = judged(T + "".join(f"x{n}: 1\n" for n in range(50)))
    assert len(found) == 20
    assert [each.where.pointer for each in found[:2]] == [("x0",), ("x1",)]


def test_a_part_of_a_document_is_placed_where_it_stands() -> None:
    document, _ = read_document("a.yaml", b"services:\n  - {team: a, objective: x}\n")
    assert document is not None
    data: Any = document.data
    (finding,) = SCHEMA.findings(document, data["services"][0], ("services", 0))
    assert finding.where.pointer == ("services", 0, "objective")
    assert document.locate(finding.where).column == 26


def test_where_only_the_fast_validator_can_judge_its_words_are_used() -> None:
    _, (finding,) = judged("a: 1x\n", Schema("odd", {"properties": {"a": {"pattern": r"^\p{L}+$"}}}))
    assert finding.check == "schema/value"
    assert finding.where.pointer == ("a",)
    assert finding.message.startswith('a: "1x" does not match')


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(list(CONTENTS["properties"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*CONTENTS["properties"], "errors", "total", "histogram", "x"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@given(VALUES)
def test_no_data_raises_and_what_is_not_valid_always_has_a_finding(data: Any) -> None:
    document = Document("a.yaml", "x", data)
    found = SCHEMA.findings(document)
    assert bool(found) == (not SCHEMA.fast.is_valid(data))
    assert all(each.check.startswith("schema/") and "\n" not in each.message for each in found)


def test_hints_are_looked_for_only_where_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("generator.documents.explain.did_you_mean", lambda key, _: asked.append(key) or "")
    document = Document("a.yaml", "", {"team": "x", **{f"k{n}": 1 for n in range(5000)}})
    assert len(Schema("test", CONTENTS).findings(document)) == 20
    assert asked == [f"k{n}" for n in range(20)]
