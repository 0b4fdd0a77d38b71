"""Reading of a foreign file of which nothing may be lost: what nobody takes from it is told, by its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from generator.documents.stream import Node
from generator.documents.yaml import kind_of, shorten
from generator.findings import did_you_mean
from generator.importers.base import Imported
from generator.importers.tree import Written

TOLD = 200
"""How many notes one object may cause: a file of another kind would otherwise say thousands of times the same."""


class Said(str):
    """A text that knows where it was written. Equal to every text of the same letters."""

    __slots__ = ("at",)
    at: Node | None

    def __new__(cls, text: str, at: Node | None = None) -> Self:
        """The text, and the value that it was in the file."""
        made = super().__new__(cls, text)
        made.at = at
        return made


class SaidNumber(Written):
    """A number that comes out with these digits, and knows where it was written."""

    __slots__ = ("at",)
    at: Node | None

    def __new__(cls, digits: str, at: Node | None = None) -> Self:
        """The digits, and the value that it was in the file."""
        made = super().__new__(cls, digits)
        made.at = at
        return made


class Notes:
    """What is to be said of one object; the last note that has room says that there are more."""

    def __init__(self, out: Imported) -> None:
        self.out = out
        self.left = TOLD
        self.remarks: list[tuple[str, Node, Node]] = []
        """Name, place and value of what is not kept: it stays beside the SLO as a comment."""

    def lost(self, where: Node, message: str, hint: str = "") -> None:
        """Something is not kept, or not as it was."""
        if self.left:
            self.left -= 1
            self.out.lost(where, message if self.left else "more is not kept of this object than is told here", hint)

    def kept_out(self, name: str, key: Node, value: Node, message: str, hint: str = "") -> None:
        """A key is not kept: told, and left behind as a comment."""
        if self.left > 1:
            self.remarks.append((name, key, value))
        self.lost(key, message, hint)

    def told(self, where: Node, message: str, hint: str = "") -> None:
        """Everything is kept, and there is something to know."""
        if self.left > 1:
            self.left -= 1
            self.out.told(where, message, hint)

    def refused(self, reason: Refused) -> None:
        """A thing of the file is not imported."""
        self.out.refused(reason.where, reason.message, reason.hint)


class Refused(Exception):
    """A thing of the file that cannot be imported: where it stands, why, and what to write instead."""

    def __init__(self, where: Node, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.where, self.message, self.hint = where, message, hint


class Reader:
    """A map of the file. Keys that are asked for count as seen; `close` tells of all others, here and further in."""

    def __init__(self, node: Node, notes: Notes, name: str = "the entry") -> None:
        self.node = node
        self.notes = notes
        self.keys: dict[str, tuple[Node, Node]] = {}
        self.seen: set[str] = set()
        self.children: dict[object, Reader] = {}
        if node.entries is None and not node.is_null:
            notes.lost(node, f"{name} is {kind_of(node.value)}; keys and values are expected: it was left out")
        for key, value in node.entries or ():
            text = key.text or ""
            if self.keys.setdefault(text, (key, value))[0] is not key:
                notes.lost(key, f"key '{shorten(text)}' is written twice; the first counts", "keep one of the two")

    def __contains__(self, key: str) -> bool:
        return key in self.keys and not self.keys[key][1].is_null

    def where(self, key: str) -> Node:
        """The key as it stands in the file; the map where there is none."""
        return self.keys[key][0] if key in self.keys else self.node

    def raw(self, key: str) -> Node | None:
        """The value under a key; None where there is none, or only null."""
        self.seen.add(key)
        return self.keys[key][1] if key in self else None

    def plain(self, key: str) -> Any:
        """The value as plain data."""
        found = self.raw(key)
        return None if found is None else found.value

    def child(self, key: str) -> Reader:
        """The map under a key, an empty one where there is none. Closed together with this one."""
        if key in self.children:
            return self.children[key]
        found = self.raw(key)
        node = Node(self.node.path, self.node.line, self.node.column, entries=[]) if found is None else found
        child = self.children[key] = Reader(node, self.notes, key)
        return child

    def items(self, key: str, *, apart: bool = False) -> list[Reader]:
        """The maps in the list under a key; `apart`: notes about each are its own."""
        nodes = list(self.nodes(key))
        notes = [Notes(self.notes.out) if apart else self.notes for _ in nodes]
        found = [Reader(each, own, f"an entry of {key}") for each, own in zip(nodes, notes, strict=True)]
        self.children |= {(key, n): each for n, each in enumerate(found)}
        return found

    def texts(self, key: str) -> list[Said]:
        """The texts in the list under a key."""
        return [text for each in self.nodes(key) if (text := self._text(each, key))]

    def text(self, key: str) -> Said:
        """The text under a key, without blanks around it; empty where there is none."""
        found = self.raw(key)
        return Said("") if found is None else self._text(found, key)

    def needed(self, key: str, what: str) -> Said:
        """As `text`, of a key without which there is nothing to import."""
        if not (text := self.text(key)):
            raise Refused(self.where(key), f"{what} has no {key}", f"write {key}: …, and import it again")
        return text

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false; other values are told and count as absent."""
        found = self.raw(key)
        said = {"true": True, "false": False}.get((found.text or "").lower()) if found is not None else default
        if said is None and found is not None:
            self.notes.lost(self.where(key), f"{key} is {kind_of(found.value)}; true or false is expected")
        return default if said is None else said

    def words(self, key: str) -> dict[str, Said]:
        """The texts by name of the map under a key: labels, annotations."""
        found = self.raw(key)
        node = Reader(found, self.notes, key) if found is not None else None
        return {name: self._text(value, name) for name, (_, value) in node.keys.items()} if node else {}

    def leave(self, key: str, why: str, hint: str = "", *, lost: bool = True) -> None:
        """A known key that has no home in a source here: told where it is written."""
        if (found := self.raw(key)) is not None and found.entries != [] and found.items != []:
            said = f"{key} left out: {why}"
            if lost:
                self.notes.kept_out(key, self.where(key), found, said, hint)
            else:
                self.notes.told(self.where(key), said, hint)

    def abandon(self) -> None:
        """The thing is not imported, and it is said why: nothing more is to be told of its keys."""
        self.seen.update(self.keys)
        self.children.clear()

    def close(self) -> None:
        """Tells of every key that nobody asked for, here and further in."""
        for name, (key, value) in self.keys.items():
            if not self.notes.left:
                break
            if name not in self.seen:
                hint = did_you_mean(name, self.seen - {name}) or "see by hand to what it asks for"
                said = f"key '{shorten(name)}' is not known here and was left out"
                self.notes.kept_out(name, key, value, said, hint)
        for child in self.children.values():
            child.close()

    def nodes(self, key: str) -> Iterable[Node]:
        """The values in the list under a key."""
        found = self.raw(key)
        if found is None or found.items is not None:
            return found.items or () if found is not None else ()
        self.notes.lost(self.where(key), f"{key} is {kind_of(found.value)}; a list is expected: it was left out")
        return ()

    def _text(self, node: Node, name: str) -> Said:
        if node.text is None:
            self.notes.lost(node, f"{shorten(name)} is {kind_of(node.value)}; text is expected: it was left out")
        return Said("" if node.text is None or node.is_null else node.text.strip(), node)
