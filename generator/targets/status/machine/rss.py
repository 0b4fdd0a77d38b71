"""RSS 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from generator.targets.rendering import header
from generator.targets.status.machine.entries import Entry
from generator.targets.status.machine.markup import element

if TYPE_CHECKING:
    from generator.targets.status.machine.feeds import Feed


def feed(about: Feed, entries: Iterable[str]) -> str:
    """The whole file."""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            header(["status"], "<!--", "-->"),
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
            element("title", about.title),
            element("link", about.link),
            element("description", about.description),
            element("language", about.language),
            element("lastBuildDate", _moment(about.updated)),
            element("atom:link", rel="self", type="application/rss+xml", href=f"{about.itself}.rss"),
            *entries,
            "</channel></rss>\n",
        ]
    )


def entry(made: Entry) -> str:
    """One item."""
    categories = "".join(f"<category>{category}</category>" for category in made.categories)
    return (
        f"<item><title>{made.title}</title><link>{made.link}</link>"
        f'<guid isPermaLink="false">{made.id}</guid><pubDate>{_moment(made.at)}</pubDate>{categories}'
        f"<description>{made.html}</description></item>"
    )


def _moment(at: datetime) -> str:
    """`Wed, 14 Oct 2026 13:12:00 GMT`."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
