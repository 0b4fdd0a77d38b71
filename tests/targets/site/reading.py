"""Markdown as the site's library renders it, read back by a parser of other people's."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown as library
from hypothesis import strategies as st

EXTENSIONS = (
    "admonition",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "generator.targets.site.extension",
)
PIECES = (
    *("`", "``", "*", "_", "|", "<b>", "<!--", "-->", "[x](y)", "]", "\\", "#", "!!! note", "&amp;", "\n", "    "),
    *("1. ", "- ", "{time 2026-01-01T00:00:00Z x}", "https://a.b", "a@b.c", "~~~", "```", "\x02", "\x03", '"', "==="),
    *("---", "a", " "),
)
TEXT = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


class Seen(HTMLParser):
    """What a reader sees, and the elements that it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.links = "", [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def rendered_html(text: str) -> str:
    """As the site renders it."""
    return library.markdown(text, extensions=list(EXTENSIONS))


def seen(text: str) -> Seen:
    """What a reader of the page sees."""
    reader = Seen()
    reader.feed(rendered_html(text))
    reader.close()
    return reader


def flat(text: str) -> str:
    """Without regard to how its space is made."""
    return " ".join(text.split())
