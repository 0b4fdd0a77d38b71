"""HCL as `terraform fmt` writes it, from typed values: text is always quoted, only an `Expression` is code.

See docs/decisions/0004-hcl-writer.md for why these are no templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.records import dataclass
from generator.targets.rendering import hcl as quoted

_INDENT = "  "
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Expression:
    """Code: a reference to a resource. Made from ids only, never from what people write freely."""

    code: str

    def attribute(self, name: str) -> Expression:
        """An attribute of it: `pagerduty_team.platform` → `pagerduty_team.platform.id`."""
        return Expression(f"{self.code}.{name}")


Value = str | int | bool | Expression | Sequence["Value"] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name = value`."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Comment:
    """A line for people; what would end the line becomes a space."""

    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """`resource "pagerduty_team" "platform" { … }`: a type, its labels, and what stands inside.

    Labels are identifiers: HCL knows no escapes in them.
    """

    type: str
    labels: tuple[str, ...]
    body: tuple[Attribute | Comment | Block, ...]


Item = Attribute | Comment | Block


def attributes(**values: Value | None) -> tuple[Attribute, ...]:
    """Attributes by name, in order; None leaves one out."""
    return tuple(Attribute(name, value) for name, value in values.items() if value is not None)


def document(header: str, items: Iterable[Item]) -> str:
    """A whole file that begins with a comment."""
    return "\n".join([header, "", *_lines(tuple(items), "")]) + "\n"


def _lines(items: Sequence[Item], indent: str) -> Iterator[str]:
    """The lines of a body: blocks stand apart from what is before them."""
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        if before is not None and (isinstance(before, Block) or (isinstance(item, Block) and _is_value(before))):
            yield ""
        if isinstance(item, Block):
            yield from _block(item, indent)
        elif isinstance(item, Comment):
            yield f"{indent}# {_BREAKS.sub(' ', item.text)}".rstrip()
        else:
            yield from _attribute(item.name, item.value, indent, _width(items, index))


def _is_value(item: Item) -> bool:
    return isinstance(item, Attribute)


def _block(block: Block, indent: str) -> Iterator[str]:
    opening = " ".join([block.type, *(quoted(label) for label in block.labels), "{"])
    if not block.body:
        yield f"{indent}{opening}}}"
        return
    yield f"{indent}{opening}"
    yield from _lines(block.body, indent + _INDENT)
    yield f"{indent}}}"


def _width(items: Sequence[Item], index: int) -> int:
    """The column that `terraform fmt` lines the signs up at: the longest name among neighbours of one line each."""
    first = last = index
    while first > 0 and _one_line(items[first - 1]):
        first -= 1
    while last + 1 < len(items) and _one_line(items[last + 1]):
        last += 1
    return max(len(item.name) for item in items[first : last + 1] if isinstance(item, Attribute))


def _one_line(item: Item) -> bool:
    return isinstance(item, Attribute) and not _is_long(item.value)


def _is_long(value: Value) -> bool:
    """Whether a value takes several lines: lists of two or more, and objects."""
    if isinstance(value, Mapping):
        return bool(value)
    return not isinstance(value, str | int | Expression) and len(value) > 1


def _attribute(name: str, value: Value, indent: str, width: int) -> Iterator[str]:
    if not _is_long(value):
        yield f"{indent}{name:<{width}} = {_short(value)}"
        return
    opening, closing = ("{", "}") if isinstance(value, Mapping) else ("[", "]")
    yield f"{indent}{name} = {opening}"
    yield from _inside(value, indent + _INDENT)
    yield f"{indent}{closing}"


def _inside(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _lines(tuple(Attribute(name, each) for name, each in value.items()), indent)
    elif not isinstance(value, str | int | Expression):
        for each in value:
            yield f"{indent}{_short(each)},"


def _short(value: Value) -> str:
    if isinstance(value, Expression):
        return value.code
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{}"
    return f"[{', '.join(_short(each) for each in value)}]"
