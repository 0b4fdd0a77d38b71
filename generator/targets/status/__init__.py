"""The public status page: static, complete without JavaScript, with nothing internal and nobody else's host in it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.targets.base import Target
from generator.targets.status.component_page import component
from generator.targets.status.events import first_page
from generator.targets.status.facts import KINDS, Facts, facts
from generator.targets.status.frame import frame
from generator.targets.status.hosting import hosting
from generator.targets.status.languages import languages
from generator.targets.status.logo import logo
from generator.targets.status.machine import artifacts
from generator.targets.status.page import Pages, pages
from generator.targets.status.places import HISTORY, component_page, incident_page, maintenance_page, month_page
from generator.targets.status.search import index
from generator.targets.status.sources import Sources, sources


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """Every page in every language, and what hosts want to know."""
    shown, named = facts(catalog, context), sources(catalog, context)
    picture = logo(shown.settings.logo, context)
    around = frame(shown, picture)
    spoken = languages(catalog, context, shown.zone)
    for language in spoken:
        made = pages(shown, around, language, spoken)
        yield from _overviews(shown, made, named)
        yield from _details(shown, made, named)
        yield index(shown, language, named.everything)
    yield from hosting(around, shown.settings, spoken, named)
    yield from artifacts(catalog, context, shown, spoken)


def _overviews(shown: Facts, made: Pages, named: Sources) -> Iterator[Artifact]:
    """The home page, the history and the components: they speak of everything."""
    whole = named.everything
    yield _artifact(made.render("home.html", ""), whole)
    yield _artifact(made.render("history.html", HISTORY, shown=first_page(shown.months)), whole)
    newer = (None, *shown.months)
    for month, later, earlier in zip(shown.months, newer, (*shown.months[1:], None), strict=False):
        page = made.render("month.html", month_page(month.name), month=month, later=later, earlier=earlier)
        yield _artifact(page, whole)
    for ident in shown.rows:
        yield _artifact(made.render("component.html", component_page(ident), **component(shown, ident)), whole)


def _details(shown: Facts, made: Pages, named: Sources) -> Iterator[Artifact]:
    """A page for each incident and each maintenance."""
    for incident in shown.board.incidents:
        page = made.render("incident.html", incident_page(incident.incident.id), state=incident)
        yield _artifact(page, named.of(incident.incident))
    for state in shown.board.maintenances:
        page = made.render("maintenance.html", maintenance_page(state.maintenance.id), state=state)
        yield _artifact(page, named.of(state.maintenance))


def _artifact(made: tuple[str, str], sources: tuple[str, ...]) -> Artifact:
    path, text = made
    return Artifact.text(path, text, sources, uses_now=True)


def _applies(catalog: Catalog) -> bool:
    return any(catalog.all(kind) for kind in KINDS)


TARGET = Target("status", "the public status page", render, _applies)
