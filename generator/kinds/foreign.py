"""Keys of front matter that belong to other tools (`weight` to Hugo, `layout` to Jekyll), told from slips."""

from __future__ import annotations

from collections.abc import Collection

from generator.kinds.base import Kind
from generator.resources import schema

ALIKE = 0.85
"""From here on one word is another one with a letter wrong: `reviewd`, `Owner`; `reviewers` is not `reviewed`."""
SLIPS = 2
"""Letters that may be missing or too many."""


def own_keys(kind: Kind) -> frozenset[str]:
    """The keys that a kind of source knows at the top of a file."""
    return frozenset(schema(kind.name).get("properties", ()))


def foreign_keys(kind: Kind, data: object, slips: Collection[object] = ()) -> tuple[str, ...]:
    """The keys that mean nothing here and were meant for another tool, in written order; none for other kinds.

    A key that is nearly one of ours is a slip, and none of them; so are those of `slips`.
    """
    if not kind.shared or not isinstance(data, dict):
        return ()
    own = own_keys(kind)
    odd = [key for key in data if key not in own and key not in slips]
    return tuple(key for key in odd if not _meant(key.casefold(), own - data.keys()))


def _meant(key: str, own: Collection[str]) -> bool:
    near = (each for each in own if abs(len(each) - len(key)) <= SLIPS)
    from difflib import SequenceMatcher

    return any(SequenceMatcher(None, key, each).ratio() >= ALIKE for each in near)
