"""Boxes as GitHub, Hugo, Docusaurus and HTML write them: where one begins, what is in it, where it ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

KINDS = {
    "caution": "danger",
    "danger": "danger",
    "error": "danger",
    "critical": "danger",
    "important": "info",
    "info": "info",
    "note": "note",
    "tip": "tip",
    "warn": "warning",
    "warning": "warning",
}
"""What a box is called elsewhere → its kind here."""
_WORDS = "|".join(KINDS)
_GITHUB = re.compile(rf"[ \t]*>[ \t]?\[!(?P<kind>{_WORDS})\][ \t]*(?P<title>.*)$", re.IGNORECASE)
_COLONS = re.compile(
    rf"[ \t]*(?P<mark>:{{3,}})[ \t]?\{{?(?P<kind>{_WORDS})\}}?[ \t]*\[?(?P<title>[^\]]*)\]?[ \t]*$", re.IGNORECASE
)
_NAMES = "hint|alert|notice|callout|admonition"
_HUGO = re.compile(rf"[ \t]*\{{\{{[<%][ \t]*(?P<name>{_NAMES})\b(?P<said>[^\n]*?)[ \t]*[>%]\}}\}}[ \t]*$")
_KIND = re.compile(rf"\b(?P<kind>{_WORDS})\b", re.IGNORECASE)
_TITLE = re.compile(r"title=[\"'](?P<title>[^\"']*)[\"']")
_DETAILS = re.compile(r"[ \t]*<details(?: open)?>[ \t]*(?:<summary>(?P<title>.*?)</summary>)?[ \t]*$", re.IGNORECASE)
_SUMMARY = re.compile(r"[ \t]*<summary>(?P<title>.*?)</summary>[ \t]*$", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]*>[ \t]?")
BEGINNINGS = frozenset(">:{<")
"""The signs with which a box begins."""
LONGEST = 300
"""Lines of a box; one that does not end by then is none."""
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")


class Box(NamedTuple):
    """A box, without what frames it."""

    sign: str
    """`!!!`, or `???` for one that is folded."""
    kind: str
    title: str
    """Empty where it has none of its own."""
    lines: Sequence[str]
    end: int
    """The line behind it."""


class Boxes:
    """The boxes of some lines. Where each kind may end is looked up once: a text can have thousands of starts."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.ends: dict[str, list[int]] = {}

    def at(self, at: int, column: int) -> Box | None:
        """The box that begins on a line; None where there is none, or where it never ends."""
        line = self.lines[at].lstrip(" \t")
        if line[:1] == ">":
            return _quoted(self.lines, at)
        if line.startswith(":::"):
            return self._colons(at, column)
        if line.startswith("{{"):
            return self._short_code(at, column)
        if line[:8].lower() == "<details" and self._end(at, r"</details>[ \t]*$"):
            return _details(self.lines, at, column)
        return None

    def _colons(self, at: int, column: int) -> Box | None:
        found = _COLONS.match(self.lines[at])
        end = self._end(at, rf"{found['mark']}[ \t]*$") if found else None
        if found is None or end is None:
            return None
        inside = _bare(self.lines[at + 1 : end], column)
        return Box("!!!", KINDS[found["kind"].lower()], found["title"].strip(), inside, end + 1)

    def _short_code(self, at: int, column: int) -> Box | None:
        found = _HUGO.match(self.lines[at])
        end = self._end(at, rf"\{{\{{[<%][ \t]*/[ \t]*{found['name']}[ \t]*[>%]\}}\}}[ \t]*$") if found else None
        if found is None or end is None:
            return None
        kind, title = _KIND.search(found["said"]), _TITLE.search(found["said"])
        known = KINDS[kind["kind"].lower()] if kind else "note"
        inside = _bare(self.lines[at + 1 : end], column)
        return Box("!!!", known, title["title"] if title else "", inside, end + 1)

    def _end(self, at: int, pattern: str) -> int | None:
        """The next line that closes such a box, if it is near enough."""
        if pattern not in self.ends:
            closes = re.compile(rf"[ \t]*{pattern}", re.IGNORECASE)
            self.ends[pattern] = [number for number, line in enumerate(self.lines) if closes.match(line)]
        ends = self.ends[pattern]
        index = bisect_right(ends, at)
        return ends[index] if index < len(ends) and ends[index] <= at + LONGEST else None


def _quoted(lines: Sequence[str], at: int) -> Box | None:
    if (found := _GITHUB.match(lines[at])) is None:
        return None
    end = at + 1
    while end < len(lines) and _QUOTED.match(lines[end]):
        end += 1
    inside = [_QUOTED.sub("", row, count=1) for row in lines[at + 1 : end]]
    return Box("!!!", KINDS[found["kind"].lower()], found["title"].strip(), inside, end)


def _details(lines: Sequence[str], at: int, column: int) -> Box | None:
    """Folded text. What is in it may be folded again."""
    found, first, depth = _DETAILS.match(lines[at]), at + 1, 1
    if found is None:
        return None
    title = found["title"]
    while title is None and first < len(lines) and (not lines[first].strip() or _SUMMARY.match(lines[first])):
        said = _SUMMARY.match(lines[first])
        title, first = said["title"] if said else None, first + 1
    for end in range(first, min(len(lines), first + LONGEST)):
        row = lines[end].strip().lower()
        depth += row.startswith("<details") - (row == "</details>")
        if depth == 0:
            plain = _TAGS.sub("", title or "").strip()
            return Box("???", "note", plain, _bare(lines[first:end], column), end + 1)
    return None


def _bare(lines: Sequence[str], columns: int) -> list[str]:
    """Lines without the white space that the box itself has in front."""
    return [row[min(columns, len(row) - len(row.lstrip(" "))) :] for row in lines]
