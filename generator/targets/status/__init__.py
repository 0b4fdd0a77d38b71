"""The public status page: static, complete without JavaScript, with nothing internal and nobody else's host in it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds import Entity
from generator.kinds.status import Component, Maintenance, StatusIncident
from generator.settings import LANGUAGES
from generator.targets.base import Target
from generator.targets.rendering import header
from generator.targets.status.facts import Facts, facts
from generator.targets.status.language import Language
from generator.targets.status.page import Frame, Pages, frame
from generator.targets.status.places import HISTORY, incident_page, maintenance_page


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """Every page in every language, and the headers for hosts that read them."""
    shown = facts(catalog, context.now)
    around = frame(shown)
    codes = catalog.settings.get(LANGUAGES)
    languages = tuple(Language(code, codes[0], shown.zone) for code in codes)
    for language in languages:
        yield from _pages(catalog, shown, Pages(shown, around, language, languages))
    yield Artifact.text("status/_headers", _headers(around), _paths(catalog, Component), uses_now=False)


def _pages(catalog: Catalog, shown: Facts, pages: Pages) -> Iterator[Artifact]:
    base = _paths(catalog, Component)
    everything = (*base, *_paths(catalog, StatusIncident), *_paths(catalog, Maintenance))
    for template, page in (("home.html", ""), ("history.html", HISTORY)):
        yield _artifact(pages.render(template, page), everything)
    for incident in shown.board.incidents:
        made = pages.render("incident.html", incident_page(incident.incident.id), state=incident)
        yield _artifact(made, (*base, incident.incident.ref.path))
    for state in shown.board.maintenances:
        made = pages.render("maintenance.html", maintenance_page(state.maintenance.id), state=state)
        yield _artifact(made, (*base, state.maintenance.ref.path))


def _artifact(made: tuple[str, str], sources: tuple[str, ...]) -> Artifact:
    path, text = made
    return Artifact.text(path, text, sources, uses_now=True)


def _paths(catalog: Catalog, kind: type[Entity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity.ref.path for entity in catalog.all(kind)))


def _headers(around: Frame) -> str:
    """`_headers`, as Netlify, Cloudflare Pages and others read it."""
    lines = (
        f"Content-Security-Policy: {around.policy}; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: public, max-age=60",
    )
    return "\n".join([header(["status"]), "/*", *(f"  {line}" for line in lines), ""])


def _applies(catalog: Catalog) -> bool:
    return any(catalog.all(kind) for kind in (Component, StatusIncident, Maintenance))


TARGET = Target("status", "the public status page", render, _applies)
