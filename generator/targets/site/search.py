"""The index of the search: what pages say, section by section, taken from the finished pages.

The site builder's own makes it by parsing every page again, which takes as long as making the page; and it holds
tables and times of shifts, which nobody searches for and every phone would have to load.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.DOTALL)
_HEADING = re.compile(r'<h[1-6] id="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
_LEFT_OUT = re.compile(r'<a class="headerlink".*?</a>|<table.*?</table>|<figure.*?</figure>|<time.*?</time>', re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|mark|span|strong|sub|sup)(?=[\s>])[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 4000
"""Characters of a section that are found: a page has a title, and then says what it is about."""


def index(theirs: bytes, found: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """The site builder's index with our documents in it, in the order of the pages' paths."""
    data: dict[str, Any] = json.loads(theirs)
    data["docs"] = [document for path in sorted(found) for document in found[path]]
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


def documents(address: str, page: str) -> Iterator[Mapping[str, str]]:
    """A document a section: where it is, its heading, its text (HTML without elements)."""
    article = _ARTICLE.search(page)
    if article is not None:
        yield from sections(address, article[1])


def sections(address: str, text: str) -> Iterator[Mapping[str, str]]:
    """The same of what stands in the article."""
    _, *parts = _HEADING.split(_LEFT_OUT.sub("", text))
    for number in range(0, len(parts), 3):
        ident, title, text = parts[number : number + 3]
        place = f"#{ident}" if number else ""
        yield {"location": address + place, "title": _text(title), "text": _text(text)}


def _text(inside: str) -> str:
    """As the search shows it: escaped once, on one line, words of neighbouring elements apart."""
    words = html.unescape(_TAG.sub(" ", _INLINE.sub("", inside))).split()
    return html.escape(" ".join(words)[:_LONGEST].rstrip(), quote=False)
