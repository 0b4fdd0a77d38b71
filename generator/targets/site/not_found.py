"""The page for addresses that lead nowhere: it says what addresses look like, and where to search."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_HEADING = re.compile(rb"<h1>404 - [^<]*</h1>")


def helpful(page: bytes, base: str, say: Callable[[str], str]) -> bytes:
    """The theme's page with help in it. `base` is the path under which the site is served, `say` its language.

    Links here start at that path: the page answers for every address, however deep.
    """
    start = html.escape(f"{base.rstrip('/')}/", quote=True)
    links = {
        "": say("Who is on call, and all that there is"),
        "alerts/": say("All alerts"),
        "runbooks/": say("All runbooks"),
    }
    items = "".join(f'<li><a href="{start}{path}">{html.escape(text)}</a></li>' for path, text in links.items())
    text = (
        f"<h1>{html.escape(say('There is no page here'))}</h1>"
        f'<p id="tocsin-not-found">{html.escape(say("The address of an alert is its name in lower case:"))} '
        f"<code>{start}alerts/trwebhighlatency/</code>. "
        f"{html.escape(say('A runbook that was renamed is found by searching.'))}</p><ul>{items}</ul>"
    )
    return _HEADING.sub(lambda _: text.encode(), page, count=1)
