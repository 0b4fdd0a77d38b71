"""Where things stand in a YAML text. Offsets are in characters; values are none of its business."""

from __future__ import annotations

from itertools import pairwise

import yaml

from generator.errors import EditRefused
from generator.findings import Pointer
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list, or one key with its value."""

    key: yaml.Node | None
    value: yaml.Node

    @property
    def start(self) -> int:
        """Where the key begins, or the item (behind its dash)."""
        return begin(self.key or self.value)


def compose(text: str) -> yaml.Node | None:
    """The root node; None where there is nothing but comments. Raises EditRefused for what is no YAML."""
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise EditRefused(f"the text cannot be read as YAML: {error}") from error


def find(root: yaml.Node | None, pointer: Pointer) -> yaml.Node | None:
    """The node at a pointer; None for the root of an empty text. Raises EditRefused where there is no such node."""
    node = root
    for step in pointer:
        node = entry(node, step).value
    return node


def entry(node: yaml.Node | None, step: str | int) -> Entry:
    """The entry of a list or map. Raises EditRefused where there is none."""
    for index, each in enumerate(entries(node)):
        name = index if each.key is None else each.key.value
        if name == step and type(name) is type(step):
            return each
    raise EditRefused(f"there is no {step!r} to change")


def entries(node: yaml.Node | None) -> list[Entry]:
    """The entries of a list or map, in order; none of a scalar. Raises EditRefused where one is an alias.

    An alias' node is the one it stands for, whose place is elsewhere: nobody can tell where the entry ends.
    """
    if isinstance(node, yaml.MappingNode):
        found = [Entry(key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        found = [Entry(None, value) for value in node.value]
    else:
        return []
    nodes = [node, *(part for each in found for part in (each.key, each.value) if part is not None)]
    if any(begin(second) < begin(first) for first, second in pairwise(nodes)):
        raise EditRefused("an alias (*name) stands beside what is to be changed", "write out what it stands for")
    return found


def begin(node: yaml.Node) -> int:
    """Where a node begins, with its anchor and tag."""
    return int(node.start_mark.index)


def end(node: yaml.Node, text: str) -> int:
    """Where a node's last character is past: before comments and empty lines that only follow it."""
    inner = entries(node) if is_block(node) else []
    if inner:
        return end_of(inner[-1], text)
    stop = int(node.end_mark.index)
    if not is_block_scalar(node):
        return stop
    written = text[begin(node) : stop]
    keeps = "+" in written.partition("\n")[0].partition("#")[0]
    return stop if keeps else begin(node) + len(written.rstrip())


def end_of(each: Entry, text: str) -> int:
    """Where an entry's last character is past."""
    return max(end(part, text) for part in (each.key, each.value) if part is not None)


def is_block_scalar(node: yaml.Node) -> bool:
    """Whether it is text after `|` or `>`."""
    return isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}


def is_block(node: yaml.Node) -> bool:
    """Whether it is a list or a map by indentation, not in brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def is_empty(node: yaml.Node | None) -> bool:
    """Whether nothing is written where a value could be."""
    return node is None or (isinstance(node, yaml.ScalarNode) and begin(node) == int(node.end_mark.index))


def column(text: str, offset: int) -> int:
    """How many characters stand before an offset on its line."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """The offset at which the line begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """The offset of the line's break (of its CR, where it has one), or of the text's end."""
    stop = text.find("\n", offset)
    stop = len(text) if stop < 0 else stop
    return stop - 1 if stop > offset and text[stop - 1] == "\r" else stop


def line_break(text: str) -> str:
    """How the text breaks its lines."""
    return "\r\n" if "\r\n" in text else "\n"
