"""Sources have a limit; what a file of rules has more is divided."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.read import LIMIT
from generator.importers.tree import Entry, List
from generator.importers.write import render

ROOM = LIMIT - LIMIT // 8
"""Bytes of rules in one source: comments and keys around them want some too."""


def parts(groups: List) -> list[List]:
    """The groups in as few lists as fit into a source each; a group is never divided."""
    if _at_most(groups) < ROOM:
        return [groups] if groups else []
    out: list[List] = []
    size = ROOM
    for entry, own in _sized(groups):
        if size + own > ROOM or not out:
            out.append(List())
            size = 0
        out[-1].entries.append(entry)
        size += own
    if out:
        out[-1].pending = groups.pending
    return out


def _at_most(groups: List) -> int:
    """More bytes than the groups can have: rendering all of them to know would take a third of an import."""
    texts = [entry.value for entry in groups if isinstance(entry.value, str)]
    return sum(8 * len(text) + 20 * text.count("\n") for text in texts) + 100 * sum(1 for _ in groups)


def _sized(groups: List) -> Iterator[tuple[Entry, int]]:
    for entry in groups.entries:
        alone = List()
        alone.entries.append(entry)
        yield entry, len(render(alone).encode())
