"""Many small changes of one source: each is made in the item of a list that it is about, and the whole is proven once.

Reading a file anew for each change would take minutes for a file of a thousand rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import field
from typing import Any

from generator.documents import read_document
from generator.edit import change, splice
from generator.edit.comments import comment_texts
from generator.edit.items import Items
from generator.edit.region import region
from generator.errors import EditRefused
from generator.findings import Edit, Fix, Pointer
from generator.records import dataclass


@dataclass(slots=True)
class Mended:
    """A source after mending: its text, the fixes that were made, and those that were refused, with the reason."""

    text: str
    done: list[Fix] = field(default_factory=list)
    refused: list[tuple[Fix, str]] = field(default_factory=list)


def mend(path: str, text: str, fixes: Iterable[Fix]) -> Mended:
    """Takes all steps of each fix, or none; comments may move, and none is lost.

    Raises:
        EditRefused: the source cannot be read as it is, or what would come out does not hold what was meant.
    """
    wanted = list(fixes)
    try:
        return _mended(_Work(path, text), wanted)
    except EditRefused:  # what is an alias of a changed item elsewhere would change too: one at a time tells which
        return _mended(_Work(path, text, alone=False), wanted)


def _mended(work: _Work, fixes: Iterable[Fix]) -> Mended:
    for fix in fixes:
        work.take(fix)
    return work.finished()


class _Work:
    """A source on the bench. Without `alone` nothing is made in an item, and each change is proven by the whole."""

    def __init__(self, path: str, text: str, *, alone: bool = True) -> None:
        self.path, self.alone = path, alone
        self.front, self.yaml, self.rest = region(text, path)
        self.data = deepcopy(_read(path, text))
        self.items = Items(self.yaml)
        self.done: list[Fix] = []
        self.refused: list[tuple[Fix, str]] = []
        self.later: list[Fix] = []

    def take(self, fix: Fix) -> None:
        """A fix inside one item is made there at once; one of the file as a whole waits."""
        edits = [self._whole(edit) for edit in fix.edits]
        where = self.items.around([edit.pointer for edit in edits]) if self.alone else None
        if where is None:
            self.later.append(fix)
            return
        inner = [Edit(edit.do, (0, *edit.pointer[where.depth :]), edit.value, edit.key) for edit in edits]
        self._try(fix, edits, lambda: self.items.replace(where, _taken(self.items.text(where), inner)))

    def finished(self) -> Mended:
        """The text with everything that was taken, read back as a whole."""
        self.yaml = self.items.joined()
        for fix in self.later:
            edits = [self._whole(edit) for edit in fix.edits]
            self._try(fix, edits, lambda edits=edits: self._set(_taken(self.yaml, edits)))
        text = self.front + self.yaml + self.rest
        if not change.same(_read(self.path, text), self.data):
            raise EditRefused(f"{self.path} would not read back as what was meant", "mend it by hand")
        return Mended(text, self.done, self.refused)

    def _set(self, text: str) -> None:
        self.yaml = text

    def _try(self, fix: Fix, edits: list[Edit], act: Any) -> None:
        try:
            act()
        except EditRefused as refusal:
            self.refused.append((fix, refusal.message.removeprefix(f"{splice.PATH} was not changed: ")))
            return
        for edit in edits:
            self.data = _changed(edit)(self.data)
        self.done.append(fix)

    def _whole(self, edit: Edit) -> Edit:
        """What loses its last key goes as a whole: an empty `labels: {}` says nothing."""
        pointer = edit.pointer
        if edit.do != "remove" or len(pointer) < 2 or not isinstance(pointer[-2], str):
            return edit
        parent = _at(self.data, pointer[:-1])
        alone = isinstance(parent, Mapping) and list(parent) == [pointer[-1]]
        return Edit("remove", pointer[:-1]) if alone else edit


def _taken(text: str, edits: Iterable[Edit]) -> str:
    after = text
    for edit in edits:
        after = _step(after, edit)
    if comment_texts(after) != comment_texts(text):
        raise EditRefused("a comment would be lost", "mend it by hand")
    return after


def _step(text: str, edit: Edit) -> str:
    match edit.do:
        case "set":
            return splice.set_value(text, edit.pointer, edit.value)
        case "insert":
            return splice.insert_key(text, edit.pointer, edit.key, edit.value)
        case "rename":
            return splice.rename(text, edit.pointer, str(edit.value))
        case "remove":
            return splice.remove(splice.lift_comments(text, edit.pointer), edit.pointer)


def _changed(edit: Edit) -> change.Changed:
    match edit.do:
        case "set":
            return change.setting(edit.pointer, edit.value)
        case "insert":
            return change.inserting(edit.pointer, edit.key, edit.value)
        case "rename":
            return change.renaming(edit.pointer, str(edit.value))
        case "remove":
            return change.removing(edit.pointer)


def _at(data: Any, pointer: Pointer) -> Any:
    for step in pointer:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _read(path: str, text: str) -> object:
    document, _ = read_document(path, text.encode("utf-8"))
    if document is None:
        raise EditRefused(f"{path} cannot be read", "run `tocsin check`")
    return document.data
