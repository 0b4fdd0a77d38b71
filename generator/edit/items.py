"""The items of a text's lists, each as a text of its own that can be read and changed alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import cast

import yaml

from generator.edit.nodes import compose, end_of, entries, find, is_block, line_start
from generator.edit.place import head
from generator.errors import EditRefused
from generator.findings import Pointer
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """Whole lines of the text: from an item's dash up to the next one's. `depth` steps of a pointer lead to it."""

    start: int
    stop: int
    depth: int


class Items:
    """A YAML text, cut at items of lists as they are asked for, and joined again in the end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = compose(text)
        self._bounds: dict[Pointer, list[int] | None] = {}
        self._new: dict[Item, str] = {}

    def around(self, pointers: Sequence[Pointer]) -> Item | None:
        """The innermost item by indentation that holds all of these places; None where there is none."""
        shared = _shared(pointers)
        for depth in range(len(shared), 0, -1):
            step = shared[depth - 1]
            bounds = self._starts(shared[: depth - 1]) if isinstance(step, int) else None
            if bounds is not None and isinstance(step, int):
                return self._free(Item(bounds[step], bounds[step + 1], depth))
        return None

    def _free(self, item: Item) -> Item | None:
        """An item inside or around one that was changed already cannot be changed beside it."""
        if item in self._new:
            return item
        overlap = (each for each in self._new if each.start < item.stop and item.start < each.stop)
        return None if next(overlap, None) else item

    def text(self, item: Item) -> str:
        """What the item says now."""
        return self._new.get(item, self._text[item.start : item.stop])

    def replace(self, item: Item, text: str) -> None:
        """Gives an item another text."""
        self._new[item] = text

    def joined(self) -> str:
        """The whole text with every item as it is now."""
        parts, at = [], 0
        for item in sorted(self._new, key=lambda each: each.start):
            parts += [self._text[at : item.start], self._new[item]]
            at = item.stop
        return "".join([*parts, self._text[at:]])

    def _starts(self, pointer: Pointer) -> list[int] | None:
        """Where each item of a list begins, and where the last one ends; None where items share lines."""
        if pointer not in self._bounds:
            try:
                self._bounds[pointer] = self._cut(pointer)
            except EditRefused:
                self._bounds[pointer] = None
        return self._bounds[pointer]

    def _cut(self, pointer: Pointer) -> list[int] | None:
        node = find(self._root, pointer)
        if not isinstance(node, yaml.SequenceNode) or not is_block(node):
            return None
        inner = entries(node)
        dashes = [head(self._text, cast("yaml.CollectionNode", node), each) for each in inner]
        starts = [line_start(self._text, dash) for dash in dashes]
        if any(self._text[start:dash].strip() for start, dash in zip(starts, dashes, strict=True)):
            return None
        end = self._text.find("\n", end_of(inner[-1], self._text) - 1)
        return [*starts, len(self._text) if end < 0 else end + 1]


def _shared(pointers: Sequence[Pointer]) -> Pointer:
    """The steps that all of them begin with."""
    first, *others = pointers
    steps = zip(*pointers, strict=False)
    return first[: sum(1 for _ in takewhile(lambda step: len(set(step)) == 1, steps))] if others else first
