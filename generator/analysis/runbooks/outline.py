"""The outline of a runbook: headings, blocks of code, numbered steps, warnings and links, by lines of the file.

It reads lines where `Document.markdown` parses: a thousand runbooks take a tenth of the time, and `check` looks at all
of them in every run. It knows the admonitions of MkDocs, Hugo, Docusaurus and GitHub, which CommonMark does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import cache, cached_property

from generator.analysis.memo import once_a_catalog
from generator.analysis.runbooks.indented import indented, may_have
from generator.analysis.runbooks.plain import plain
from generator.catalog import Catalog
from generator.documents.slugs import Slugs, slugify
from generator.records import dataclass

_MARK = re.compile(
    r"^(?P<lead>[ \t>]*)(?:"
    r"(?P<hashes>\#{1,6})(?P<title>[ \t][^\n]*)?$"
    r"|(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$"
    r"|(?:[-*+][ \t]+)*(?P<number>\d{1,9})[.)][ \t]+(?P<said>\S[^\n]*)"
    r"|(?P<comment><!--)"
    r"|(?P<rule>=+|-+)[ \t]*$)",
    re.MULTILINE,
)
_LIST_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_WORDS = (
    r"warning|warn|danger|caution|attention|important|critical|beware|be careful|destructive|data loss"
    r"|advertencia|aviso|peligro|precauci[oó]n|cuidado|atenci[oó]n|importante|destructiv[oa]|p[eé]rdida de datos"
)
_WARNING = re.compile(
    r"^[ \t]{0,40}(?:"
    rf"(?:!!!|\?\?\?\+?)[ \t]+(?:{_WORDS}|bug|failure|error)\b"
    rf"|(?:>[ \t]?){{1,8}}[^\n]{{0,300}}?(?:\b(?:{_WORDS})\b|[⚠🚨☠🛑❗])"
    rf"|:::+[ \t]?\{{?(?:{_WORDS})\b"
    rf"|\.\.[ \t]+(?:{_WORDS})::"
    rf"|\{{\{{[<%][ \t]*(?:hint|alert|notice|callout|admonition|warning|danger|caution)\b"
    rf"|<(?:div|p|aside)\b[^>\n]{{0,200}}\b(?:{_WORDS})\b"
    rf"|(?:[-*+][ \t]+|\d{{1,9}}[.)][ \t]+)?(?:\*\*|__|\*|_)?[⚠🚨☠🛑❗\ufe0f \t]{{0,8}}(?:\*\*|__|\*|_)?"
    rf"(?:{_WORDS})[ \t]*(?:[:!]|\*\*|__)"
    r"|(?:[-*+][ \t]+)?(?:\*\*|__)?[⚠🚨☠🛑❗]"
    r")",
    re.MULTILINE | re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[^,{:]*")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading, its text without markup, on a line of the file."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code. `line` is the line of its first text, `column` what is cut off in front of each line."""

    language: str
    text: str
    line: int
    column: int
    end: int
    """The line behind its closing fence, or behind its last text where it has none."""
    fenced: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a numbered list; `end` is the line behind it. `depth` counts the columns in front of its number."""

    number: int
    text: str
    line: int
    depth: int
    end: int = 0


@dataclass(slots=True)
class _Found:
    titles: list[Title] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """What stands where in one Markdown file; all lines are lines of the file."""

    lines: tuple[str, ...]
    first: int
    titles: tuple[Title, ...]
    blocks: tuple[Block, ...]
    items: tuple[Item, ...]
    hidden: tuple[tuple[int, int], ...]
    """Lines that are comments."""

    @property
    def last(self) -> int:
        """The line behind the last one."""
        return self.first + len(self.lines)

    def end_of(self, title: Title) -> int:
        """The line behind a section: where the next heading of its level, or of a higher one, stands."""
        later = (each.line for each in self.titles if each.line > title.line and each.level <= title.level)
        return next(later, self.last)

    def above(self, line: int) -> tuple[Title, ...]:
        """The headings that a line stands under, outermost first."""
        found: list[Title] = []
        for title in self.titles:
            if title.line > line:
                break
            found = [*(each for each in found if each.level < title.level), title]
        return tuple(found)

    def item_of(self, line: int) -> Item | None:
        """The outermost step that a line belongs to."""
        number = bisect_right(self._starts, line) - 1
        return self._outermost[number] if number >= 0 and line < self._outermost[number].end else None

    @cached_property
    def _outermost(self) -> list[Item]:
        found: list[Item] = []
        for item in self.items:
            if not found or item.line >= found[-1].end:
                found.append(item)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [item.line for item in self._outermost]

    def prose(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """(line, text) of what is neither a block of code nor a comment, from a line until before another."""
        for line in range(max(start, self.first), min(end, self.last)):
            if line - self.first not in self._silent:
                yield line, self.lines[line - self.first]

    @cached_property
    def _silent(self) -> frozenset[int]:
        return frozenset(line - self.first for line in _covered(self.hidden, self.blocks))

    @cached_property
    def warnings(self) -> tuple[int, ...]:
        """The lines on which a warning begins."""
        text, found = "\n".join(self.lines), []
        at, line = 0, self.first
        for match in _WARNING.finditer(text):
            line, at = line + text.count("\n", at, match.start()), match.start()
            if line - self.first not in self._silent:
                found.append(line)
        return tuple(found)

    @cached_property
    def anchors(self) -> dict[str, Title]:
        """The anchors that the site gives the headings."""
        slugs = Slugs()
        return {slugs.make(slugify(title.text)): title for title in self.titles}


@once_a_catalog
def outline(catalog: Catalog, path: str) -> Outline:
    """The outline of a Markdown source."""
    document = catalog.documents[path]
    return read_outline(document.body, document.body_line)


def read_outline(body: str, first: int) -> Outline:
    """The outline of a text whose first line is that line of its file."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    found, lines = _read(text, first), tuple(text.split("\n"))
    _add_indented(found, text, lines, first)
    items = _ended(found.items, found.titles, first + len(lines))
    return Outline(lines, first, tuple(found.titles), tuple(found.blocks), tuple(items), tuple(found.hidden))


def _read(text: str, first: int) -> _Found:
    found, at, line, behind = _Found(), 0, first, 0
    while match := _MARK.search(text, at):
        line, behind = line + text.count("\n", behind, match.start()), match.start()
        at = match.end() + 1
        lead = match["lead"]
        depth = len(lead.expandtabs(4)) if "\t" in lead else len(lead)
        if match["hashes"]:
            if depth <= 3 and ">" not in lead:
                found.titles.append(Title(len(match["hashes"]), _titled(match["title"] or ""), line))
        elif match["fence"]:
            at = _block(text, match, line, found)
        elif match["number"]:
            if fence := _LIST_FENCE.match(match["said"]):
                at = _block(text, fence, line, found, match.end())
            found.items.append(Item(int(match["number"]), plain(match["said"]), line, depth))
        elif match["comment"]:
            end = text.find("-->", match.end())
            at = len(text) if end < 0 else end + 3
            found.hidden.append((line, line + text.count("\n", match.start(), at) + 1))
        elif above := _underlined(text, match):
            found.titles.append(Title(1 if match["rule"][0] == "=" else 2, plain(above), line - 1))
        if at > len(text):
            break
    return found


def _covered(hidden: Iterable[tuple[int, int]], blocks: Iterable[Block]) -> Iterator[int]:
    """The lines that are comments, code, or fences around it."""
    for start, end in (*hidden, *((each.line - each.fenced, each.end) for each in blocks)):
        yield from range(start, end)


def _add_indented(found: _Found, text: str, lines: tuple[str, ...], first: int) -> None:
    """Adds the blocks that have no fence; numbers inside them are no steps."""
    if not may_have(text):
        return
    silent = {line - first for line in _covered(found.hidden, found.blocks)}
    spans = list(indented(lines, silent))
    if not spans:
        return
    for start, end in spans:
        rows = lines[start:end]
        column = min(len(row) - len(row.lstrip(" \t")) for row in rows if row.strip())
        inside = "\n".join(row[column:].rstrip() for row in rows)
        found.blocks.append(Block("", inside, first + start, column, first + end, fenced=False))
    found.blocks.sort(key=lambda block: block.line)
    code = {first + line for start, end in spans for line in range(start, end)}
    found.items[:] = [item for item in found.items if item.line not in code]


def _titled(text: str) -> str:
    """The text of a heading, without the hashes that may close it."""
    bare = text.rstrip()
    open_end = bare.rstrip("#")
    return plain(open_end if open_end[-1:] in ("", " ", "\t") else bare)


def _block(text: str, match: re.Match[str], line: int, found: _Found, start: int | None = None) -> int:
    """Adds the block that a fence opens, and gives where it ends; one that is never closed goes on to the end."""
    start = match.end() if start is None else start
    mark = match["fence"]
    close = _closing(mark).search(text, start + 1)
    stop, after = (len(text), len(text)) if close is None else (close.start(), close.end())
    inside = text[start + 1 : stop].removesuffix("\n")
    rows = inside.split("\n") if inside else []
    leads = [len(row) - len(rest) for row in rows if (rest := row.lstrip(" \t>"))]
    column = min(leads) if leads else 0
    info = match["info"].strip().strip("{}").removeprefix(".").split()
    block = Block(
        _LANGUAGE.match(info[0])[0].lower() if info else "",  # type: ignore[index]  # it matches everything
        "\n".join(row[column:] for row in rows),
        line + 1,
        column,
        line + 1 + len(rows) + (close is not None),
    )
    found.blocks.append(block)
    return after


@cache
def _closing(mark: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE)


def _underlined(text: str, match: re.Match[str]) -> str:
    """The heading that a line of `=` or `-` underlines; empty where it is a rule, or closes a table or front matter."""
    above = text[text.rfind("\n", 0, max(0, match.start() - 1)) + 1 : max(0, match.start() - 1)]
    if len(match["lead"].expandtabs(4)) > 3 or ">" in match["lead"]:
        return ""
    return "" if not above.strip() or re.match(r"\s{4}|[ ]{0,3}(?:[-*+>#|]|\d+[.)]\s|```|~~~)", above) else above


def _ended(items: list[Item], titles: list[Title], last: int) -> list[Item]:
    """Each item with its end: the next item that is not inside it, or the next heading."""
    ended, heading = list(items), [title.line for title in titles]
    ends: list[Item] = []
    for number in reversed(range(len(items))):
        item = items[number]
        while heading and heading[-1] > item.line:
            last = heading.pop()
            ends.clear()  # no item reaches over a heading
        while ends and ends[-1].depth > item.depth:
            ends.pop()
        ended[number] = replace(item, end=ends[-1].line if ends else last)
        ends.append(item)
    return ended
