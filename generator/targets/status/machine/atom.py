"""Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.targets.rendering import header
from generator.targets.status.machine.entries import Entry
from generator.targets.status.machine.markup import element
from generator.times import iso_utc

if TYPE_CHECKING:
    from generator.targets.status.machine.feeds import Feed


def feed(about: Feed, entries: Iterable[str]) -> str:
    """The whole file."""
    start = element("feed", "", xmlns="http://www.w3.org/2005/Atom", xml_lang=about.language)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            header(["status"], "<!--", "-->"),
            start.removesuffix("</feed>"),
            element("id", about.id),
            element("title", about.title),
            element("subtitle", about.description),
            element("updated", iso_utc(about.updated)),
            f"<author>{element('name', about.author)}</author>",
            element("link", rel="alternate", type="text/html", href=about.link),
            element("link", rel="self", type="application/atom+xml", href=f"{about.itself}.atom"),
            *entries,
            "</feed>\n",
        ]
    )


def entry(made: Entry) -> str:
    """One entry. Nothing is ever said again with another time: it was updated when it was published."""
    at = iso_utc(made.at)
    categories = "".join(f'<category term="{category}"/>' for category in made.categories)
    return (
        f"<entry><id>{made.id}</id><title>{made.title}</title>"
        f'<link rel="alternate" type="text/html" href="{made.link}"/>'
        f"<published>{at}</published><updated>{at}</updated>{categories}"
        f'<content type="html">{made.html}</content></entry>'
    )
