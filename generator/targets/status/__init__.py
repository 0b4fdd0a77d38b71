"""The public status page: static, complete without JavaScript, with nothing internal and nobody else's host in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.copies import Copy, is_possible
from generator.targets.base import Target
from generator.targets.status.component_page import component
from generator.targets.status.concerns import concerns
from generator.targets.status.events import first_page
from generator.targets.status.facts import KINDS, Facts, facts
from generator.targets.status.frame import frame
from generator.targets.status.hosting import hosting
from generator.targets.status.languages import languages
from generator.targets.status.logo import logo
from generator.targets.status.machine import artifacts
from generator.targets.status.page import Pages, pages
from generator.targets.status.pieces import escaped, feeds
from generator.targets.status.places import HISTORY, component_page, incident_page, maintenance_page, month_page
from generator.targets.status.search import index
from generator.targets.status.sources import Sources, sources

MANY = 300
"""So many sources take longer to render than a process to copy."""


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """Every page in every language, the files for machines, and what hosts want to know."""
    shown, named = facts(catalog, context), sources(catalog, context)
    around = frame(shown, logo(shown.settings.logo, context))
    spoken = languages(catalog, context, shown.zone)
    every = [pages(shown, around, language, spoken) for language in spoken]
    beside = _beside(catalog, lambda: list(artifacts(catalog, context, shown, spoken)))
    try:
        for made in every:
            yield from _overviews(shown, made, named)
            yield from _components(shown, made, named)
            yield from _events(shown, made, named)
            yield index(shown, made.language, named.everything)
        yield from hosting(around, shown.settings, spoken, named)
        said = beside.said() if beside else None
    finally:
        if beside:
            beside.end()
    yield from artifacts(catalog, context, shown, spoken) if said is None else said


def _beside(catalog: Catalog, work: Callable[[], list[Artifact]]) -> Copy[list[Artifact]] | None:
    """The files for machines, nearly half of the work, are made on the second core where there is one."""
    return Copy(work) if len(catalog.documents) >= MANY and is_possible() else None


def _overviews(shown: Facts, made: Pages, named: Sources) -> Iterator[Artifact]:
    """The home page and the history: they speak of everything."""
    language = made.language
    label, words = language.word(shown.board.overall[1]), language.say("History")
    foot = f"<p>{escaped(made.rules)}</p>" if shown.blocks else ""
    home = made.render("home.html", "", label, head=feeds(language.say("Subscribe"), calendar=True), foot=foot)
    yield _artifact(home, named.everything)
    history = made.render("history.html", HISTORY, words, shown=first_page(shown.months))
    yield _artifact(history, named.everything)
    newer = (None, *shown.months)
    for month, later, earlier in zip(shown.months, newer, (*shown.months[1:], None), strict=False):
        title, address = f"{words}: {language.month(month.first)}", month_page(month.name)
        page = made.render("month.html", address, title, month=month, later=later, earlier=earlier)
        yield _artifact(page, named.of_events(month.events))


def _components(shown: Facts, made: Pages, named: Sources) -> Iterator[Artifact]:
    """A page for each component and group."""
    language = made.language
    for ident, row in shown.rows.items():
        name, values = language.text(row.component.name), component(shown, ident)
        title = f"{name}: {language.word(row.status)}"
        page = made.render("component.html", component_page(ident), title, head=feeds(name), **values)
        yield _artifact(page, named.of_events(shown.touching[ident]))


def _events(shown: Facts, made: Pages, named: Sources) -> Iterator[Artifact]:
    """A page for each incident and each maintenance."""
    language = made.language
    for incident in shown.board.incidents:
        it, title = incident.incident, language.text(incident.incident.title)
        page = made.render("incident.html", incident_page(it.id), title, state=incident)
        yield _artifact(page, named.of(it.ref.path))
    for state in shown.board.maintenances:
        work, title = state.maintenance, language.text(state.maintenance.title)
        page = made.render("maintenance.html", maintenance_page(work.id), title, state=state)
        yield _artifact(page, named.of(work.ref.path))


def _artifact(made: tuple[str, str], sources: tuple[str, ...]) -> Artifact:
    path, text = made
    return Artifact.text(path, text, sources, uses_now=True)


def _applies(catalog: Catalog) -> bool:
    return any(catalog.all(kind) for kind in KINDS)


TARGET = Target("status", "the public status page", render, _applies, concerns=concerns)
