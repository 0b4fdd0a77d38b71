"""What a change means for the data: the measure of what its text reads back as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.errors import EditRefused
from generator.findings import Pointer

Changed = Callable[[Any], object]
"""The data after a change, from a copy of the data before it."""


def setting(pointer: Pointer, value: object) -> Changed:
    """Another value at a place that exists."""
    return _at(pointer, lambda _: plain(value))


def appending(pointer: Pointer, item: object) -> Changed:
    """One item more at a list's end; nothing written counts as an empty list."""
    return _at(pointer, lambda old: [*(old or ()), plain(item)])


def inserting(pointer: Pointer, key: str, value: object) -> Changed:
    """One key more at a map's end. EditRefused where it is there already."""

    def insert(old: Any) -> object:
        if key in (old or {}):
            raise EditRefused(f"the key '{key}' is there already")
        return {**(old or {}), key: plain(value)}

    return _at(pointer, insert)


def removing(pointer: Pointer) -> Changed:
    """One item or key less."""

    def drop(old: Any) -> object:
        del old[pointer[-1]]
        return old

    return _at(pointer[:-1], drop)


def renaming(pointer: Pointer, key: str) -> Changed:
    """Another name of a key, in its place. EditRefused where it is there already."""

    def rename(old: Any) -> object:
        if key in old:
            raise EditRefused(f"the key '{key}' is there already")
        return {key if name == pointer[-1] else name: value for name, value in old.items()}

    return _at(pointer[:-1], rename)


def plain(value: object) -> object:
    """The value as reading gives it: dicts and lists."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def same(first: object, second: object) -> bool:
    """Whether two data are the same, types and the order of keys too: 1, 1.0 and true are three things."""
    if type(first) is not type(second):
        return False
    if isinstance(first, dict) and isinstance(second, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def _at(pointer: Pointer, act: Callable[[Any], object]) -> Changed:
    def changed(data: Any) -> object:
        if not pointer:
            return act(data)
        parent = data
        for step in pointer[:-1]:
            parent = parent[step]
        parent[pointer[-1]] = act(parent[pointer[-1]])
        return data

    return changed
