"""Where the values of a YAML text stand. The text is parsed again for it, so only for files that have a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from yaml import YAMLError
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from generator.documents.errors import Unreadable, position
from generator.documents.events import events, span
from generator.documents.scalars import escapes
from generator.findings import Pointer, Ref, Span
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A value: where it and its key stand, and, of a scalar, its text and its indices in the source."""

    key: Span | None
    value: Span
    text: str | None = None
    style: str = ""
    start: int = 0
    end: int = 0


Places = dict[Pointer, Place]


def places(text: str) -> Places:
    """The place of every value of the first document, by pointer; of a key written twice, the first."""
    walk = _Walk(text)
    try:
        for event in events(text):
            if isinstance(event, DocumentEndEvent):
                break
            walk.see(event)
    except (YAMLError, Unreadable):
        pass  # what was found until then still helps
    return walk.out


def locate(ref: Ref, found: Places, text: str) -> Span:
    """The span at a place, else that of the key of the nearest parent which exists."""
    if (place := found.get(ref.pointer)) is not None:
        if ref.part == "key":
            return place.key or place.value
        return place.value if ref.offset is None else inside(place, ref.offset, text)
    for length in range(len(ref.pointer) - 1, 0, -1):
        if (place := found.get(ref.pointer[:length])) is not None:
            return place.key or place.value
    return found[()].value if () in found else Span()


def inside(place: Place, offset: int, text: str) -> Span:
    """The span of one character of a scalar's text, wherever folding, quoting and indentation have put it."""
    if place.text is None:
        return place.value
    index = source_index(place, max(0, min(offset, len(place.text))), text)
    line, column = position(text, index)
    return Span(line, column, line, column + 1)


def source_index(place: Place, offset: int, text: str) -> int:
    """The index in the source of the character at `offset` of the scalar's text.

    The source is read along with the text: what is in the one and not in the other is indentation or folding.
    """
    value = place.text or ""
    at = 0
    end = place.start
    for char, index, length in units(place, text):
        same = at < len(value) and (char == value[at] or (char == "\n" and value[at] == " "))
        if same and at == offset:
            return index
        if same:
            at, end = at + 1, index + length
    return end


def units(place: Place, text: str) -> Iterator[tuple[str, int, int]]:
    """(character meant, index, length in the source) for all that is written in a scalar."""
    source = text[place.start : place.end]
    if place.style in ("|", ">"):
        head = source.find("\n") + 1
        return ((char, place.start + n, 1) for n, char in enumerate(source) if n >= head)
    if place.style in ("'", '"'):
        return ((char, place.start + 1 + n, length) for char, n, length in escapes(source[1:-1], place.style))
    return ((char, place.start + n, 1) for n, char in enumerate(source))


class _Walk:
    """One pass over the events that keeps the pointer of where it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: Places = {}
        self.open: list[tuple[Pointer, Event, bool]] = []
        """Per open collection: its pointer, its start, and whether it stands where a key should."""
        self.steps: list[Any] = []
        """Per open collection: the index of the next entry, or the key whose value comes (None: a key comes)."""
        self.key: Span | None = None
        self.last = (1, 1)

    def see(self, event: Event) -> None:
        if isinstance(event, CollectionEndEvent):
            self.close(event)
        elif isinstance(event, ScalarEvent) and self.in_map() and self.steps[-1] is None:
            self.steps[-1], self.key = event.value, span(event)
        elif isinstance(event, ScalarEvent):
            self.put(self.pointer(), self.scalar(event))
            self.next()
        elif isinstance(event, CollectionStartEvent):
            is_key = self.in_map() and self.steps[-1] is None
            if is_key:
                self.steps[-1] = object()  # nothing points there, nor to the value that follows
            self.open.append((self.pointer(), event, is_key))
            self.steps.append(None if isinstance(event, MappingStartEvent) else 0)
            self.put(self.open[-1][0], Place(self.key, span(event)))
            self.key = None

    def in_map(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][1], MappingStartEvent)

    def pointer(self) -> Pointer:
        return tuple(self.steps)

    def put(self, pointer: Pointer, place: Place) -> None:
        self.out.setdefault(pointer, place)
        self.last = (place.value.end_line, place.value.end_column)

    def next(self) -> None:
        self.key = None
        if self.steps:
            self.steps[-1] = self.steps[-1] + 1 if isinstance(self.steps[-1], int) else None

    def close(self, event: Event) -> None:
        pointer, start, is_key = self.open.pop()
        self.steps.pop()
        end = self.last if not getattr(start, "flow_style", False) else ends(event)
        place = self.out[pointer]
        if (place.value.line, place.value.column) == begins(start):
            self.out[pointer] = replace(place, value=Span(place.value.line, place.value.column, *end))
        self.last = end
        if not is_key:
            self.next()

    def scalar(self, event: Any) -> Place:
        """Block scalars end, for the parser, where the next thing starts: here with their last character."""
        start, end, where = event.start_mark.index, event.end_mark.index, span(event)
        style = event.style or ""
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
            where = Span(where.line, where.column, *position(self.text, end))
        return Place(self.key, where, event.value, style, start, end)


def begins(event: Event) -> tuple[int, int]:
    """(line, column) of the start of an event."""
    where = span(event)
    return where.line, where.column


def ends(event: Event) -> tuple[int, int]:
    """(line, column) of the end of an event."""
    where = span(event)
    return where.end_line, where.end_column
