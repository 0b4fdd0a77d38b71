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
    before, after = page[: article.start()], page[article.end() :]
    return _BLANK.sub(b"\n", before) + article[0] + _BLANK.sub(b"\n", after)
