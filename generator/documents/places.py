"""Where the values of a YAML text stand. The text is parsed again for it, so only for files that have a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from yaml import YAMLError
from yaml.events import (
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
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
    with suppress(YAMLError, Unreadable):  # what was found until then still helps
        walk.see(events(text))
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
        self.open: list[tuple[Pointer, Event, Span, bool]] = []
        """Per open collection: its pointer, its start and where that is, and whether it stands where a key should."""
        self.steps: list[Any] = []
        """Per open collection: the index of the next entry, or the key whose value comes (None: a key comes)."""
        self.key: Span | None = None
        self.last = (1, 1)

    def see(self, found: Iterable[Event]) -> None:
        """The hot loop: every file that has a finding goes through it."""
        steps = self.steps
        for event in found:
            kind = event.__class__
            if kind is ScalarEvent:
                # A key of a map comes where None stands: an index of a list is a number.
                if steps and steps[-1] is None:
                    steps[-1], self.key = event.value, span(event)  # type: ignore[attr-defined]  # a scalar has one
                else:
                    self.put(tuple(steps), self.scalar(event))
                    self.next()
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                is_key = bool(steps) and steps[-1] is None
                if is_key:
                    steps[-1] = object()  # nothing points there, nor to the value that follows
                pointer, where = tuple(steps), span(event)
                self.open.append((pointer, event, where, is_key))
                steps.append(None if kind is MappingStartEvent else 0)
                self.put(pointer, Place(self.key, where))
                self.key = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close(event)
            elif kind is DocumentEndEvent:
                break

    def put(self, pointer: Pointer, place: Place) -> None:
        self.out.setdefault(pointer, place)
        self.last = (place.value.end_line, place.value.end_column)

    def next(self) -> None:
        self.key = None
        steps = self.steps
        if steps:
            steps[-1] = steps[-1] + 1 if steps[-1].__class__ is int else None

    def close(self, event: Event) -> None:
        pointer, start, where, is_key = self.open.pop()
        self.steps.pop()
        end = self.last if not getattr(start, "flow_style", False) else ends(event)
        place = self.out[pointer]
        if (place.value.line, place.value.column) == (where.line, where.column):
            self.out[pointer] = Place(place.key, Span(where.line, where.column, *end))
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


def ends(event: Event) -> tuple[int, int]:
    """(line, column) of the end of an event."""
    where = span(event)
    return where.end_line, where.end_column
