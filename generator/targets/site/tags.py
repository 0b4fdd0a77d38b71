"""The raw HTML that may stand in what people write: a few tags inside a line, without attributes. The rest is text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

_PAIRS = "b|code|del|em|i|ins|kbd|mark|s|samp|small|strong|sub|sup|u|var"
_AS = {"b": "strong", "i": "em"}
NEEDS = {"tocsin-break": "<", "tocsin-pair": "</", "tocsin-anchor": "</a>"}
"""What each pattern cannot match without."""


class _Break(InlineProcessor):
    """`<br>`, in whatever way it is written, and `<wbr>`: here a word may go on in the next line."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        return Element(m[1].lower()), m.start(0), m.end(0)


class _Pair(InlineProcessor):
    """`<kbd>Ctrl</kbd>`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        name = m[1].lower()
        element = Element(_AS.get(name, name))
        element.text = m[2]
        return element, m.start(0), m.end(0)


class _Anchor(InlineProcessor):
    """`<a name="x"></a>`: a place to link to, which headings of ours are already."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        return "", m.start(0), m.end(0)


def install(md: Markdown) -> None:
    """Registers the patterns, behind code (190) and escapes (180) and before emphasis (60)."""
    md.inlinePatterns.register(_Anchor(r'<a (?:name|id)="[^"<>]{0,100}">\s?</a>', md), "tocsin-anchor", 93)
    md.inlinePatterns.register(_Break(r"<(w?br) ?/?>", md), "tocsin-break", 92)
    md.inlinePatterns.register(_Pair(rf"<({_PAIRS})>([^<>]{{0,300}})</\1>", md), "tocsin-pair", 91)
