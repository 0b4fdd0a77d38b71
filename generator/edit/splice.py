"""Changing one place of a YAML text (or of a Markdown file's front matter) and nothing else.

Every function returns the new text, after it has been read back: it holds the old data with that one change, or
EditRefused is raised and nothing has happened. `path` decides by its suffix how the text is read, and is named in
messages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import yaml

from generator.edit import change, place
from generator.edit.change import Changed
from generator.edit.comments import comments, without_spans
from generator.edit.cut import without
from generator.edit.nodes import (
    Entry,
    begin,
    compose,
    end,
    end_of,
    entries,
    entry,
    find,
    is_block,
    is_empty,
    line_break,
    line_end,
    line_start,
)
from generator.edit.proof import proven
from generator.edit.region import region
from generator.edit.render import block_pair, flow, key_text, pair
from generator.errors import EditRefused
from generator.findings import Pointer, Step

PATH = "source.yaml"


def set_value(text: str, pointer: Pointer, value: object, *, path: str = PATH) -> str:
    """Replaces the value at a pointer by a scalar, or by a list or map on one line."""

    def splice(yaml_text: str) -> str:
        if not pointer:
            raise EditRefused("the whole document is no value to set")
        return place.value(yaml_text, _entry(yaml_text, pointer), flow(value))

    return _edited(text, path, splice, change.setting(pointer, value))


def append(text: str, pointer: Pointer, item: object, *, path: str = PATH) -> str:
    """Adds an item at the end of a list, written as its last one is: by indentation, in one line, one entry a line."""

    def splice(yaml_text: str) -> str:
        node = _collection(yaml_text, pointer, yaml.SequenceNode)
        if node is None:
            return _first(yaml_text, pointer, f"- {flow(item)}")
        return place.another(yaml_text, node, lambda indent: place.item(yaml_text, node, item, indent))

    return _edited(text, path, splice, change.appending(pointer, item))


def insert_key(text: str, pointer: Pointer, key: str, value: object, *, path: str = PATH) -> str:
    """Adds a key that is not there yet at the end of a map."""

    def splice(yaml_text: str) -> str:
        node = _collection(yaml_text, pointer, yaml.MappingNode)
        if node is None:
            return _first(yaml_text, pointer, pair(key, value))
        lines = line_break(yaml_text) if is_block(node) else ""
        return place.another(yaml_text, node, lambda indent: block_pair(key, value, lines and lines + indent))

    key_text(key)
    return _edited(text, path, splice, change.inserting(pointer, key, value))


def rename(text: str, pointer: Pointer, key: str, *, path: str = PATH) -> str:
    """Gives a key another name; its place, its value and its comments stay."""

    def splice(yaml_text: str) -> str:
        here = _entry(yaml_text, pointer) if pointer else None
        if here is None or here.key is None:
            raise EditRefused(f"{_shown(pointer)} is no key")
        return yaml_text[: begin(here.key)] + key_text(key) + yaml_text[end(here.key, yaml_text) :]

    return _edited(text, path, splice, change.renaming(pointer, key))


def lift_comments(text: str, pointer: Pointer, *, path: str = PATH) -> str:
    """Moves comments behind and inside an entry that has lines of its own to lines of their own above it.

    Whoever removes the entry then loses none of them.
    """

    def splice(yaml_text: str) -> str:
        here = _entry(yaml_text, pointer)
        start = line_start(yaml_text, here.start)
        indent = yaml_text[start : here.start]
        stop = line_end(yaml_text, end_of(here, yaml_text))
        found = [each for each in comments(yaml_text) if here.start <= each[0] < stop]
        if indent.strip() or not found:
            return yaml_text
        lifted = "".join(indent + yaml_text[first:last] + line_break(yaml_text) for first, last in found)
        return yaml_text[:start] + lifted + without_spans(yaml_text[:stop], found, start) + yaml_text[stop:]

    return _edited(text, path, splice, lambda data: data)


def remove(text: str, pointer: Pointer, *, path: str = PATH) -> str:
    """Removes an item or a key with all that belongs to it; comments on lines of their own stay.

    What loses its last entry stays as `[]` or `{}`.
    """

    def splice(yaml_text: str) -> str:
        if not pointer:
            raise EditRefused("the whole document cannot be removed")
        parent = find(compose(yaml_text), pointer[:-1])
        here = entry(parent, pointer[-1])
        if len(entries(parent)) > 1:
            return without(yaml_text, cast("yaml.CollectionNode", parent), here)
        nothing = "[]" if isinstance(parent, yaml.SequenceNode) else "{}"
        if len(pointer) == 1:
            start, stop = begin(here.value if parent is None else parent), end_of(here, yaml_text)
            return yaml_text[:start] + nothing + yaml_text[stop:]
        return place.value(yaml_text, _entry(yaml_text, pointer[:-1]), nothing)

    return _edited(text, path, splice, change.removing(pointer))


def _edited(text: str, path: str, splice: Callable[[str], str], changed: Changed) -> str:
    front, yaml_text, rest = region(text, path)
    try:
        return proven(path, text, front + splice(yaml_text) + rest, changed)
    except EditRefused as refusal:
        raise EditRefused(f"{path} was not changed: {refusal.message}", refusal.hint) from refusal


def _entry(text: str, pointer: Pointer) -> Entry:
    return entry(find(compose(text), pointer[:-1]), pointer[-1])


def _collection(text: str, pointer: Pointer, kind: type[Any]) -> yaml.CollectionNode | None:
    """The list or map at a pointer; None where nothing is written there yet."""
    node = find(compose(text), pointer)
    if is_empty(node):
        return None
    if not isinstance(node, kind):
        what = "list" if kind is yaml.SequenceNode else "map"
        raise EditRefused(f"{_shown(pointer)} is not a {what}")
    return cast("yaml.CollectionNode", node)


def _first(text: str, pointer: Pointer, line: str) -> str:
    """The text with the first entry of a list or map of which nothing is written yet."""
    if not pointer:
        return text + ("" if not text or text.endswith("\n") else "\n") + line + line_break(text)
    return place.below(text, _entry(text, pointer), line)


def _shown(pointer: tuple[Step, ...]) -> str:
    return "/".join(map(str, pointer)) or "the document"
