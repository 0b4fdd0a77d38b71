"""Markdown as people write it, for GitHub, Hugo or Docusaurus, brought into the form that the site's library reads.

The library wants what belongs to an item four columns further in, and an empty line before a list or a table; elsewhere
two or three columns will do, and none. Boxes have another syntax in each tool. What is in that form already stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.targets.site.boxes import BEGINNINGS, Box, Boxes

STEP = 4
DEEPEST = 6
"""Boxes inside of one another."""
_MARKER = re.compile(r"[ \t]*(?:[-*+]|(?P<number>\d{1,9})[.)])(?:[ \t]+(?=\S)|[ \t]*$)")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+)$")
_OPENS = re.compile(r'(?:!!!|\?\?\?\+?)[ \t]|={3}[!+]?[ \t]+["\']|\[\^[^\]\n]+\]:|:[ \t]{1,3}\S')
"""What has its text four columns further in: admonitions, tabs, footnotes, definitions."""
_ENDS = re.compile(r"#{1,6}(?:[ \t]|$)|<!--")
_UNTITLED = re.compile(r"(?P<start>(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[a-z]+))[ \t]*$")
_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+(?=\S)")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def rewritten(text: str, titles: Mapping[str, str]) -> str:
    """The text in the library's form. `titles` says what a box of each kind is called that has no title."""
    return "\n".join(_Rewriter(text.split("\n"), titles).run())


class _Rewriter:
    """One pass over the lines, with the columns at which the text of the open items and boxes begins."""

    def __init__(self, lines: Sequence[str], titles: Mapping[str, str], depth: int = 0) -> None:
        self.lines, self.titles, self.depth = lines, titles, depth
        self.boxes = Boxes(lines)
        self.out: list[str] = []
        self.columns: list[int] = []
        self.paragraph = False
        """Whether the line before belongs to a paragraph."""
        self.own = False
        """Whether that paragraph is more than the first words of an item."""

    def run(self) -> list[str]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.strip():
                self.out.append("")
                self.paragraph = False
                at += 1
            elif line[0].isalpha() and "|" not in line and (self.paragraph or not self.columns):
                self.out.append(line)  # most lines are words, and stay as they are
                self.own = self.own or not self.paragraph
                self.paragraph = True
                at += 1
            else:
                at = self._line(at, line, _column(line))
        return self.out

    @property
    def base(self) -> int:
        return self.columns[-1] if self.columns else 0

    @property
    def indent(self) -> str:
        return " " * (STEP * len(self.columns))

    def _line(self, at: int, line: str, column: int) -> int:
        """Writes what begins on a line, and gives the line behind it."""
        mark = _MARKER.match(line)
        if mark and _RULE.match(line):
            mark = None
        fence = _FENCE.match(line)
        closed = self._close(column, lazy=self.paragraph and not mark and not fence)
        if not self.paragraph and column >= self.base + STEP:
            return self._code(at)
        if fence:
            return self._fenced(at, column, fence["mark"])
        boxed = line.lstrip(" \t")[0] in BEGINNINGS and self.depth < DEEPEST
        if boxed and (found := self.boxes.at(at, column)):
            return self._box(found)
        if mark:
            self._item(line, column, mark, closed=closed)
        else:
            self._text(at, line)
        return at + 1

    def _close(self, column: int, *, lazy: bool) -> bool:
        """Ends the items that a line is not inside, and says whether there were any."""
        before = len(self.columns)
        while not lazy and self.columns and column < self.columns[-1]:
            self.columns.pop()
        return len(self.columns) < before

    def _code(self, at: int) -> int:
        """A block without a fence, which goes on behind empty lines."""
        end = last = at
        while end < len(self.lines):
            row = self.lines[end]
            if row.strip():
                if _column(row) < self.base + STEP:
                    break
                last = end
            end += 1
        rows = [row.expandtabs(STEP) for row in self.lines[at : last + 1]]
        cut = min(_column(row) for row in rows if row.strip())
        self.out += [f"{self.indent}{' ' * STEP}{row[cut:]}" if row.strip() else "" for row in rows]
        return last + 1

    def _fenced(self, at: int, column: int, mark: str) -> int:
        """A fenced block, to its end or that of the item around it."""
        self.out.append(self.indent + self.lines[at].strip())
        self.paragraph = False
        close = re.compile(rf"[ \t]*{mark[0]}{{{len(mark)},}}[ \t]*$")
        for number in range(at + 1, len(self.lines)):
            row = self.lines[number]
            if mark in row and close.match(row):
                self.out.append(self.indent + row.strip())
                return number + 1
            if row.strip() and _column(row) < self.base:
                self.out += [self.indent + mark, ""]
                return number
            self.out.append(self.indent + _cut(row, column) if row.strip() else "")
        return len(self.lines)

    def _box(self, box: Box) -> int:
        title = box.title or self.titles.get(box.kind, "")
        quoted = f' "{title.replace(chr(34), chr(39))}"' if title else ""
        self._apart()
        self.out.append(f"{self.indent}{box.sign} {box.kind}{quoted}")
        inside = _Rewriter(box.lines, self.titles, self.depth + 1).run()
        self.out += ["", *(f"{self.indent}{' ' * STEP}{row}" if row else "" for row in inside), ""]
        self.paragraph = False
        return box.end

    def _item(self, line: str, column: int, mark: re.Match[str], *, closed: bool) -> None:
        if self.paragraph and not closed and (self.own or not self.columns):
            if mark["number"] not in (None, "1") or not line[mark.end() :].strip():
                self.out.append(self.indent + line.strip())
                return
            self._apart()
        rest, width = line[mark.end() :], _width(line, mark.end())
        sign = mark[0].strip()
        if rest and width - column - len(sign) > STEP:  # code that begins on the line of the sign
            width = column + len(sign) + 1
        task = _TASK.match(rest)
        rest = f"{'☐' if task['done'] == ' ' else '☑'} {rest[task.end() :]}" if task else rest
        start = f"{self.indent}{sign} " if rest else f"{self.indent}{sign}"
        self.columns.append(width if rest else column + len(sign) + 1)
        inner = _MARKER.match(rest) if rest and not _RULE.match(rest) else None
        if inner and rest[inner.end() :]:
            self.out.append(f"{start}{rest[: inner.end()].strip()} {rest[inner.end() :]}")
            self.columns.append(_width(line, len(line) - len(rest) + inner.end()))
        else:
            self.out.append(start + rest)
        self.paragraph, self.own = bool(rest), False

    def _text(self, at: int, line: str) -> None:
        bare = line.strip()
        if self.paragraph and self.own and "|" in bare and at + 1 < len(self.lines):
            following = self.lines[at + 1]
            if "-" in following and _DELIMITER.match(following) and "|" in following:
                self._apart()
        if _OPENS.match(bare) and not (self.paragraph and bare.startswith(":")):
            named = _UNTITLED.match(bare)
            title = self.titles.get(named["kind"], "") if named else ""
            self.out.append(f'{self.indent}{named["start"]} "{title}"' if named and title else self.indent + bare)
            self.columns.append(self.base + _offset(line, self.base) + STEP)
            self.paragraph = False
            return
        kept = line.rstrip("\t\r") if line.endswith("  ") else line.rstrip()
        self.out.append(self.indent + kept.lstrip(" \t"))
        ends = _ENDS.match(bare) is not None or _RULE.match(line) is not None
        self.own = not ends and (self.own or not self.paragraph)
        self.paragraph = not ends

    def _apart(self) -> None:
        if self.out and self.out[-1].strip():
            self.out.append("")
        self.paragraph = False


def _offset(line: str, base: int) -> int:
    return max(0, _column(line) - base)


def _column(line: str) -> int:
    blank = len(line) - len(line.lstrip(" \t"))
    return _width(line, blank) if "\t" in line else blank


def _width(line: str, end: int) -> int:
    return len(line[:end].expandtabs(STEP))


def _cut(line: str, columns: int) -> str:
    """A line without so many columns of the white space in front of it."""
    wide = line.expandtabs(STEP) if "\t" in line[: columns + 1] else line
    return wide[min(columns, len(wide) - len(wide.lstrip(" "))) :]
