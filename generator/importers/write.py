"""The text of an imported source: block style, comments beside what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.importers.scalars import comment, key, scalar
from generator.importers.tree import Entry, List, Map, Remark, Value

STEP = 2


def render(source: Map | List) -> str:
    """The source as YAML."""
    return "".join(f"{line}\n" for line in (_map(source, 0) if isinstance(source, Map) else _list(source, 0)))


def data(value: Value) -> object:
    """The plain data that the text must be read back as; numbers written as text stay text here."""
    if isinstance(value, Map):
        return {entry.key: data(entry.value) for entry in value.entries}
    return [data(entry.value) for entry in value.entries] if isinstance(value, List) else value


def _map(source: Map, indent: int) -> Iterator[str]:
    for entry in source.entries:
        yield from _comments(entry.before, indent)
        yield from _pair(entry, indent)
        yield from _comments(entry.after, indent)
    yield from _comments(source.pending, indent)


def _pair(entry: Entry, indent: int) -> Iterator[str]:
    name = " " * indent + key(entry.key or "") + ":"
    beside = f"  {comment(entry.beside)}" if entry.beside else ""
    value = entry.value
    if isinstance(value, Map) and value:
        yield name + beside
        yield from _map(value, indent + STEP)
    elif isinstance(value, List) and value:
        yield name + beside
        yield from _list(value, indent + STEP)
    else:
        first, *others = _scalar(value, indent + STEP)
        yield f"{name} {first}{beside}"
        yield from others
        yield from _comments(value.pending if isinstance(value, Map | List) else [], indent + STEP)


def _list(source: List, indent: int) -> Iterator[str]:
    for entry in source.entries:
        yield from _comments([*entry.before, *_first(entry)], indent)
        yield from _item(entry, indent)
        yield from _comments(entry.after, indent)
    yield from _comments(source.pending, indent)


def _first(entry: Entry) -> list[str | Remark]:
    """Comments before the first key of an item go before the item: there is no line between the dash and the key."""
    if not isinstance(entry.value, Map) or not entry.value:
        return []
    first = entry.value.entries[0]
    return [*([entry.beside] if entry.beside else []), *first.before]


def _item(entry: Entry, indent: int) -> Iterator[str]:
    value = entry.value
    if isinstance(value, Map) and value:
        head = value.entries[0]
        kept, head.before = head.before, []
        lines = list(_map(value, indent + STEP))
        head.before = kept
        yield " " * indent + "- " + lines[0][indent + STEP :]
        yield from lines[1:]
        return
    first, *others = _scalar(value, indent + STEP)
    yield " " * indent + f"- {first}" + (f"  {comment(entry.beside)}" if entry.beside else "")
    yield from others


def _scalar(value: Value, indent: int) -> list[str]:
    if isinstance(value, Map):
        return ["{}"]
    return ["[]"] if isinstance(value, List) else scalar(value, indent)


def _comments(comments: Sequence[str | Remark], indent: int) -> Iterator[str]:
    for each in comments:
        for line in each.lines if isinstance(each, Remark) else [each]:
            yield " " * indent + comment(line)
