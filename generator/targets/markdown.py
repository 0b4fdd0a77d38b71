"""Markdown of generated pages: whatever a text from the sources holds comes out as that text.

The site's Markdown knows no raw HTML (`site.extension`), so characters become entities where they could mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

# What could start markup anywhere in a line. A point, a hyphen, a bracket and a colon do so only in some places.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|&~^=$@\"']|\A-|(?<=[0-9])[.](?=\s)|(?<=www)\.|:(?=//)", re.IGNORECASE)
_WORDS = re.compile("[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
"""What means nothing anywhere; most texts are such."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_LANGUAGE = re.compile(r"[^a-z0-9_+-]")


def plain(text: str) -> str:
    """The text on one line; what no page can show becomes a replacement character."""
    return " ".join(_CONTROL.sub("\ufffd", text).split())


def escape(text: str) -> str:
    """The text on one line, as text: for paragraphs, headings, cells of tables and titles of boxes."""
    if _WORDS.fullmatch(text):
        return text
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", plain(text))


def code(text: str) -> str:
    """The text on one line in the style of code; without that style where it holds what ends or splits a code span."""
    shown = plain(text)
    return f"`{shown}`" if shown and not re.search(r"[`|\\]", shown) else escape(text)


def fence(text: str, language: str = "") -> str:
    """A block of code with its lines as they are."""
    lines = [_CONTROL.sub("\ufffd", line) for line in text.splitlines()]
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([f"{ticks} {_LANGUAGE.sub('', language.lower())}".rstrip(), *lines, ticks])


def link(text: str, target: str) -> str:
    """A link; `text` is text, `target` a relative path or an address."""
    return f"[{escape(text) or '…'}](<{quote(target, safe='/:?#&=@%+,;~.-_!$')}>)"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown cells, each on one line; empty without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(header)} |", "|" + " --- |" * len(header), *lines]) if lines else ""


def bullets(items: Iterable[str]) -> str:
    """A list; each item is Markdown on one line."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """A numbered list; each item is Markdown on one line."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def box(kind: str, title: str, *blocks: str) -> str:
    """A box (an admonition) with a title, which is text."""
    return _box("!!!", kind, title, blocks)


def folded(kind: str, title: str, *blocks: str) -> str:
    """A box that shows its title until somebody opens it."""
    return _box("???", kind, title, blocks)


def _box(sign: str, kind: str, title: str, blocks: Iterable[str]) -> str:
    inside = "\n\n".join(block for block in blocks if block)
    lines = (f"    {line}" if line else "" for line in inside.splitlines())
    return "\n".join([f'{sign} {kind} "{escape(title)}"', "", *lines])


def page(*blocks: str) -> str:
    """Blocks below each other; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block)
