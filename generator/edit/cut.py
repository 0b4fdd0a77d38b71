"""Taking an entry out of a text, with all that belongs to it and nothing else."""

from __future__ import annotations

import yaml

from generator.edit.nodes import Entry, end, end_of, entries, is_block, line_end, line_start
from generator.edit.place import find_comma, head
from generator.errors import EditRefused


def without(text: str, node: yaml.CollectionNode, entry: Entry) -> str:
    """The text without one of several entries of a list or map."""
    siblings = entries(node)
    index = siblings.index(entry)
    before = siblings[index - 1] if index else None
    after = siblings[index + 1] if index + 1 < len(siblings) else None
    if is_block(node):
        return _block(text, node, entry, after)
    return _brackets(text, node, entry, (before, after))


def _block(text: str, node: yaml.CollectionNode, entry: Entry, after: Entry | None) -> str:
    start, stop = head(text, node, entry), end_of(entry, text)
    line = line_start(text, start)
    if not text[line:start].strip():
        return text[:line] + text[_next_line(text, stop) :]
    # It shares its line with what it lies in (`- a: 1`): the next entry takes its place there.
    if after is None:
        raise EditRefused("nothing would be left on a line that it shares")
    successor = head(text, node, after)
    _nothing_else(text[line_end(text, stop) : successor])
    return text[:start] + text[successor:]


def _next_line(text: str, stop: int) -> int:
    """Where the next line begins; text after `|+` ends there already."""
    if text[stop - 1] == "\n":
        return stop
    found = text.find("\n", stop)
    return len(text) if found < 0 else found + 1


def _brackets(text: str, node: yaml.CollectionNode, entry: Entry, neighbours: tuple[Entry | None, Entry | None]) -> str:
    before, after = neighbours
    start, stop, close = entry.start, end_of(entry, text), end(node, text) - 1
    tail = max(stop, find_comma(text, stop, after.start if after else close) + 1)
    line, past = line_start(text, start), line_end(text, tail)
    alone = not text[line:start].strip() and past < (after.start if after else close)
    if alone:
        return text[:line] + text[_next_line(text, past) :]
    if after:
        _nothing_else(text[tail : after.start])
        return text[:start] + text[after.start :]
    if before is None:
        raise EditRefused("it is the only entry")
    rest = end_of(before, text)
    _nothing_else(text[rest:start].replace(",", "", 1))
    return text[:rest] + text[stop:]


def _nothing_else(between: str) -> None:
    if between.strip():
        raise EditRefused("a comment stands in the way", "remove it by hand")
