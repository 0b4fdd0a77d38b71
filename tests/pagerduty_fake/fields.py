"""What an object may hold: every key is known and has a type, or the whole request is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from tests.pagerduty_fake.errors import invalid

# The service itself sets these; clients that send back what they got are not refused.
READ_ONLY = frozenset({"id", "summary", "self", "html_url"})


@dataclass(frozen=True, slots=True)
class Field:
    """One key: its type, whether it must be there, whether null is a value, and the values there are."""

    kind: type
    required: bool = False
    null: bool = False
    choices: Collection[Any] = ()
    least: int | None = None
    most: int | None = None
    longest: int | None = None


def text(*, required: bool = False, choices: Collection[str] = (), null: bool = False, longest: int = 1024) -> Field:
    """A string."""
    return Field(str, required=required, null=null, choices=choices, longest=longest)


def number(least: int | None = None, most: int | None = None, *, required: bool = False, null: bool = False) -> Field:
    """A whole number; a string of digits is none."""
    return Field(int, required=required, null=null, least=least, most=most)


def flag() -> Field:
    """True or false."""
    return Field(bool, null=True)


def items(*, required: bool = False) -> Field:
    """A list, whose members are looked at by whoever knows them."""
    return Field(list, required=required, null=not required)


def thing(*, required: bool = False) -> Field:
    """An object, looked at by whoever knows it."""
    return Field(dict, required=required, null=not required)


def checked(
    body: Any, fields: dict[str, Field], *, name: str, ignored: Iterable[str] = (), partly: bool = False
) -> Any:
    """The object, when all of it is right; `partly` where a change may leave out what stays."""
    if not isinstance(body, dict):
        raise invalid(f"{name} must be an object")
    unknown = sorted(body.keys() - fields.keys() - READ_ONLY - {"type", *ignored})
    missing = [key for key, field in fields.items() if field.required and not partly and body.get(key) is None]
    errors = [f"{_title(key)} is not an allowed field of {name}" for key in unknown]
    errors += [f"{_title(key)} cannot be empty" for key in missing]
    errors += [error for key, field in fields.items() if key in body for error in _wrong(key, body[key], field)]
    if errors:
        raise invalid(*errors)
    return {key: value for key, value in body.items() if key in fields}


def _wrong(key: str, value: Any, field: Field) -> Iterable[str]:
    if value is None:
        if not field.null and not field.required:
            yield f"{_title(key)} cannot be null"
        return
    # A bool is an int to Python, and no number to the service.
    if not isinstance(value, field.kind) or (field.kind is int and isinstance(value, bool)):
        yield f"{_title(key)} must be of type {field.kind.__name__}"
    elif field.choices and value not in field.choices:
        yield f"{_title(key)} is not one of {', '.join(map(str, field.choices))}"
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _out_of_range(key, value, field)
    elif isinstance(value, str) and field.longest is not None and len(value) > field.longest:
        yield f"{_title(key)} is too long (maximum is {field.longest} characters)"


def _out_of_range(key: str, value: int, field: Field) -> Iterable[str]:
    if field.least is not None and value < field.least:
        yield f"{_title(key)} must be greater than or equal to {field.least}"
    if field.most is not None and value > field.most:
        yield f"{_title(key)} must be less than or equal to {field.most}"


def name_of(written: str, what: str, forbidden: str = "") -> str:
    """A name that the service takes: printable, not blank, no blanks around it, without some characters."""
    if not written.strip():
        raise invalid(f"{what} can't be blank")
    if written != written.strip():
        raise invalid(f"{what} cannot begin or end with blanks")
    if any(not character.isprintable() or character in forbidden for character in written):
        raise invalid(f"{what} contains characters that are not allowed")
    return written


def references(listed: Any, kinds: Collection[str], what: str) -> list[str]:
    """The ids of a list of references, whose type is one of `kinds`, with or without `_reference`."""
    return [reference(each, kinds, what) for each in listed or []]


def reference(written: Any, kinds: Collection[str], what: str) -> str:
    """The id of a reference."""
    allowed = {*kinds, *(f"{kind}_reference" for kind in kinds)}
    checked(written, {"id": text(required=True), "type": text(required=True, choices=sorted(allowed))}, name=what)
    return str(written["id"])


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()
