"""Entries between others: one more behind another, in a list or a map, and one more like another."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

import yaml

from generator.edit import place, splice
from generator.edit.comments import comments, without_spans
from generator.edit.nodes import (
    Entry,
    column,
    compose,
    end_of,
    entries,
    entry,
    find,
    is_block,
    line_break,
    line_end,
    line_start,
)
from generator.edit.place import find_comma, head
from generator.edit.proof import proven
from generator.edit.region import region
from generator.edit.render import flow, pair
from generator.errors import EditRefused
from generator.findings import Pointer


def insert_after(text: str, pointer: Pointer, item: object, *, path: str = splice.PATH) -> str:
    """Adds an item behind the one at a pointer, in a line of its own where that one has one.

    Comments stay with what they stand behind or above.
    """
    *way, index = pointer
    parent = _list(text, path, tuple(way))

    def meant(data: Any) -> object:
        _at(data, way).insert(cast("int", index) + 1, item)
        return data

    if index == len(entries(parent)) - 1:
        return splice.append(text, tuple(way), item, path=path)
    return _proven(text, path, lambda yaml_text: _behind(yaml_text, pointer, _item(parent, item)), meant)


def insert_key_after(text: str, pointer: Pointer, key: str, value: object, *, path: str = splice.PATH) -> str:
    """Adds a key that is not there yet behind the one at a pointer."""
    *way, name = pointer

    def meant(data: Any) -> object:
        old = _at(data, way)
        if key in old:
            raise EditRefused(f"the key '{key}' is there already")
        entries_after = {}
        for each in list(old):
            entries_after[each] = old.pop(each)
            if each == name:
                entries_after[key] = value
        old.update(entries_after)
        return data

    inner = entries(find(compose(region(text, path)[1]), tuple(way)))
    if inner and inner[-1].key is not None and inner[-1].key.value == name:
        return splice.insert_key(text, tuple(way), key, value, path=path)
    return _proven(text, path, lambda yaml_text: _behind(yaml_text, pointer, pair(key, value)), meant)


def exchange(text: str, pointer: Pointer, other: int, *, path: str = splice.PATH) -> str:
    """Exchanges an item with a later one of its list; what is written behind them on their lines goes along."""
    *way, index = pointer
    first = cast("int", index)

    def act(yaml_text: str) -> str:
        node = cast("yaml.CollectionNode", find(compose(yaml_text), tuple(way)))
        one, two = (_written(yaml_text, node, entry(node, at)) for at in (first, other))
        (a, b), (c, d) = one, two
        return yaml_text[:a] + yaml_text[c:d] + yaml_text[b:c] + yaml_text[a:b] + yaml_text[d:]

    def meant(data: Any) -> object:
        items = _at(data, way)
        items[first], items[other] = items[other], items[first]
        return data

    return _proven(text, path, act, meant)


def repeat(text: str, pointer: Pointer, *, path: str = splice.PATH) -> str:
    """Adds a copy of an item at the end of its list, written as it is, without its comments."""
    *way, index = pointer

    def meant(data: Any) -> object:
        items = _at(data, way)
        items.append(deepcopy(items[index]))
        return data

    return _proven(text, path, lambda yaml_text: _again(yaml_text, pointer), meant)


def _behind(text: str, pointer: Pointer, new: str) -> str:
    node = cast("yaml.CollectionNode", find(compose(text), pointer[:-1]))
    inner = entries(node)
    here = entry(node, pointer[-1])
    after = inner[inner.index(here) + 1]
    if is_block(node):
        depth = column(text, head(text, node, after))
        at = line_end(text, end_of(here, text))
        return text[:at] + line_break(text) + " " * depth + new + text[at:]
    comma = find_comma(text, end_of(here, text), after.start)
    indent = text[line_start(text, after.start) : after.start]
    if indent.strip():
        return text[: comma + 1] + f" {new}," + text[comma + 1 :]
    at = line_end(text, comma)
    return text[:at] + line_break(text) + indent + f"{new}," + text[at:]


def _again(text: str, pointer: Pointer) -> str:
    node = cast("yaml.CollectionNode", find(compose(text), pointer[:-1]))
    here = entry(node, pointer[-1])
    start, stop = here.start, end_of(here, text)
    inside = [each for each in comments(text) if start <= each[0] < stop]
    written = without_spans(text[:stop], inside, start).rstrip()
    if not is_block(node):
        return place.another(text, node, lambda _: written)
    # Its lines keep their depth: an item's first key stands two behind its dash, or wherever it is written.
    dash = text[head(text, node, here) : start]
    return place.another(text, node, lambda _: (dash if "\n" not in dash else "- ") + written)


def _written(text: str, node: yaml.CollectionNode, here: Entry) -> tuple[int, int]:
    """From where to where an item stands, with the comment behind it where the line is its own."""
    stop = end_of(here, text)
    return here.start, line_end(text, stop) if is_block(node) else stop


def _item(parent: yaml.SequenceNode, item: object) -> str:
    return f"- {flow(item)}" if is_block(parent) else flow(item)


def _list(text: str, path: str, pointer: Pointer) -> yaml.SequenceNode:
    found = find(compose(region(text, path)[1]), pointer)
    if not isinstance(found, yaml.SequenceNode):
        raise EditRefused(f"{path} was not changed: {'/'.join(map(str, pointer))} is not a list")
    return found


def _at(data: Any, way: list[Any]) -> Any:
    for step in way:
        data = data[step]
    return data


def _proven(text: str, path: str, act: Any, meant: Any) -> str:
    front, yaml_text, rest = region(text, path)
    try:
        return proven(path, text, front + act(yaml_text) + rest, meant)
    except EditRefused as refusal:
        raise EditRefused(f"{path} was not changed: {refusal.message}", refusal.hint) from refusal
