"""Reading the maps of other tools: what is asked for by name, and everything else, so that nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.documents.stream import Node
from generator.findings import did_you_mean
from generator.importers.base import Imported
from generator.importers.tree import List, Map, Value, Written
from generator.importers.write import render


class Fields:
    """The entries of a map in written order, each once; what is there twice is reported."""

    def __init__(self, node: Node, said: str, imported: Imported) -> None:
        self.node, self.said, self.imported = node, said, imported
        self.left: dict[str, tuple[Node, Node]] = {}
        for key, value in node.entries or ():
            name = key.text or ""
            if name in self.left:
                imported.refused(key, f"{said} has {name} twice; the first one is kept", "keep one of the two")
            else:
                self.left[name] = (key, value)

    def take(self, name: str) -> Node | None:
        """The value of a key, which counts as read then; None where it is absent or null."""
        found = self.left.pop(name, None)
        return None if found is None or found[1].is_null else found[1]

    def rest(self, known: Iterable[str] = ()) -> Iterator[tuple[str, Node, Node]]:
        """Name, key and value of all that nobody took and that is not null; those in `known` are skipped."""
        skipped = set(known)
        for name, (key, value) in self.left.items():
            if not value.is_null and name not in skipped:
                yield name, key, value

    def lose_rest(self, out: Map, why: str, known: Iterable[str] = ()) -> None:
        """Reports what nobody took, and keeps it in a comment behind what the map has so far."""
        names = sorted(known)
        for name, key, value in self.rest():
            hint = did_you_mean(name, names)
            self.imported.lost(key, f"{name} of {self.said} is not kept: {why}", hint)
            keep_as_comment(out, name, key, value)


def keep_as_comment(out: Map | List, name: str, key: Node, value: Node) -> None:
    """What has no place among the sources stays readable beside it."""
    whole = Map()
    whole.put(name, as_value(value))
    out.remark(f"not kept, from {origin(key)}:", render(whole).rstrip(), value if value.key is not None else key)


def origin(node: Node) -> str:
    """File and line for a comment. Without folders: a source says the same wherever it was imported."""
    return f"{PurePosixPath(node.path).name}:{node.line}"


def as_value(node: Node) -> Value:
    """The same data as a tree; scalars as they are written."""
    if node.entries is not None:
        out = Map()
        for key, value in node.entries:
            out.put(key.text or "", as_value(value))
        return out
    if node.items is not None:
        listed = List()
        for each in node.items:
            listed.add(as_value(each))
        return listed
    return (node.text or "") if node.quoted or isinstance(node.value, str) else Written(node.text or "null")


def text(node: Node | None) -> str | None:
    """The text of a scalar as it is written; None for everything else."""
    return None if node is None else node.text
