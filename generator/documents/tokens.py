"""From markdown-it's tokens to the parts of a body. Imported only where somebody looks at a body."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.documents.markdown import Cell, CodeBlock, Heading, Link, Markdown, Section, Step, Table
from generator.documents.slugs import Slugs, slugify
from generator.findings import Span

BREAK = re.compile(r"\r\n?|\n")
PREFIX = re.compile(r"[ \t>]*")
MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\|)")


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark with tables; link targets stay as written, whatever they are: checks judge them."""
    made = MarkdownIt("commonmark").enable("table")
    made.normalizeLink = str  # type: ignore[assignment,method-assign]
    made.validateLink = bool  # type: ignore[assignment,method-assign]
    return made


def read_tokens(body: str, body_line: int) -> Markdown:
    """The parts of a body that starts on that line of its file."""
    return _Reader(body, body_line).read()


class _Reader:
    """One pass over the tokens of a body."""

    def __init__(self, body: str, body_line: int) -> None:
        self.lines = BREAK.split(body)
        self.first = body_line
        self.tokens = parser().parse(body)
        self.headings: list[Heading] = []
        self.heights: dict[int, int] = {}
        """How many lines the heading on a line takes: one with `#`, more when it is underlined."""
        self.slugs = Slugs()
        self.code_blocks: list[CodeBlock] = []
        self.tables: list[Table] = []
        self.links: list[Link] = []
        self.steps: list[Step] = []
        self.open_steps: list[int] = []
        self.loose: int | None = None
        """The step whose list has just ended: code right after it still belongs to it."""

    def read(self) -> Markdown:
        for index, token in enumerate(self.tokens):
            self.see(index, token)
        parts = (self.headings, self.code_blocks, self.tables, self.links, self.sections(), self.steps)
        return Markdown(*map(tuple, parts))  # type: ignore[arg-type]

    def see(self, index: int, token: Token) -> None:
        if token.type in ("fence", "code_block"):
            self.code(token)
            return
        if token.type == "list_item_close" and token.markup in ".)":
            self.loose = self.open_steps.pop()
        elif token.type != "ordered_list_close":
            self.loose = None
        if token.type == "heading_open":
            self.heading(token, self.tokens[index + 1])
        elif token.type == "table_open":
            self.tables.append(self.table(index))
        elif token.type == "list_item_open" and token.markup in ".)":
            self.step(index, token)
        elif token.type == "inline":
            self.links.extend(self.links_in(token))

    @property
    def section(self) -> str:
        return self.headings[-1].text if self.headings else ""

    def line(self, token: Token) -> int:
        """The line of the file on which the token starts."""
        return self.first + (token.map[0] if token.map else 0)

    def heading(self, token: Token, inline: Token) -> None:
        text = plain(inline.children or ())
        slug = self.slugs.make(slugify(text))
        self.heights[self.line(token)] = token.map[1] - token.map[0] if token.map else 1
        self.headings.append(Heading(int(token.tag[1:]), text, self.line(token), slug))

    def code(self, token: Token) -> None:
        language = token.info.split()[0].strip("{}").removeprefix(".") if token.info.split() else ""
        line = self.line(token) + (token.type == "fence")
        block = CodeBlock(language, token.content, line, self.section)
        self.code_blocks.append(block)
        for index in self.open_steps or ([self.loose] if self.loose is not None else []):
            step = self.steps[index]
            self.steps[index] = replace(step, code_blocks=(*step.code_blocks, block))

    def step(self, index: int, token: Token) -> None:
        self.open_steps.append(len(self.steps))
        own = (each for each in self.inside(index) if each.type == "inline" and each.level == token.level + 2)
        texts = [plain(each.children or ()) for each in own]
        number = int(token.info) if token.info.isdigit() else 0
        self.steps.append(Step(number, " ".join(texts), self.line(token), (), self.section))

    def inside(self, index: int) -> Iterator[Token]:
        """The tokens between an opening token and its end."""
        opening = self.tokens[index]
        for number in range(index + 1, len(self.tokens)):
            token = self.tokens[number]
            if token.level == opening.level and token.nesting == -1:
                return
            yield token

    def table(self, index: int) -> Table:
        rows = list(self.rows(index))
        columns = tuple(cell.text for cell in rows[0])
        return Table(columns, tuple(rows[1:]), self.line(self.tokens[index]), self.section, rows[0])

    def rows(self, index: int) -> Iterator[tuple[Cell, ...]]:
        row: list[Token] = []
        for token in self.inside(index):
            if token.type == "inline":
                row.append(token)
            elif token.type == "tr_close":
                yield self.cells(row)
                row = []

    def cells(self, row: Sequence[Token]) -> tuple[Cell, ...]:
        line = self.line(row[0])
        source = self.lines[line - self.first]
        stretches = split_row(source)
        out = []
        for number, token in enumerate(row):
            start, end = stretches[number] if number < len(stretches) else (len(source), len(source))
            span = Span(line, start + 1, line, end + 1)
            out.append(Cell(plain(token.children or ()), span, source[start:end]))
        return tuple(out)

    def links_in(self, inline: Token) -> Iterator[Link]:
        line = self.line(inline)
        children = inline.children or []
        for index, token in enumerate(children):
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "link_open":
                close = next(n for n in range(index, len(children)) if children[n].type == "link_close")
                yield Link(str(token.attrs.get("href", "")), line, plain(children[index + 1 : close]))
            elif token.type == "image":
                yield Link(str(token.attrs.get("src", "")), line, token.content, image=True)

    def sections(self) -> list[Section]:
        starts: list[Heading | None] = [*self.headings]
        if not self.headings or self.headings[0].line > self.first:
            starts.insert(0, None)
        out = []
        for number, heading in enumerate(starts):
            line = heading.line if heading else self.first
            following = starts[number + 1] if number + 1 < len(starts) else None
            end = following.line - self.first if following else len(self.lines)
            text = "\n".join(self.lines[line - self.first + (self.heights[line] if heading else 0) : end]).strip("\n")
            if heading or text.strip():
                out.append(Section(heading, line, text))
        return out


def plain(children: Sequence[Token]) -> str:
    """Text without its markup."""
    out = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            out.append(token.content)
        elif token.type == "image":
            out.append(plain(token.children or ()))
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            out.append(" ")
    return "".join(out).strip()


def split_row(line: str) -> list[tuple[int, int]]:
    """Where the cells of a table's line stand, blanks around them left out; an escaped pipe splits nothing."""
    found = PREFIX.match(line)
    start = found.end() if found else 0
    if marker := MARKER.match(line, start):
        start = marker.end()
    end = len(line.rstrip())
    start += line.startswith("|", start)
    pipes = [n for n in range(start, end) if line[n] == "|" and (n == 0 or line[n - 1] != "\\")]
    if pipes and pipes[-1] == end - 1:
        end = pipes.pop()
    return [trim(line, *ends) for ends in zip([start, *(n + 1 for n in pipes)], [*pipes, end], strict=True)]


def trim(line: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks at its ends; of nothing but blanks, its start after one blank."""
    text = line[start:end]
    if not text.strip():
        return min(start + 1, end), min(start + 1, end)
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())
