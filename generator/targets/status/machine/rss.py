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
    parts = [
        element("title", made.title),
        element("link", made.link),
        element("guid", made.id, isPermaLink="false"),
        element("pubDate", _moment(made.at)),
        *(element("category", category) for category in made.categories),
        element("description", made.html),
    ]
    return f"<item>{''.join(parts)}</item>"


def _moment(at: datetime) -> str:
    """`Wed, 14 Oct 2026 13:12:00 GMT`."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
