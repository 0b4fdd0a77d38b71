"""Markdown of messages to HTML: people's text, never their markup, and no request to anybody.

No HTML, no pictures, no headings (the page has its own); links lead to the web, to a mailbox or within the page's site.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markupsafe import Markup

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ROOT = "\0"
"""No message has this character: CommonMark replaces it."""
_ALLOWED = ("https://", "http://", "mailto:")


def to_html(text: str, root: str) -> Markup:
    """The message as HTML; relative links in it start at the root of the site, to which `root` leads."""
    from markupsafe import Markup

    return Markup(_rendered(text).replace(_ROOT, root or "./"))  # noqa: S704  # the renderer has escaped people's text


@cache
def _rendered(text: str) -> str:
    """The HTML for any page: `_ROOT` stands where a relative link begins."""
    renderer = _renderer()
    tokens = renderer.parse(text)
    for token in tokens:
        for child in token.children or ():
            _mark(child)
    rendered: str = renderer.renderer.render(tokens, renderer.options, {})
    return rendered


def _mark(token: Token) -> None:
    href = token.attrGet("href") if token.type == "link_open" else None
    if isinstance(href, str) and not _SCHEME.match(href):
        token.attrSet("href", _ROOT + href.lstrip("/"))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False})
    renderer.disable(["image", "heading", "lheading", "html_block", "html_inline"])
    renderer.validateLink = is_allowed  # type: ignore[method-assign,assignment]  # its own way to say which links are allowed
    return renderer


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: http(s), mailto, or a path of this site (`//host` is none)."""
    address = address.strip()
    if _SCHEME.match(address):
        return address.lower().startswith(_ALLOWED)
    return not address.startswith(("//", "/\\", "\\"))
