"""Comments of a YAML text: an edit may move them, and never loses one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from generator.documents.suppressions import scalars

_MARK = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_REST = re.compile(r"[^\r\n]*")
Span = tuple[int, int]


def comments(text: str) -> list[Span]:
    """Where the comments stand, as offsets; a `#` inside of text is none."""
    marks = [each.start() for each in _MARK.finditer(text)]
    inside = scalars(text) if marks else []
    found: list[Span] = []
    for mark in marks:
        if not _within(inside, mark) and (not found or found[-1][1] <= mark):
            rest = _REST.match(text, mark)
            found.append((mark, rest.end() if rest else mark))
    return found


def comment_texts(text: str) -> list[str]:
    """What the comments say, sorted: the same before and after an edit that only moves them."""
    return sorted(text[start:stop].rstrip() for start, stop in comments(text))


def without_spans(text: str, spans: Sequence[Span], start: int) -> str:
    """The text from an offset on without some comments; a line on which nothing else stood goes as a whole."""
    kept = []
    for first, last in spans:
        before = text[start:first]
        alone = not before.rpartition("\n")[2].strip()
        kept.append(before.rpartition("\n")[0] + "\n" if alone and "\n" in before else before.rstrip(" \t"))
        start = last + _break(text, last) if alone else last
    return "".join(kept) + text[start:]


def _break(text: str, offset: int) -> int:
    """How long the line break at an offset is."""
    return 2 if text.startswith("\r\n", offset) else int(text.startswith("\n", offset))


def _within(inside: Sequence[Span], offset: int) -> bool:
    number = bisect_right(inside, (offset, offset))
    return bool(number) and inside[number - 1][1] > offset
