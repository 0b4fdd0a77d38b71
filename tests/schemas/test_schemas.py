"""The schemas say what people may write; these tests say that each schema explains itself, and where its edges are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from tests.schemas.written import read

SCHEMAS = Path(__file__).parents[2] / "schemas"
CASES = Path(__file__).parent
KINDS = (
    "baseline",
    "components",
    "incident",
    "leave",
    "maintenance",
    "overrides",
    "pagerduty-ids",
    "people",
    "postmortem",
    "runbook",
    "service",
    "severity-map",
    "team",
)
Schema = dict[str, Any]


def load(kind: str) -> Schema:
    loaded: Schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return loaded


def subschemas(schema: Schema, where: str = "") -> Iterator[tuple[str, Schema]]:
    """Every schema that describes something a person writes, with the way to it; not the bare constraints (`oneOf`)."""
    yield where, schema
    for group in ("properties", "$defs"):
        for name, inner in schema.get(group, {}).items():
            yield from subschemas(inner, f"{where}/{group}/{name}")
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from subschemas(schema[key], f"{where}/{key}")


def prohibitions(schema: Schema) -> Iterator[Schema]:
    """The schemas that only refuse a key beside another one."""
    for _, inner in subschemas(schema):
        for dependent in inner.get("dependentSchemas", {}).values():
            yield from dependent["properties"].values()


def resolved(schema: Schema, root: Schema) -> Schema:
    """The schema with what it refers to; what stands beside `$ref` wins, as in editors."""
    ref = schema.get("$ref")
    return schema if ref is None else {**root["$defs"][ref.removeprefix("#/$defs/")], **schema}


PLACES = [pytest.param(kind, place, id=f"{kind}{place}") for kind in KINDS for place, _ in subschemas(load(kind))]


def test_every_schema_file_is_listed_here_or_is_the_settings() -> None:
    found = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.json")}
    assert found - {"settings"} >= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_self_contained_and_named_by_its_kind(kind: str) -> None:
    schema = load(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:tocsin:schema:{kind}"
    assert all(ref.startswith("#/$defs/") for ref in references(schema))


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from references(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_every_definition_is_used(kind: str) -> None:
    schema = load(kind)
    assert {ref.removeprefix("#/$defs/") for ref in references(schema)} == set(schema.get("$defs", {}))


@pytest.mark.parametrize(("kind", "where"), PLACES)
def test_everything_that_is_written_has_title_description_and_valid_examples(kind: str, where: str) -> None:
    root = load(kind)
    here = resolved(dict(subschemas(root))[where], root)
    assert here["title"], "an editor shows the title"
    assert here["description"].endswith((".", ")")), "a description is a sentence"
    assert here["examples"], "an editor offers the examples"
    validator = Draft202012Validator({**here, "$defs": root.get("$defs", {}), "$id": root["$id"]})
    for example in [*here["examples"], *([here["default"]] if "default" in here else [])]:
        assert [error.message for error in validator.iter_errors(example)] == []


def cases(folder: str) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in sorted((CASES / folder).glob("*.yaml"))]


def kind_of(path: Path) -> str:
    """The kind that a case's name starts with; the longest one, as `pagerduty-ids` has a hyphen too."""
    return max((kind for kind in KINDS if path.stem.startswith(f"{kind}-")), key=len)


def test_every_kind_has_accepted_and_refused_cases() -> None:
    for folder in ("accepted", "refused"):
        assert {kind_of(case.values[0]) for case in cases(folder)} == set(KINDS)


@pytest.mark.parametrize("path", cases("accepted"))
def test_what_the_reference_shows_is_accepted(path: Path) -> None:
    schema, data = load(kind_of(path)), read(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert jsonschema_rs.is_valid(schema, data)


@pytest.mark.parametrize("path", cases("refused"))
def test_what_is_wrong_is_refused_where_it_is_wrong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].removeprefix("# at:").split()
    schema, data = load(kind_of(path)), read(text)
    errors = list(Draft202012Validator(schema).iter_errors(data))
    assert {tuple(map(str, error.absolute_path)) for error in errors} == {tuple(expected)}
    assert not jsonschema_rs.is_valid(schema, data)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_used_in_an_accepted_case(kind: str) -> None:
    """A key that no case writes could be misspelt in the schema, and nothing would notice."""
    written = {key for case in cases("accepted") for key in keys(read(case.values[0].read_text(encoding="utf-8")))}
    declared = {key for _, schema in subschemas(load(kind)) for key in schema.get("properties", {})}
    assert declared - written == set()


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from keys(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_keys_are_refused_everywhere(kind: str) -> None:
    for where, schema in subschemas(load(kind)):
        if "properties" in schema:
            assert schema["additionalProperties"] is False or where == "/properties/links", where


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_pattern_or_a_prohibition_refuses_is_said_in_words(kind: str) -> None:
    for where, schema in subschemas(load(kind)):
        assert "pattern" not in schema or schema["patternErrorMessage"].endswith("."), where
    for prohibition in prohibitions(load(kind)):
        assert prohibition["errorMessage"]


def test_what_several_schemas_share_is_the_same_in_all() -> None:
    shared: dict[str, Schema] = {}
    for kind in KINDS:
        for name, definition in load(kind).get("$defs", {}).items():
            assert shared.setdefault(name, definition) == definition, f"{name} of {kind}"


def check_jsonschema(*arguments: str) -> str:
    """What the tool complains of; run inside this process, as its start takes a second."""
    from check_jsonschema import main  # type: ignore[import-untyped]
    from click.testing import CliRunner

    done = CliRunner().invoke(main, arguments)
    return "" if done.exit_code == 0 else done.output


def test_check_jsonschema_accepts_the_schemas() -> None:
    assert check_jsonschema("--check-metaschema", *map(str, SCHEMAS.glob("*.json"))) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_accepts_the_cases_too(kind: str) -> None:
    """check-jsonschema reads YAML as editors do, so a file that it refuses would be red in an editor."""
    files = [str(case.values[0]) for case in cases("accepted") if kind_of(case.values[0]) == kind]
    assert check_jsonschema("--schemafile", str(SCHEMAS / f"{kind}.schema.json"), *files) == ""
