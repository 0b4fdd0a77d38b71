"""YAML text to plain data, in one pass over the parser's events. Speed matters here: every source goes through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yaml import YAMLError
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.documents.errors import explain
from generator.documents.events import DEPTH, events, span, too_deep
from generator.documents.scalars import plain
from generator.findings import Finding, Pointer, Ref, Related, Step

WRITTEN = frozenset({"labels", "annotations", "external_labels", "series"})
"""Inside maps under these keys every scalar keeps its written text: `version: 1.10` must not become 1.1."""

PREFIX = "tag:yaml.org,2002:"
SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    PREFIX + "null": (type(None),),
    PREFIX + "bool": (bool,),
    PREFIX + "int": (int,),
    PREFIX + "float": (float, int),
}
COLLECTION_TAGS = {MappingStartEvent: PREFIX + "map", SequenceStartEvent: PREFIX + "seq"}


class _Mark:
    """A key that is none."""


_NONE: Any = _Mark()
"""The key is still to come (or, as data, nothing was found at all)."""
_SKIP: Any = _Mark()
"""The value that comes has no place in the data: its key is a duplicate, or not text."""
_KEY: Any = _Mark()
"""The collection that is open stands where a key should."""


@dataclass(slots=True)
class Loaded:
    """What came of a text; `data` is None where there was nothing but comments or null."""

    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    flow_nulls: list[Pointer] = field(default_factory=list)


def load(path: str, text: str) -> Loaded:
    """The data of the first document in the text; Unreadable where nothing in it can be trusted."""
    try:
        return _Loader(path).load(text)
    except YAMLError as error:
        raise explain(error, text) from None


class _Loader:
    """The state of one pass: the open collection, the key waiting for its value, and the same of all around it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.out = Loaded(_NONE)
        self.around: list[tuple[Any, Any, bool, bool]] = []
        self.here: Any = None
        self.key: Any = _NONE
        self.key_end = 0
        self.written = False
        self.flow = False
        self.merges: list[dict[str, Any]] = []

    def load(self, text: str) -> Loaded:
        for event in events(text):
            kind = event.__class__
            if kind is ScalarEvent:
                if self.key is _NONE and self.here.__class__ is dict:
                    self.take_key(event)
                else:
                    self.put(self.scalar(event))
            elif kind is MappingStartEvent:
                self.open(event, {})
            elif kind is SequenceStartEvent:
                self.open(event, [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close()
            elif kind is DocumentStartEvent and self.out.data is not _NONE:
                self.tell("multiple-documents", event, "a second document starts here", "keep one document a file")
                break
        return self.finish()

    def put(self, value: object) -> None:
        here = self.here
        if here.__class__ is dict:
            if self.key is not _SKIP:
                here[self.key] = value
            self.key = _NONE
        elif here.__class__ is list:
            here.append(value)
        else:
            self.out.data = value

    def scalar(self, event: Any) -> object:
        value = event.value
        if not value and self.flow and event.implicit[0] and event.start_mark.index == self.key_end:
            self.tell_flow_null()
            return None
        if self.written:
            return value
        if event.implicit[0]:
            return plain(value)
        return value if event.tag is None else self.tagged(event)

    def take_key(self, event: Any) -> None:
        key = event.value
        self.key_end = event.end_mark.index
        self.key = key
        if key in self.here:
            self.key = _SKIP
            first = Related(Ref(self.path, self.pointer(key), "key"), "it stands here first")
            self.tell("duplicate-key", event, f"key '{shorten(key)}' is written twice", "keep one of the two", first)
        elif event.tag is not None and event.tag not in ("!", PREFIX + "str"):
            self.tell_tag(event)
        elif event.implicit[0] and key in ("<<", ""):
            self.odd_key(event)

    def odd_key(self, event: Event) -> None:
        if self.key == "<<":
            self.merges.append(self.here)
            self.tell("merge-key", event, "merge keys ('<<') are not part of YAML 1.2", "write the keys out")
        else:
            self.key = _SKIP
            self.tell("non-text-key", event, "a key is empty", "write a name before the ':'")

    def open(self, event: Any, new: Any) -> None:
        here, key, written = self.here, self.key, self.written
        if len(self.around) >= DEPTH:
            raise too_deep(event)
        if event.tag is not None and event.tag not in ("!", COLLECTION_TAGS[event.__class__]):
            self.tell_tag(event)
        if here.__class__ is list:
            key = len(here)
            here.append(new)
        elif here is None:
            self.out.data = new
        elif key is _NONE:
            key = _KEY
            hint = "write text before the ':'; quote text that starts with '{' or '['"
            self.tell("non-text-key", event, "a key is a list or a map, not text", hint)
        elif key is not _SKIP:
            here[key] = new
            self.written = written or (key in WRITTEN and new.__class__ is dict)
        self.around.append((here, key, written, self.flow))
        self.here, self.key, self.flow, self.key_end = new, _NONE, event.flow_style, -1

    def close(self) -> None:
        self.here, key, self.written, self.flow = self.around.pop()
        self.key = _SKIP if key is _KEY else _NONE

    def finish(self) -> Loaded:
        if self.out.data is _NONE:
            self.out.data = None
        for mapping in reversed(self.merges):
            merged = mapping.pop("<<", None)
            for key, value in merged.items() if isinstance(merged, dict) else ():
                mapping.setdefault(key, value)
        return self.out

    def tagged(self, event: Any) -> object:
        """The value of a scalar with a tag of YAML's own; text, and a finding, for all other tags."""
        if event.tag in ("!", PREFIX + "str"):
            return event.value
        value = plain(event.value)
        if event.tag in SCALAR_TAGS and isinstance(value, SCALAR_TAGS[event.tag]):
            return value
        self.tell_tag(event)
        return event.value

    def tell_tag(self, event: Any) -> None:
        tag = event.tag.replace(PREFIX, "!!")
        hint = "remove it, or quote text that starts with '!'"
        self.tell("syntax", event, f"tag {shorten(tag)} has no meaning here", hint)

    def tell_flow_null(self) -> None:
        pointer = self.pointer(self.key)
        if not any(isinstance(step, _Mark) for step in pointer):
            self.out.flow_nulls.append(pointer)

    def tell(self, check: str, event: Event, message: str, hint: str, *related: Related) -> None:
        where = Ref(self.path, span=span(event))
        self.out.findings.append(Finding(where, message, hint, related, f"source/{check}"))

    def pointer(self, *steps: Step) -> Pointer:
        """The way to the open collection, and further."""
        return (*(key for here, key, *_ in self.around if here is not None), *steps)


def shorten(text: str, length: int = 60) -> str:
    """The text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def kind_of(value: object) -> str:
    """What the value is, in the words of people who write YAML."""
    words = {
        type(None): "empty",
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
    }
    return words.get(type(value), "a map")
