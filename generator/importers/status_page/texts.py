"""Texts of other pages as Markdown that ours shows: their HTML becomes marks, and what no source may hold goes."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"(?i)<(/?)(abbr|a|big|br|b|code|div|em|font|h[1-6]|hr|i|li|ol|pre|p|small|span|strong|sub|sup|time|tt|ul|u|var)"
    r"((?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+))*)\s*/?>"
)
_HREF = re.compile(r"(?i)\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_LINK = re.compile(r"(?i)https?://|mailto:")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = {
    "b": "**",
    "strong": "**",
    "h1": "**",
    "h2": "**",
    "h3": "**",
    "h4": "**",
    "i": "*",
    "em": "*",
    "code": "`",
    "tt": "`",
}
_BLOCKS = frozenset({"div", "p", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})


def clean(text: object) -> str:
    """Text on several lines: one sort of line break, no control characters, no blanks around it."""
    if not isinstance(text, str):
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n").split("\n")
    return "\n".join(_CONTROL.sub("", line).rstrip() for line in lines).strip()


def one_line(text: object) -> str:
    """The same on one line, for titles and names."""
    return " ".join(clean(text).split())


def markdown(text: object) -> str:
    """A message whose HTML, where it has any, has become Markdown. Tags that nobody knows stay text."""
    found = clean(text)
    if _TAG.search(found):
        found = _without_tags(found)
        found = "\n".join(line.strip(" ") for line in found.split("\n"))
    if _ENTITY.search(found):
        found = clean(html.unescape(found))
    return re.sub(r"\n{3,}", "\n\n", found).strip()


def _without_tags(text: str) -> str:
    out: list[str] = []
    links: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        out.append(text[at : tag.start()])
        at = tag.end()
        out.append(_mark(bool(tag[1]), tag[2].lower(), tag[3], links))
    out.append(text[at:])
    out.extend(links[::-1])
    return "".join(out)


def _mark(closes: bool, name: str, attributes: str, links: list[str]) -> str:  # noqa: FBT001  # a mark has two sides
    if name == "a":
        if closes:
            return links.pop() if links else ""
        found = _HREF.search(attributes)
        address = html.unescape(next((each for each in found.groups() if each), "")).strip() if found else ""
        usable = bool(_LINK.match(address)) and not re.search(r"[\s()<>]", address)
        links.append(f"]({address})" if usable else "")
        return "[" if usable else ""
    before, after = ("", "\n\n") if closes else ("\n\n", "")
    block = name in _BLOCKS
    if name in ("br", "li"):
        return "" if closes else "\n- " if name == "li" else "\n"
    mark = _MARKS.get(name, "")
    return f"{'' if closes or not block else before}{mark}{after if closes and block else ''}"
