"""The site's Markdown: an extension of Python-Markdown that makes people's text harmless.

mkdocs.yml names it by this module's path. It takes raw HTML for text, but for a few tags, and drops HTML comments; a
link to a scheme that could run something, and every picture, becomes text or a plain link: a page asks no other host
for anything.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from generator.targets.site import charts, inline, tags
from generator.targets.site.pictures import SHOWN

NOWHERE = "nowhere:"
"""Stands before the target of a link that leads to no page of the site (see `links`)."""

_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ESCAPED = re.compile("\x02([0-9]+)\x03")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IGNORED_BY_BROWSERS = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_TIME = r"\{time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z) ([\w .:-]{1,40})\}"
_PARAMETER = r"\{parameter ([a-z][a-z0-9_]*) ([A-Za-z0-9._~%-]*)(?: ([A-Za-z0-9._~%-]*))?\}"


def is_allowed(address: str) -> bool:
    """Whether a link may lead there, as a browser would read the address."""
    read = _ESCAPED.sub(lambda match: chr(int(match[1])), address.replace(AMP_SUBSTITUTE, "&"))
    scheme = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", html.unescape(read)))
    return scheme is None or scheme[1].lower() in _ALLOWED


class _Comments(Preprocessor):
    """Drops comments that begin a line. Fenced code is out of the way by then."""

    def run(self, lines: list[str]) -> list[str]:
        text, kept, position = "\n".join(lines), [], 0
        for match in re.finditer(r"^ {0,3}<!--", text, re.MULTILINE):
            end = text.find("-->", match.end())
            if match.start() >= position and end >= 0:
                kept.append(text[position : match.start()])
                position = end + len("-->")
            elif end < 0:
                break
        return "".join([*kept, text[position:]]).split("\n")


class _Charts(Preprocessor):
    """Draws the blocks that carry a chart, before they are taken for code; one that is none stays code."""

    _BLOCK = re.compile(rf"^``` {charts.LANGUAGE}\n(.*)\n```$", re.MULTILINE)

    def run(self, lines: list[str]) -> list[str]:
        return self._BLOCK.sub(self._drawn, "\n".join(lines)).split("\n")

    def _drawn(self, match: re.Match[str]) -> str:
        drawing = charts.drawn(match[1])
        return match[0] if drawing is None else self.md.htmlStash.store(drawing)


# Names and arguments of the methods below are the library's.


class _Comment(InlineProcessor):
    """Drops a comment inside a line."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        return "", m.start(0), m.end(0)


class _Time(InlineProcessor):
    """`{time 2026-11-26T12:00:00Z Thu 26 Nov 09:00}`: an instant and how it is shown, for the page's script."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        element = Element("time", {"datetime": m[1]})
        element.text = m[2]
        return element, m.start(0), m.end(0)


class _Parameter(InlineProcessor):
    """`{parameter namespace default}`: a placeholder of the page's commands and its default, for the page's script."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        default = _UNSHOWN.sub("\ufffd", unquote(m[2], errors="replace"))
        element = Element("span", {"class": "tocsin-parameter", "data-name": m[1], "data-default": default})
        SubElement(element, "code").text = AtomicString(f"${m[1].upper()}")
        SubElement(element, "span").text = AtomicString(_UNSHOWN.sub("\ufffd", unquote(m[3] or "", errors="replace")))
        return element, m.start(0), m.end(0)


class _Harmless(Treeprocessor):
    """Judges links and pictures, whatever syntax made them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name in element.attrib if name.lower().startswith("on") or name == "style"]:
                if element.tag not in {"th", "td"}:  # the alignment of a table's columns
                    del element.attrib[name]
            if element.tag == "img":
                _no_picture(element)
            if element.tag == "a" and not is_allowed(element.get("href", "")):
                _no_link(element)


def _no_picture(element: Element) -> None:
    """A picture of ours stays one; any other becomes a link to it under its description."""
    address, description = element.get("src", ""), element.get("alt", "")
    element.attrib.clear()
    if SHOWN.fullmatch(address):
        element.attrib.update({"src": address, "alt": description, "loading": "lazy"})
        return
    element.tag = "a"
    element.set("href", address)
    element.text = description or address


def _no_link(element: Element) -> None:
    target = element.get("href", "")
    element.attrib.clear()
    element.tag = "span"
    if target.startswith(NOWHERE):
        element.set("class", "nowhere")


class HarmlessExtension(Extension):
    """Registers the above in place of raw HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Called by the library."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(_Charts(md), "tocsin-charts", 26)  # before blocks of code (25)
        md.preprocessors.register(_Comments(md), "tocsin-comments", 20)
        md.inlinePatterns.register(_Comment(r"<!--.*?-->", md), "tocsin-comment", 90)
        md.inlinePatterns.register(_Time(_TIME, md), "tocsin-time", 170)
        md.inlinePatterns.register(_Parameter(_PARAMETER, md), "tocsin-parameter", 171)
        # Numbers go on behind a block of code between two steps, and lists of two kinds are two lists.
        md.parser.blockprocessors.register(SaneOListProcessor(md.parser), "olist", 40)
        md.parser.blockprocessors.register(SaneUListProcessor(md.parser), "ulist", 30)
        tags.install(md)
        inline.install(md)
        # After the inline patterns (20) and the table of contents (5), before MkDocs turns paths into addresses (0).
        md.treeprocessors.register(_Harmless(md), "tocsin-harmless", 3)


def makeExtension(**options: object) -> HarmlessExtension:  # noqa: N802  # the name that the library looks for
    """The extension, for Python-Markdown."""
    return HarmlessExtension(**options)
