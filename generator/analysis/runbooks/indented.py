"""Blocks of code without a fence: what stands four columns further in than the text around it, behind an empty line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

_CODE = r"(?: {4,}| {0,3}\t)[ \t]*(?!```|~~~|[-*+][ \t]|\d{1,9}[.)][ \t]|!!!|\?\?\?)\S"
_MAYBE = (re.compile(rf"\n[ \t]*\n{_CODE}"), re.compile(rf"\n#[^\n]*\n{_CODE}"))
"""Most texts have nothing like it, and are done with."""
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_OPENS = re.compile(r'[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]|={3}[!+]?[ \t]+["\']|\[\^[^\]\n]+\]:|:[ \t]+\S)')
"""What has its text four columns further in: admonitions, tabs, footnotes, definitions."""
_CLOSED = re.compile(r"[ \t]{0,3}(?:#{1,6}(?:[ \t]|$)|(?:[-*_][ \t]*){3,}$|<!--)")
"""A line with which a paragraph cannot go on."""
CODE = 4


def may_have(text: str) -> bool:
    """Whether it is worth looking."""
    return any(pattern.search(f"\n\n{text}") for pattern in _MAYBE)


def indented(lines: Sequence[str], silent: Collection[int]) -> Iterator[tuple[int, int]]:
    """(first line, behind the last one) of each block, counted from 0; `silent` lines are fences and comments."""
    reader = _Reader()
    for number, line in enumerate(lines):
        if number in silent:
            reader.interrupt()
        elif line[:1].isalpha():
            reader.words()
        elif line.strip():
            reader.see(number, line)
        else:
            reader.paragraph = False
    yield from reader.blocks


class _Reader:
    """Line by line, with the columns at which the text of the open lists and boxes begins."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.paragraph = False
        """Whether the line before belongs to a paragraph, which goes on whatever the next line is indented by."""
        self.inside = False
        self.blocks: list[tuple[int, int]] = []

    def interrupt(self) -> None:
        """A fence or a comment is where the reader cannot look."""
        self.paragraph = self.inside = False

    def words(self) -> None:
        """A line that begins with a letter: a paragraph, which goes on where there is one."""
        if not self.paragraph:
            self.columns.clear()
        self.inside, self.paragraph = False, True

    def see(self, number: int, line: str) -> None:
        """A line that is not empty."""
        column = _width(line, len(line) - len(line.lstrip(" \t")))
        marked = _MARKER.match(line)
        if not self.paragraph or marked:
            while self.columns and column < self.columns[-1]:
                self.columns.pop()
        base = self.columns[-1] if self.columns else 0
        if not self.paragraph and column >= base + CODE:
            self._code(number)
            return
        self.inside = False
        if _OPENS.match(line):
            self.columns.append(column + CODE)
            self.paragraph = False
            return
        while marked:
            self.columns.append(_width(line, marked.end()))
            marked = _MARKER.match(line, marked.end())
        self.paragraph = _CLOSED.match(line) is None

    def _code(self, number: int) -> None:
        if self.inside:
            self.blocks[-1] = (self.blocks[-1][0], number + 1)
        else:
            self.blocks.append((number, number + 1))
        self.inside = True


def _width(line: str, end: int) -> int:
    return len(line[:end].expandtabs(CODE))
