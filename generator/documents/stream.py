"""A YAML stream of other people's making: all its documents, every value with its place, and the comments.

Sources have one document and mean what YAML 1.2 says; what is imported may have many, merge keys and comments that must
not be lost. The text of every scalar stays as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field, replace
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

from generator.documents.errors import Unreadable, explain
from generator.documents.events import DEPTH, events, too_deep
from generator.documents.read import not_utf8
from generator.documents.scalars import plain
from generator.findings import Finding, Ref, Span
from generator.records import dataclass

LIMIT = 32 << 20
"""How many bytes a stream may have: a whole cluster's rules in one list, and no more."""
MERGE = "<<"
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BREAK = re.compile(r"\r\n?|\n")
COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Node:
    """A value: a scalar with its text, a map with its entries, or a list with its items."""

    path: str
    line: int
    column: int
    text: str | None = None
    """Of a scalar, as it was written, quotes and folding undone."""
    quoted: bool = False
    """Whether a scalar is text whatever it looks like."""
    block: bool = False
    """Whether its text stands on the lines below it."""
    entries: list[tuple[Node, Node]] | None = None
    """Of a map, in written order, merge keys replaced by what they bring; a key may be there twice."""
    items: list[Node] | None = None
    """Of a list."""
    key: Node | None = None
    """The key that it stands under."""

    @property
    def ref(self) -> Ref:
        """Where it stands."""
        return Ref(self.path, span=Span(self.line, self.column, self.line, self.column))

    @property
    def is_null(self) -> bool:
        """Whether nothing is written, or that there is nothing."""
        return self.text is not None and not self.quoted and self.text in NULLS

    @property
    def value(self) -> object:
        """Plain data by the rules of YAML 1.2; of keys written twice, the first."""
        if self.entries is not None:
            out: dict[str, object] = {}
            for key, each in self.entries:
                out.setdefault(key.text or "", each.value)
            return out
        if self.items is not None:
            return [each.value for each in self.items]
        return self.text if self.quoted else plain(self.text or "")

    def get(self, name: str) -> Node | None:
        """The value under a key; None where there is none, or only null."""
        for key, each in self.entries or ():
            if key.text == name:
                return None if each.is_null else each
        return None

    def walk(self, *, keys: bool = False) -> Iterator[Node]:
        """This node and all within; keys only where they are wanted."""
        yield self
        for key, value in self.entries or ():
            if keys:
                yield key
            yield from value.walk(keys=keys)
        for each in self.items or ():
            yield from each.walk(keys=keys)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text with the `#`, and whether anything stands before it on its line."""

    line: int
    column: int
    text: str
    alone: bool


@dataclass(slots=True)
class Stream:
    """What a file holds. After a fault there are the documents before it."""

    path: str
    documents: list[Node] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_stream(path: str, raw: bytes, line: int = 1) -> Stream:
    """The documents of a file. Raises nothing: what cannot be read is among the findings (`source/…`).

    `line` is that of the first line, for a file inside a file.
    """
    out = _read(path, raw)
    if line > 1:
        _shift(out, line - 1)
    return out


def _shift(out: Stream, lines: int) -> None:
    for document in out.documents:
        for node in {id(node): node for node in document.walk(keys=True)}.values():
            node.line += lines
    out.comments = [replace(each, line=each.line + lines) for each in out.comments]
    out.findings = [_lower(each, lines) for each in out.findings]


def _lower(finding: Finding, lines: int) -> Finding:
    span = finding.where.span or Span()
    return finding.located(replace(span, line=span.line + lines, end_line=span.end_line + lines))


def _read(path: str, raw: bytes) -> Stream:
    out = Stream(path)
    scalars: list[tuple[int, int]] = []
    try:
        text = _decode(raw)
        _build(path, text, out, scalars)
        out.comments = list(_comments(text, scalars))
    except Unreadable as reason:
        out.findings.append(reason.finding(path))
    return out


def _build(path: str, text: str, out: Stream, scalars: list[tuple[int, int]]) -> None:
    try:
        _Builder(path, text, out, scalars).build()
    except YAMLError as error:
        raise explain(error, text) from None


def _decode(raw: bytes) -> str:
    if len(raw) > LIMIT:
        message = f"the file has more than the {LIMIT:,} bytes that are read"
        raise Unreadable("source/too-large", Span(), message, "split it into several files")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise not_utf8(raw, error.start) from None


class _Builder:
    """One pass over the events; `open` holds the collections that are not closed yet, and keys that wait."""

    def __init__(self, path: str, text: str, out: Stream, scalars: list[tuple[int, int]]) -> None:
        self.path, self.text, self.out, self.scalars = path, text, out, scalars
        self.open: list[tuple[Node, Node | None]] = []

    def build(self) -> None:
        for event in events(self.text):
            self.see(event)

    def see(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self.put(self.scalar(event))
        elif isinstance(event, CollectionStartEvent):
            self.start(event)
        elif isinstance(event, CollectionEndEvent):
            node, _ = self.open.pop()
            _merge(node)
            self.put(node)
        elif isinstance(event, DocumentEndEvent):
            self.open.clear()

    def start(self, event: Any) -> None:
        node = Node(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, MappingStartEvent):
            node.entries = []
        else:
            node.items = []
        self.open.append((node, None))
        if len(self.open) > DEPTH:
            raise too_deep(event)

    def scalar(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        head = self.text.find("\n", start.index) if event.style in ("|", ">") else start.index
        self.scalars.append((head, end.index))
        quoted = bool(event.style) or event.tag in ("!", "tag:yaml.org,2002:str")
        return Node(self.path, start.line + 1, start.column + 1, event.value, quoted, event.style in ("|", ">"))

    def put(self, node: Node) -> None:
        """A whole value into the collection around it, or as a document."""
        if not self.open:
            self.out.documents.append(node)
            return
        around, key = self.open[-1]
        if around.items is not None:
            around.items.append(node)
        elif around.entries is not None and key is not None:
            node.key = key
            around.entries.append((key, node))
            self.open[-1] = (around, None)
        else:
            self.open[-1] = (around, node)


def _merge(node: Node) -> None:
    """Merge keys of YAML 1.1, which Prometheus' reader knows: keys that are written win, then the first map named."""
    if node.entries is None or not any(_merges(key) for key, _ in node.entries):
        return
    written = [entry for entry in node.entries if not _merges(entry[0])]
    known = {key.text for key, _ in written}
    for _, value in (entry for entry in node.entries if _merges(entry[0])):
        for each in value.items if value.items is not None else [value]:
            brought = [entry for entry in each.entries or () if entry[0].text not in known]
            known |= {key.text for key, _ in brought}
            written += brought
    node.entries = written


def _merges(key: Node) -> bool:
    return key.text == MERGE and not key.quoted


def _comments(text: str, scalars: list[tuple[int, int]]) -> Iterator[Comment]:
    inside = sorted(scalars)
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    for found in COMMENT.finditer(text):
        number = bisect_right(inside, (found.start(), len(text)))
        if number and inside[number - 1][1] > found.start():
            continue
        line = bisect_right(starts, found.start())
        start = starts[line - 1]
        alone = not text[start : found.start()].strip()
        yield Comment(line, found.start() - start + 1, found.group().rstrip(), alone)
