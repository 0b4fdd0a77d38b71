"""Pages without the blank lines of the theme's templates, which are a sixth of them."""

from __future__ import annotations

import re

_ARTICLE = re.compile(rb"<article.*?</article>", re.DOTALL)
_BLANK = re.compile(rb"\s*\n\s*")


def lean(page: bytes) -> bytes:
    """The page; what it says (its article) stays as it is."""
    article = _ARTICLE.search(page)
    if article is None:
        return page
    return squeezed(page[: article.start()]) + article[0] + squeezed(page[article.end() :])


def squeezed(part: bytes) -> bytes:
    """A part of a page outside its article."""
    return _BLANK.sub(b"\n", part)
