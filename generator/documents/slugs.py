"""The anchors that MkDocs gives the headings of a page."""

from __future__ import annotations

import re
import unicodedata


def slugify(text: str) -> str:
    """The anchor that MkDocs gives a heading (Python-Markdown's `toc` and its own rule)."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


class Slugs:
    """The anchors of one page, each there once: a second `a` becomes `a_1`, as Python-Markdown does it."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.numbers: dict[str, int] = {}
        """The number from which on the search for a free one starts; all below are taken."""

    def make(self, slug: str) -> str:
        """The slug, or the slug with the first free number."""
        if not slug or slug in self.taken:
            slug = self.numbered(slug)
        self.taken.add(slug)
        return slug

    def numbered(self, slug: str) -> str:
        """The slug with the first free number; a number that it has already is counted on."""
        found = re.fullmatch(r"(.*)_(\d+)", slug)
        base = found[1] if found else slug
        number = max(self.numbers.get(base, 1), int(found[2]) + 1) if found else self.numbers.get(base, 1)
        while f"{base}_{number}" in self.taken:
            number += 1
        if not found:
            self.numbers[base] = number
        return f"{base}_{number}"
