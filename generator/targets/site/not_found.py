"""The page for addresses that lead nowhere: it says what addresses look like, and where to search."""

from __future__ import annotations

import html
import re

_HEADING = re.compile(rb"<h1>404 - Not found</h1>")


def helpful(page: bytes, base: str) -> bytes:
    """The theme's page with help in it. `base` is the path under which the site is served.

    Links here start at that path: the page answers for every address, however deep.
    """
    start = html.escape(f"{base.rstrip('/')}/", quote=True)
    text = (
        "<h1>There is no page here</h1>"
        '<p id="tocsin-not-found">The address of an alert is its name in lower case: '
        f"<code>{start}alerts/trwebhighlatency/</code>. A runbook that was renamed is found by searching.</p>"
        f'<ul><li><a href="{start}">Who is on call, and all that there is</a></li>'
        f'<li><a href="{start}alerts/">All alerts</a></li><li><a href="{start}runbooks/">All runbooks</a></li></ul>'
    )
    return _HEADING.sub(lambda _: text.encode(), page, count=1)
