"""Pages as they were made last in this process: while `tocsin serve` runs, a page whose text stays is not made again.

They are kept in memory alone. A folder of them beside the sources would come with a checkout, and with it whatever
somebody put into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and what the search finds on it."""

    page: bytes
    found: Sequence[Mapping[str, str]]


_LAST: dict[str, tuple[bytes, Made]] = {}
"""Path of a page's Markdown → what it was made from, and the page."""


def key(frame: bytes, text: str) -> bytes:
    """What a page is made from: its own text, and a `frame` that all of them share."""
    return sha256(frame + b"\0" + text.encode("utf-8", "surrogatepass")).digest()


def unchanged(keys: Mapping[str, bytes]) -> dict[str, Made]:
    """Path → page, of those that were made from the same."""
    return {path: _LAST[path][1] for path, made_from in keys.items() if path in _LAST and _LAST[path][0] == made_from}


def keep(keys: Mapping[str, bytes], pages: Mapping[str, Made]) -> None:
    """In place of what was kept before."""
    _LAST.clear()
    _LAST.update({path: (made_from, pages[path]) for path, made_from in keys.items() if path in pages})
