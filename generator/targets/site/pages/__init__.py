"""The pages of the site, a module a section. To add one: a module with `pages(site)`, and its line here.

Their order is that of the navigation. The health page comes last: it shows what was noticed while the others were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.artifacts import Page
from generator.targets.site.pages import (
    alerts,
    health,
    home,
    on_call,
    postmortems,
    runbooks,
    services,
    severities,
    tags,
    ways,
)
from generator.targets.site.site import Site

SECTIONS: tuple[Callable[[Site], Iterable[Page]], ...] = (
    home.pages,
    on_call.pages,
    alerts.pages,
    services.pages,
    runbooks.pages,
    postmortems.pages,
    severities.pages,
    ways.pages,
    tags.pages,
)


def all_pages(site: Site, sections: Iterable[Callable[[Site], Iterable[Page]]] = SECTIONS) -> list[Page]:
    """Every page: our sections, what other targets want shown, and the health of the repository."""
    ours = [_with_files(site, page) for section in sections for page in section(site)]
    site.drafts.keep()
    return [*ours, *site.context.pages, *health.pages(site)]


def _with_files(site: Site, page: Page) -> Page:
    """The page with the pictures that were found while it was made; they are sources of it."""
    files = tuple(site.files.get(page.path, {}).values())
    sources = tuple(dict.fromkeys((*page.sources, *(each.source for each in files))))
    return replace(page, files=files, sources=sources) if files else page
