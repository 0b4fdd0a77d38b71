"""What a postmortem says in its own words: code, quotations and comments blanked out, every place kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.findings import Ref, Span
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document

_BREAK = re.compile(r"\r\n?|\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STARTS = re.compile(r"[ \t]*(?:[-*+][ \t]|[0-9]{1,3}[.)][ \t]|\||#{1,6}[ \t])")
_LONGEST = 600
"""A quotation of more characters was never closed."""
_QUOTATIONS = re.compile(
    "|".join(
        f"{before}{opened}[^{closed}]{{0,{_LONGEST}}}[{closed}]{after}"
        for before, opened, closed, after in (
            ("", "“", "”", ""),
            ("", "„", "“”", ""),
            ("", "«", "»", ""),
            ("", '"', '"', ""),
            (r"(?<!\w)", "‘", "’", r"(?!\w)"),  # noqa: RUF001  # as people write them
        )
    )
)
_MARKED = re.compile('[`“„«"‘<]|://|\\]\\(')  # noqa: RUF001  # as people write them
"""Most paragraphs have nothing of the kind."""
_ADDRESSES = re.compile(r"\]\([^)\s]*\)|<[^<>\s]*>|https?://[^\s)>]*")


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of a body, as long as the written one. `masked` has blanks where somebody else or a machine speaks."""

    path: str
    masked: str
    first: int
    starts: tuple[int, ...]
    """Where each line begins."""
    paragraphs: tuple[tuple[int, int], ...] = ()
    """Where each item, row and paragraph begins and ends: no sentence goes on in the next one."""

    def ref(self, start: int, end: int) -> Ref:
        """The place of a stretch of the text."""
        return Ref(self.path, ("body",), span=Span(*self._place(start), *self._place(end)))

    def _place(self, index: int) -> tuple[int, int]:
        number = bisect_right(self.starts, index) - 1
        return self.first + number, index - self.starts[number] + 1


def prose(document: Document) -> Prose:
    """The prose of a Markdown document's body."""
    body = document.body
    starts = (0, *(each.end() for each in _BREAK.finditer(body)))
    masked = list(body)
    for start, end in (*_blocks(document, starts), *((each.start(), each.end()) for each in _COMMENT.finditer(body))):
        _blank(masked, start, end)
    paragraphs = tuple(_paragraphs("".join(masked), starts))
    for start, end in paragraphs:
        text = "".join(masked[start:end])
        if _MARKED.search(text):
            for inner in _inline(text):
                _blank(masked, start + inner[0], start + inner[1])
    return Prose(document.path, "".join(masked), document.body_line, starts, paragraphs)


def _blank(masked: list[str], start: int, end: int) -> None:
    masked[start:end] = [each if each in "\r\n" else " " for each in masked[start:end]]


def _blocks(document: Document, starts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Code blocks and quoted blocks, with the lines that go on without a mark."""
    ends = (*starts[1:], len(document.body))
    for block in document.markdown.code_blocks:
        first = block.line - document.body_line
        last = min(first + len(_BREAK.findall(block.text)), len(ends)) - 1
        if last >= first:
            yield starts[first], ends[last]
    quoted = False
    for start, end in zip(starts, ends, strict=True):
        line = document.body[start:end].strip()
        quoted = line.startswith(">") or (quoted and bool(line))
        if quoted:
            yield start, end


def _paragraphs(text: str, starts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Stretches in which a quotation may begin and end: an item, a row, a paragraph."""
    begin = 0
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        line = text[start:end]
        if not line.strip() or _STARTS.match(line):
            yield begin, start
            begin = start
    yield begin, len(text)


def _inline(text: str) -> Iterator[tuple[int, int]]:
    """Code, quotations and addresses in a paragraph."""
    code = list(_code(text))
    yield from code
    shown = list(text)
    for start, end in code:
        _blank(shown, start, end)
    for pattern in (_QUOTATIONS, _ADDRESSES):
        yield from (each.span() for each in pattern.finditer("".join(shown)))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """From a run of backticks to the next one as long, in one pass."""
    runs = [each.span() for each in re.finditer(r"`+", text)]
    following: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        same = following[runs[number][1] - runs[number][0]]
        while same and same[-1] <= number:
            same.pop()
        if same:
            yield runs[number][0], runs[same[-1]][1]
            number = same[-1]
        number += 1
