"""Where new text goes, by indentation and inside brackets, so that it looks as its neighbours do."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from generator.edit.nodes import (
    Entry,
    begin,
    column,
    end,
    end_of,
    entries,
    is_block,
    line_break,
    line_end,
    line_start,
)
from generator.edit.render import block_item, flow

Make = Callable[[str], str]
"""The text of a new entry, given its indentation."""


def value(text: str, entry: Entry, new: str) -> str:
    """The text with another value of an entry."""
    start = begin(entry.value)
    stop = start + len(text[start : end(entry.value, text)].rstrip())
    if start == stop:
        return text[:start] + _lead(text, entry) + new + text[start:]
    gap_start = end(entry.key, text) if entry.key else start
    gap = text[gap_start:start]
    if "\n" in gap and gap.strip() == ":":  # it stood on lines of its own; one line fits behind the key
        start = gap_start + gap.index(":") + 1
        new = f" {new}"
    return text[:start] + new + text[stop:]


def _lead(text: str, entry: Entry) -> str:
    """What goes before a value where none is written: `key:`, `-`, `{key}`."""
    start = begin(entry.value)
    colon = entry.key is not None and ":" not in text[end(entry.key, text) : start]
    return (":" if colon else "") + ("" if text[start - 1 : start].isspace() and not colon else " ")


def below(text: str, entry: Entry, line: str) -> str:
    """The text with a first line of a value under its key (behind its dash), where none is written."""
    if entry.key is None:
        return value(text, entry, line)
    at = line_end(text, begin(entry.value))
    indent = " " * (column(text, entry.start) + 2)
    return text[:at] + line_break(text) + indent + line + text[at:]


def another(text: str, node: yaml.CollectionNode, make: Make) -> str:
    """The text with another entry at the end of a list or map that is written."""
    if not is_block(node):
        return _in_brackets(text, node, make)
    indent = " " * column(text, head(text, node, entries(node)[0]))
    stop = end(node, text)
    if text[stop - 1] == "\n":  # text after `|+` owns the line breaks that follow it
        return text[:stop] + indent + make(indent) + line_break(text) + text[stop:]
    at = line_end(text, stop)
    return text[:at] + line_break(text) + indent + make(indent) + text[at:]


def item(text: str, node: yaml.CollectionNode, new: object, indent: str) -> str:
    """A new item of a list, written as its last one is."""
    if not is_block(node):
        return flow(new)
    last = entries(node)[-1].value
    if isinstance(new, dict) and new and isinstance(last, yaml.MappingNode) and is_block(last):
        return "- " + block_item(new, f"{line_break(text)}{indent}  ")
    return f"- {flow(new)}"


def head(text: str, node: yaml.CollectionNode, entry: Entry) -> int:
    """Where an entry of a block list or map begins: its dash, or its key."""
    if isinstance(node, yaml.MappingNode):
        return entry.start
    start = begin(node)
    first = start if text[start] == "-" else text.rfind("-", 0, entries(node)[0].start)  # behind an anchor or a tag
    depth = column(text, first)
    line = line_start(text, entry.start)
    while line > first and text[line : line + depth + 1].strip(" ") != "-":
        line = line_start(text, line - 1)
    return max(line + depth, first)


def _in_brackets(text: str, node: yaml.CollectionNode, make: Make) -> str:
    close = end(node, text) - 1
    inner = entries(node)
    if not inner:
        start = begin(node) + text[begin(node) : close].rfind("[{"[isinstance(node, yaml.MappingNode)]) + 1
        return text[: close if text[start:close].strip() else start] + make("") + text[close:]
    last = inner[-1]
    stop = end_of(last, text)
    comma = find_comma(text, stop, close)
    before = text[line_start(text, last.start) : last.start]
    if before.strip():
        return text[:stop] + ", " + make("") + text[stop:] if comma < 0 else _after(text, comma, " " + make(""))
    new = line_break(text) + before + make(before) + ("," if comma >= 0 else "")
    at = max(stop, comma + 1)
    line = line_end(text, at)
    line = at if line > close else line  # the bracket closes on the same line
    return text[:stop] + ("," if comma < 0 else "") + text[stop:line] + new + text[line:]


def _after(text: str, comma: int, new: str) -> str:
    return text[: comma + 1] + new + text[comma + 1 :]


def find_comma(text: str, start: int, stop: int) -> int:
    """The comma between two places, outside of comments; -1 where there is none."""
    at = start
    while at < stop:
        if text[at] == ",":
            return at
        at = line_end(text, at) + 1 if text[at] == "#" else at + 1
    return -1
