"""Bytes to a document. Nothing here raises: what cannot be read becomes a finding."""

from __future__ import annotations

from generator.documents import frontmatter, yaml
from generator.documents.document import Document
from generator.documents.errors import Unreadable, forbidden, position
from generator.documents.suppressions import suppressions
from generator.findings import Finding, Span

LIMIT = 1 << 20
"""How many bytes a source may have."""


def read_document(path: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """The document at `path` (`.md` is Markdown, all else YAML), and what is wrong with it (`source/…`).

    None where nothing in it can be trusted; with smaller faults (a duplicate key) document and findings come together.
    """
    try:
        text = decode(raw)
        return read_markdown(path, text) if path.endswith(".md") else read_yaml(path, text)
    except Unreadable as reason:
        return None, [reason.finding(path)]


def decode(raw: bytes) -> str:
    """The text of a file, without a byte order mark."""
    if len(raw) > LIMIT:
        message = f"the file has {len(raw):,} bytes; at most {LIMIT:,} are read"
        raise Unreadable("source/too-large", Span(), message, "split it into several files")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise not_utf8(raw, error.start) from None
    if not text.strip():
        raise Unreadable("source/empty", Span(), "the file is empty", "write its content, or remove it")
    if bad := forbidden(text):
        raise bad
    return text


def not_utf8(raw: bytes, start: int) -> Unreadable:
    """The finding at the first byte that is not UTF-8."""
    before = raw[:start].decode("utf-8").removeprefix("\ufeff")
    line, column = position(before, len(before))
    hint = "save the file as UTF-8"
    where = Span(line, column, line, column + 1)
    return Unreadable("source/encoding", where, f"byte 0x{raw[start]:02x} is not UTF-8 text", hint)


def read_yaml(path: str, text: str) -> tuple[Document | None, list[Finding]]:
    """The document of a YAML file."""
    loaded = yaml.load(path, text)
    if loaded.data is None:
        for each in loaded.findings:  # what there is stands in a second document
            raise Unreadable(each.check, each.where.span or Span(), each.message, each.hint)
        raise Unreadable("source/empty", Span(), "the file holds only comments", "write its content, or remove it")
    found, faults = suppressions(path, text, text)
    document = Document(path, text, loaded.data, suppressions=found, flow_nulls=tuple(loaded.flow_nulls))
    return document, [*loaded.findings, *faults]


def read_markdown(path: str, text: str) -> tuple[Document | None, list[Finding]]:
    """The document of a Markdown file: its front matter is the data."""
    parts = frontmatter.split(text)
    loaded = yaml.load(path, parts.front)
    data = {} if loaded.data is None else loaded.data
    if not isinstance(data, dict):
        message = f"front matter is {yaml.kind_of(data)}; keys and values are expected"
        raise Unreadable("source/front-matter", Span(1, 1, 1, 4), message, "write 'key: value' lines, or remove it")
    found, faults = suppressions(path, text, parts.front)
    nulls = tuple(loaded.flow_nulls)
    document = Document(path, text, data, parts.body, parts.body_line, suppressions=found, flow_nulls=nulls)
    return document, [*loaded.findings, *faults]
