"""Findings: what a check reports, and where. The lowest layer: it knows no file, no check and no output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from generator.records import dataclass

Step = str | int
Pointer = tuple[Step, ...]
"""The way to a value inside a document: keys of maps and indices of lists (from 0), outermost first."""

Part = Literal["value", "key"]


class Level(StrEnum):
    """How bad a finding is. Only `error` makes a command fail (and `warning` with `--strict`)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 is worst."""
        return ("error", "warning", "note").index(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: lines and columns from 1, columns in characters, the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Ref:
    """A place in a source, without line numbers: those are looked up only for places that are reported.

    `part` says whether the key or the value at the pointer is meant. `offset` counts characters into the value's
    text (a column inside a query). `span` is set where the position is known already (syntax errors).
    """

    path: str
    pointer: Pointer = ()
    part: Part = "value"
    offset: int | None = None
    span: Span | None = None

    def at(self, *steps: Step) -> Ref:
        """The place some steps further in."""
        return Ref(self.path, (*self.pointer, *steps))

    def key(self, *steps: Step) -> Ref:
        """The key (not the value) some steps further in."""
        return Ref(self.path, (*self.pointer, *steps), "key")

    def inside(self, offset: int) -> Ref:
        """The character at an offset (from 0) of the text that is the value here."""
        return Ref(self.path, self.pointer, "value", offset)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that helps to understand a finding, with what is to be seen there."""

    where: Ref
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of mending a source, at a pointer that the source has (`insert`: at the map that gets the key)."""

    do: Literal["set", "insert", "rename", "remove"]
    pointer: Pointer
    value: object = None
    """The new value; for `rename` the new key."""
    key: str = ""
    """The key that `insert` adds."""


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a finding that has one right form: steps in the finding's source, of which all are taken or none."""

    said: str
    """What was done, in the past: `objective 0.999 became 99.9`."""
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and how to mend it.

    `check` and `level` are filled in by the engine that runs the checks; a check itself says message, hint and place.
    """

    where: Ref
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()
    check: str = ""
    level: Level = Level.ERROR
    subject: str = field(default="", compare=False)
    """A name for the thing (`cart/CartDown`), stable when lines move; baselines use it. Else made from the place."""
    fixes: tuple[Fix, ...] = field(default=(), compare=False)
    """What `check --fix` does about it; several where a finding is about several things."""

    def located(self, span: Span) -> Finding:
        """The same finding with its position known."""
        return replace(self, where=replace(self.where, span=span))

    def with_fixes(self, *fixes: Fix | None) -> Finding:
        """The same finding with the ways to mend it; None is no way."""
        return replace(self, fixes=tuple(fix for fix in fixes if fix is not None))

    def with_related(self, *related: Related) -> Finding:
        """The same finding with other places beside it."""
        return replace(self, related=related)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """(path, line, column, id, message): the order in which findings are shown."""
        span = self.where.span or Span()
        return (self.where.path, span.line, span.column, self.check, self.message)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty string."""
    return _nearest(word, frozenset(known))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: frozenset[str]) -> str:
    slips = {name for key in _shortened(word) for name in _by_shortened(known).get(key, ())}
    if slips or len(known) > FEW:
        return min(slips, default="")
    from difflib import get_close_matches

    found = get_close_matches(word, sorted(known), n=1, cutoff=0.7)
    return found[0] if found else ""


FEW = 200
"""Up to so many names all are compared. Among more only slips of one letter are found, by an index: comparing takes
0.1 s for a thousand names, and a repository may have a thousand dead links."""


@lru_cache(maxsize=16)
def _by_shortened(known: frozenset[str]) -> dict[str, list[str]]:
    """The names by each form with one letter left out (and none): two words that share one are a slip apart."""
    index: dict[str, list[str]] = {}
    for name in known:
        for key in _shortened(name):
            index.setdefault(key, []).append(name)
    return index


def _shortened(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or an empty string where none is near."""
    found = nearest(word, known)
    return f"did you mean '{found}'?" if found else ""
