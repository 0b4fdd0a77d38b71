"""What an importer makes: the data of a source, each entry with the place it came from and the comments about it.

source = Map()
source.put("team", "platform")
group = source.put("groups", List()).add(Map(), at=node)
group.put("name", name.text, at=name)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TypeVar

from generator.documents.stream import Node
from generator.findings import Pointer
from generator.records import dataclass

V = TypeVar("V", bound="Value")


class Written(str):
    """A number or word that comes out exactly as these characters: `99.90` stays `99.90`."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Remark:
    """What could not be kept, as comments; those that were about it come along."""

    head: list[str]
    body: list[str]
    at: Node | None = None
    """What it was in the file that is imported."""
    before: list[str] = field(default_factory=list)
    beside: str = ""
    after: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """All of it, each line with its `#`."""
        first, *rest = self.body
        return [*self.head, *self.before, f"{first}  {self.beside}" if self.beside else first, *rest, *self.after]


@dataclass(slots=True, eq=False)
class Entry:
    """An entry of a map (`key`) or an item of a list (no key)."""

    value: Value
    key: str | None = None
    at: Node | None = None
    """What it was in the file that is imported."""
    before: list[str | Remark] = field(default_factory=list)
    """Comments on lines of their own, each with its `#`."""
    beside: str = ""
    """The comment on the same line."""
    after: list[str | Remark] = field(default_factory=list)
    """Comments behind all that belongs to the entry."""

    def __iter__(self) -> Iterator[Entry]:
        """This entry and all within, in order."""
        yield self
        if isinstance(self.value, Map | List):
            yield from self.value


@dataclass(slots=True, eq=False)
class _Collection:
    entries: list[Entry] = field(default_factory=list)
    pending: list[str | Remark] = field(default_factory=list)
    """Comments before the entry that comes next, or behind all where none comes."""

    def __iter__(self) -> Iterator[Entry]:
        """All entries, those within them too, in order."""
        for entry in self.entries:
            yield from entry

    def __bool__(self) -> bool:
        return bool(self.entries)

    def remark(self, head: str, body: str, at: Node | None = None) -> None:
        """A comment where the writing is: what could not be kept, and why or from where. Both without the `#`."""
        first, rest = ([f"# {line}".rstrip() for line in text.splitlines()] for text in (head, body))
        made = Remark(first, rest, at)
        (self.entries[-1].after if self.entries else self.pending).append(made)

    def _append(self, entry: Entry) -> None:
        entry.before = [*self.pending, *entry.before]
        self.pending = []
        self.entries.append(entry)


class Map(_Collection):
    """A map, in the order of writing."""

    def put(self, key: str, value: V, at: Node | None = None, comment: str = "") -> V:
        """Adds a key; gives the value back. `comment` stands on the line before it, without the `#`."""
        self._append(Entry(value, key, at, [f"# {line}" for line in comment.splitlines()]))
        return value

    def get(self, key: str) -> Value | None:
        """The value under a key."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


class List(_Collection):
    """A list."""

    def add(self, value: V, at: Node | None = None) -> V:
        """Adds an item; gives it back."""
        self._append(Entry(value, None, at))
        return value


Value = str | int | bool | Map | List
"""Text (Written: as it is), a number, a truth, or a collection."""


def items(value: Value | None) -> list[Value]:
    """The items of a list; of all else none."""
    return [entry.value for entry in value.entries] if isinstance(value, List) else []


def text_at(value: Value, *steps: str) -> str:
    """The text under keys; empty where there is none."""
    here: Value | None = value
    for step in steps:
        here = here.get(step) if isinstance(here, Map) else None
    return here if isinstance(here, str) else ""


def entry_at(tree: Map | List, pointer: Pointer) -> Entry | None:
    """The entry at a pointer into the data, else the nearest one around it."""
    here: Value = tree
    found: Entry | None = None
    for step in pointer:
        entries = here.entries if isinstance(here, Map | List) else []
        chosen = entries[step : step + 1] if isinstance(step, int) else [each for each in entries if each.key == step]
        if not chosen:
            break
        found = chosen[0]
        here = found.value
    return found
