"""The parser's events, aliases replaced by what they stand for. Events, not nodes: no recursion that can overflow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    NodeEvent,
)

from generator.documents.errors import Unreadable
from generator.findings import Span

EXPANSION = 100_000
"""How many events aliases may add to one document."""
DEPTH = 100
"""How deep lists and maps may be nested; the parser needs time in square of it."""

ALIAS = re.compile(r"\*(?:(?<=[\s\[{,:]\*)|(?<=\A\*))\S")
"""What may be an alias; where there is none the events can stream, and none of them stays alive."""


def events(text: str) -> Iterator[Event]:
    """The events of all documents in the text; Unreadable where it is not YAML."""
    parser = CParser(text)
    found: Iterator[Event] = iter(parser.get_event, None)
    return iter(expand(found)) if ALIAS.search(text) else found


def span(event: Event) -> Span:
    """The place of an event."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return Span()
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def too_deep(event: Event) -> Unreadable:
    """Why a document that is nested too deep is not read."""
    return Unreadable("source/depth", span(event), f"lists and maps are nested more than {DEPTH} deep", "nest less")


class _Anchors:
    """Where in the expanded events each anchored node starts and ends (None: it is still open)."""

    def __init__(self) -> None:
        self.ranges: dict[str, tuple[int, int | None]] = {}
        self.open: list[tuple[str | None, int]] = []

    def see(self, event: Event, index: int) -> None:
        if isinstance(event, CollectionEndEvent):
            anchor, start = self.open.pop()
            if anchor:
                self.ranges[anchor] = (start, index + 1)
        elif isinstance(event, CollectionStartEvent):
            self.open.append((event.anchor, index))
            if len(self.open) > DEPTH:
                raise too_deep(event)
            if event.anchor:
                self.ranges[event.anchor] = (index, None)
        elif isinstance(event, NodeEvent) and event.anchor:
            self.ranges[event.anchor] = (index, index + 1)

    def range(self, event: AliasEvent) -> slice:
        start, end = self.ranges.get(str(event.anchor), (-1, None))
        if start < 0:
            raise Unreadable(
                "source/syntax",
                span(event),
                f"alias *{event.anchor} stands for nothing: no &{event.anchor} comes before it",
                "quote text that starts with '*'",
            )
        if end is None:
            raise Unreadable(
                "source/alias-bomb", span(event), f"alias *{event.anchor} stands inside what it stands for"
            )
        return slice(start, end)


def expand(found: Iterable[Event]) -> list[Event]:
    """All events, each alias replaced by the events of the node it stands for."""
    out: list[Event] = []
    anchors = _Anchors()
    added = 0
    for event in found:
        if isinstance(event, AliasEvent):
            copy = out[anchors.range(event)]
            added += len(copy)
            if added > EXPANSION:
                message = f"aliases make this document more than {EXPANSION:,} values long"
                raise Unreadable("source/alias-bomb", span(event), message, "write out what is meant")
            out.extend(copy)
        else:
            anchors.see(event, len(out))
            out.append(event)
    return out
