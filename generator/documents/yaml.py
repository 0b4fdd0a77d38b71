"""YAML text to plain data, in one pass over the parser's events. Speed matters here: every source goes through it."""

from __future__ import annotations

from dataclasses import field
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
from generator.documents.scalars import STARTS, WORDS, number, plain
from generator.findings import Finding, Pointer, Ref, Related
from generator.records import dataclass

WRITTEN = frozenset({"labels", "annotations", "external_labels", "series"})
"""Inside maps under these keys every scalar keeps its written text: `version: 1.10` must not become 1.1."""

FINDINGS = 20
"""How many faults of one file are told: the first ones explain the rest."""
ODD_KEYS = frozenset({"", "<<"})

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
    """One pass: the open collection and the key that waits for its value, and around them the same of all others."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.out = Loaded(_NONE)
        self.around: list[tuple[Any, Any, bool, bool]] = []
        """(collection, key or index in it that is open, whether texts are kept as written, whether it has braces)."""
        self.merges: list[dict[str, Any]] = []

    def load(self, text: str) -> Loaded:  # noqa: C901, PLR0912 (calls would cost a third of its time)
        """The hot loop, 300 rounds a file: what is rare is in methods, what is not stands here in full."""
        around = self.around
        here: Any = None
        key: Any = _NONE
        key_event: Any = None
        is_map = written = flow = False
        event: Any
        for event in events(text):
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if key is _NONE and is_map:
                    key_event = event
                    odd = value in here or value in ODD_KEYS or event.tag is not None
                    key = self.odd_key(event, here) if odd else value
                    continue
                if (
                    not value
                    and flow
                    and event.implicit[0]
                    and key_event is not None  # the first key of braces may be a list or a map
                    and event.start_mark.index == key_event.end_mark.index
                ):
                    self.tell_flow_null(key)
                    value = None
                elif written:
                    pass
                elif event.implicit[0]:
                    value = WORDS[value] if value in WORDS else number(value) if value[0] in STARTS else value
                elif event.tag is not None:
                    value = self.tagged(event)
                if not is_map:
                    here = self.put(here, value)
                elif key is not _SKIP:
                    here[key] = value
                key = _NONE
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                was_map, is_map = is_map, kind is MappingStartEvent
                new: Any = {} if is_map else []
                key = self.attach(event, here, key, new) if was_map else len(here) if here is not None else _NONE
                if not was_map:
                    self.put(here, new)
                around.append((here, key, written, flow))
                if len(around) > DEPTH or event.tag is not None:
                    self.judge(event)
                written = written or (is_map and key in WRITTEN)
                here, key, flow = new, _NONE, event.flow_style
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                here, key, written, flow = around.pop()
                is_map = here.__class__ is dict
                key = _SKIP if key is _KEY else _NONE
            elif kind is DocumentStartEvent and self.out.data is not _NONE:
                self.tell("multiple-documents", event, "a second document starts here", "keep one document a file")
                break
        return self.finish()

    def put(self, here: Any, value: object) -> Any:
        """The value into the open list, or as the whole document; returns what is open."""
        if here is None:
            self.out.data = value
        else:
            here.append(value)
        return here

    def attach(self, event: Event, here: dict[str, Any], key: Any, new: object) -> Any:
        """A new collection into the open map; returns under which key it stands."""
        if key is _NONE:
            hint = "write text before the ':'; quote text that starts with '{' or '['"
            self.tell("non-text-key", event, "a key is a list or a map, not text", hint)
            return _KEY
        if key is not _SKIP:
            here[key] = new
        return key

    def judge(self, event: Any) -> None:
        """A collection that is nested too deep ends the reading; one with a tag is read, and told."""
        if len(self.around) > DEPTH:
            raise too_deep(event)
        if event.tag not in ("!", COLLECTION_TAGS[event.__class__]):
            self.tell_tag(event)

    def odd_key(self, event: Any, here: dict[str, Any]) -> Any:
        """A key with something special about it: the key under which its value is kept, or _SKIP."""
        key = event.value
        if key in here:
            first = Related(Ref(self.path, self.pointer(key), "key"), "it stands here first")
            self.tell("duplicate-key", event, f"key '{shorten(key)}' is written twice", "keep one of the two", first)
            return _SKIP
        if event.tag is not None and event.tag not in ("!", PREFIX + "str"):
            self.tell_tag(event)
        elif event.implicit[0] and key == "<<":
            self.merges.append(here)
            self.tell("merge-key", event, "merge keys ('<<') are not part of YAML 1.2", "write the keys out")
        elif event.implicit[0] and key == "":
            self.tell("non-text-key", event, "a key is empty", "write a name before the ':'")
            return _SKIP
        return key

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

    def tell_flow_null(self, key: Any) -> None:
        pointer = self.pointer(key)
        if not any(isinstance(step, _Mark) for step in pointer):
            self.out.flow_nulls.append(pointer)

    def tell(self, check: str, event: Event, message: str, hint: str, *related: Related) -> None:
        if len(self.out.findings) < FINDINGS:
            where = Ref(self.path, span=span(event))
            self.out.findings.append(Finding(where, message, hint, related, f"source/{check}"))

    def pointer(self, key: Any) -> Pointer:
        """The way to a key of the open collection."""
        return (*(step for holder, step, *_ in self.around if holder is not None), key)


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
