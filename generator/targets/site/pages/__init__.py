"""The pages of the site, a module a section. To add one: a module with `pages(site)`, and its line here.

Their order is that of the navigation. The health page comes last: it shows what was noticed while the others were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.artifacts import Page
from generator.targets.site.pages import alerts, health, home, on_call, postmortems, runbooks, services, severities
from generator.targets.site.site import Site

SECTIONS: tuple[Callable[[Site], Iterable[Page]], ...] = (
    home.pages,
    on_call.pages,
    alerts.pages,
    services.pages,
    runbooks.pages,
    postmortems.pages,
    severities.pages,
)


def all_pages(site: Site, sections: Iterable[Callable[[Site], Iterable[Page]]] = SECTIONS) -> list[Page]:
    """Every page: our sections, what other targets want shown, and the health of the repository."""
    ours = [page for section in sections for page in section(site)]
    return [*ours, *site.context.pages, *health.pages(site)]
