"""A file of HCL as blocks and attributes. Nothing is evaluated here: an attribute keeps the tree of its expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from generator.documents.stream import Comment, Node, Stream
from generator.errors import UsageError
from generator.findings import Finding, Ref, Span
from generator.importers.terraform.text import written
from generator.records import dataclass

if TYPE_CHECKING:
    from lark import Token, Tree

LIMIT = 4 << 20
"""How many bytes a file may have: the parser reads a hundred thousand a second."""
_CODE = "source/syntax"
_TOO_DEEP = "values are too deep inside each other"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name = …`, with the expression as the parser gives it."""

    name: str
    tree: Tree[Token]
    at: Node


@dataclass(slots=True)
class Block:
    """`resource "pagerduty_user" "alice" { … }`."""

    type: str
    labels: tuple[str, ...]
    at: Node
    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def inner(self, kind: str) -> Iterator[Block]:
        """The blocks of one type directly inside."""
        return (each for each in self.blocks if each.type == kind)


@dataclass(slots=True)
class File:
    """The blocks of a file, its comments, and what is wrong with it."""

    text: str
    stream: Stream
    blocks: list[Block] = field(default_factory=list)


def read_hcl(path: str, raw: bytes) -> File:
    """The blocks of a file. What cannot be read is among the findings.

    Raises UsageError where the library for it is not installed.
    """
    out = File("", Stream(path))
    if len(raw) > LIMIT:
        out.stream.findings.append(_finding(path, Span(), f"the file has more than the {LIMIT:,} bytes that are read"))
        return out
    try:
        out.text = raw.decode("utf-8").removeprefix("\ufeff")
        body = _parsed(path, out)
        if body is not None:
            _Walk(path, out).body(body, out)
    except UnicodeDecodeError:
        out.stream.findings.append(_finding(path, Span(), "the file is not text in UTF-8"))
    except RecursionError:
        out.blocks.clear()
        out.stream.findings.append(_finding(path, Span(), _TOO_DEEP))
    return out


def _parsed(path: str, out: File) -> Tree[Token] | None:
    try:
        import hcl2
        from lark.exceptions import UnexpectedInput
    except ImportError:
        raise UsageError(
            "reading .tf files takes the library python-hcl2", "pip install 'tocsin[pagerduty]', or save the API's JSON"
        ) from None
    try:
        found: Tree[Token] = hcl2.parses_to_tree(out.text)
    except UnexpectedInput as error:
        line, column = max(getattr(error, "line", 1), 1), max(getattr(error, "column", 1), 1)
        said = "this is no Terraform: something else is expected here"
        out.stream.findings.append(_finding(path, Span(line, column, line, column), said))
        return None
    return found.children[0]  # type: ignore[return-value]  # a file is one body


def _finding(path: str, span: Span, message: str) -> Finding:
    return Finding(Ref(path, span=span), message, "terraform validate says more", check=_CODE)


class _Walk:
    """From the parser's tree to blocks; comments are gathered on the way."""

    def __init__(self, path: str, out: File) -> None:
        self.path = path
        self.lines = out.text.split("\n")
        self.comments = out.stream.comments

    def body(self, tree: Any, into: Block | File) -> None:
        for child in tree.children:
            kind = getattr(child, "data", "")
            if kind == "attribute" and isinstance(into, Block):
                name = _name(child.children[0])
                into.attributes.setdefault(name, Attribute(name, child.children[-1], self.node(child, name)))
                self.inside(child)
            elif kind == "block":
                into.blocks.append(self.block(child))
            elif kind == "new_line_or_comment":
                self.gather(child)

    def block(self, tree: Any) -> Block:
        *names, body = [each for each in tree.children if hasattr(each, "data") and each.data != "new_line_or_comment"]
        kind, *labels = map(_name, names)
        out = Block(kind, tuple(labels), self.node(tree, kind))
        self.body(body, out)
        return out

    def node(self, tree: Any, text: str) -> Node:
        return Node(self.path, tree.meta.line, tree.meta.column, text)

    def inside(self, tree: Any) -> None:
        for found in tree.find_data("new_line_or_comment"):
            self.gather(found)

    def gather(self, tree: Any) -> None:
        for token in tree.children:
            said = str(token).strip()
            if said:
                alone = not self.lines[token.line - 1][: token.column - 1].strip()
                for number, line in enumerate(_lines(said)):
                    self.comments.append(Comment(token.line + number, token.column, line, alone or number > 0))
        self.comments.sort(key=lambda each: (each.line, each.column))


def _lines(said: str) -> list[str]:
    """A comment in the form of YAML's."""
    if said.startswith("/*"):
        inner = said.removeprefix("/*").removesuffix("*/").strip()
        return [f"# {line.strip().lstrip('*').strip()}".rstrip() for line in inner.splitlines()]
    return ["# " + re.sub(r"\A(?:#+|//+) ?", "", said)] if not said.startswith("# ") else [said]


def _name(tree: Any) -> str:
    """A type or label, in quotes or without."""
    if tree.data == "string":
        return "".join(written(str(part.children[0])) for part in tree.children if hasattr(part, "data"))
    return str(tree.children[0])
