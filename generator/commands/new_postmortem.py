"""A postmortem's template filled with what its status incident, SLOs and schedules already know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.oncall.shifts import on_call_at
from generator.analysis.paths import path
from generator.analysis.postmortems.timeline import WORDS
from generator.analysis.status.incidents import CLOSED, OPERATIONAL, IncidentState, incident_state
from generator.commands.new_postmortem_text import TEXTS, Texts, percent, plain
from generator.errors import UsageError
from generator.findings import did_you_mean
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.kinds.status import Component, StatusIncident, Update
from generator.records import dataclass
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Schedule

_ROW = re.compile(r"\| 00:00 \|(?P<text>.*)\|[ \t]*$")
_WORD = re.compile(r"\s*\*\*(\w+)\*\*")
_NOBODY_KNOWS = re.compile(r"^authors: \[\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """What the sources know about an incident."""

    state: IncidentState
    services: tuple[Service, ...]
    on_call: tuple[tuple[Person, Schedule | None], ...]
    """Who would have been paged first when it was told, and from which schedule."""
    mitigated: datetime | None

    @property
    def moments(self) -> Mapping[str, datetime | None]:
        """When what happened, as far as the public was told: all of it may have been earlier."""
        told = self.state.started
        first = dict.fromkeys(("started", "detected", "acknowledged"), told)
        return {**first, "mitigated": self.mitigated, "resolved": self.state.resolved}


def find(catalog: Catalog, ident: str, now: datetime) -> Known:
    """What is known about the status incident of that id.

    Raises:
        UsageError: there is no such incident, or it has not begun.
    """
    incident = catalog.get(StatusIncident, ident)
    if incident is None:
        known = [each.id for each in catalog.all(StatusIncident)]
        hint = did_you_mean(ident, known) or "its id is the name of its file below status/incidents/"
        raise UsageError(f"there is no incident '{ident}'", hint)
    state = incident_state(incident, now)
    if state is None:
        raise UsageError(f"incident '{ident}' begins after {now:%Y-%m-%d %H:%M}, nothing is known about it yet")
    services = tuple(_services(catalog, state.components))
    return Known(state, services, tuple(_on_call(catalog, services, state.started)), _mitigated(state))


def title(catalog: Catalog, known: Known, language: str) -> str:
    """The incident's title as text in Markdown."""
    return plain(known.state.incident.title.text(language, catalog.settings.get(LANGUAGES)[0]))


def filled(catalog: Catalog, template: str, known: Known, language: str) -> str:
    """The template with what is known in its places; what is not keeps the template's words."""
    texts = TEXTS[language]
    people = ", ".join(person.id for person, _ in known.on_call)
    services = ", ".join(service.id for service in known.services)
    front = f"authors: [{people}]" + (f"\nservices: [{services}]" if services else "")
    text = _NOBODY_KNOWS.sub(front, template, count=1)
    if known.state.is_open:
        text = re.sub(r"^status: draft$", "status: open", text, count=1, flags=re.MULTILINE)
    rows = _timeline(catalog, text.splitlines(), known, language)
    lines = [_duration(line, known, texts) for line in rows]
    return "\n".join([*_budgets(lines, _slos(catalog, known), texts), ""])


def _timeline(catalog: Catalog, lines: Iterable[str], known: Known, language: str) -> Iterator[str]:
    """The template's rows at their times, and the updates between them."""
    default = catalog.settings.get(LANGUAGES)[0]
    updates = [(each.at, _update(each, language, default)) for each in known.state.updates]
    inside = False
    for line in lines:
        row = _ROW.match(line)
        if row:
            moment = _moment(row["text"])
            at = known.moments[moment] if moment else known.state.started
            if moment in ("mitigated", "resolved"):
                yield from (_row(known, *updates.pop(0)) for each in list(updates) if at is None or each[0] < at)
            yield _row(known, at, _said(row["text"].strip(), moment, known, TEXTS[language]))
        elif inside:
            yield from (_row(known, *each) for each in updates)
            updates = []
        inside = row is not None
        if not row:
            yield line


def _said(text: str, moment: str | None, known: Known, texts: Texts) -> str:
    """The words of a template's row; who took it on is known."""
    if moment != "acknowledged" or not known.on_call:
        return text
    people = (texts.on_call.format(person=person.id, schedule=schedule.id) if schedule else person.id
              for person, schedule in known.on_call)  # fmt: skip
    return f"{text.partition(':')[0]}: {', '.join(people)}"


def _moment(text: str) -> str | None:
    word = _WORD.match(text)
    return next((name for name, words in WORDS.items() if word and word[1].casefold() in words), None)


def _row(known: Known, at: datetime | None, text: str) -> str:
    """A row; with the date where it is on another day than the one before may be."""
    if at is None:
        return f"|  | {text} |"
    form = "%H:%M" if at.date() == known.state.started.date() else "%Y-%m-%d %H:%M"
    return f"| {at:{form}} | {text} |"


def _update(update: Update, language: str, default: str) -> str:
    texts = TEXTS[language]
    status = texts.statuses.get(update.status, update.status)
    return texts.update.format(status=status) + plain(update.message.text(language, default))


def _duration(line: str, known: Known, texts: Texts) -> str:
    start, mitigated, end = known.state.started, known.mitigated, known.state.resolved
    if line.startswith(texts.duration) and mitigated is not None and end is not None:
        minutes = [int((each - start).total_seconds() // 60) for each in (mitigated, end)]
        return texts.duration + texts.lasted.format(*minutes, start=start, mitigated=mitigated)
    return line


def _budgets(lines: list[str], slos: tuple[Slo, ...], texts: Texts) -> Iterator[str]:
    """The lines about the budget, once for every SLO of the services."""
    first = next((number for number, line in enumerate(lines) if line.startswith(texts.slo)), len(lines))
    last = next((n for n in range(first, len(lines)) if not lines[n].startswith("- ")), len(lines))
    yield from lines[:first]
    for slo in slos:
        for line in lines[first:last]:
            if line.startswith(texts.slo):
                yield texts.slo + _filled(texts.objective, slo, texts) + (texts.short if last - first == 1 else "")
            elif line.startswith(texts.budget):
                yield texts.budget + _filled(texts.bears, slo, texts)
            else:
                yield line
    yield from lines[last:] if slos else lines[first:]


def _filled(text: str, slo: Slo, texts: Texts) -> str:
    bad = 100 - slo.objective
    return text.format(
        slo=slo.id,
        objective=percent(slo.objective, texts),
        days=slo.period.days,
        bad=percent(bad, texts),
        minutes=percent(slo.period.total_seconds() / 60 * float(bad) / 100, texts),
    )


def _slos(catalog: Catalog, known: Known) -> tuple[Slo, ...]:
    """The SLOs that may have been spent: the critical ones of the services, else all of them."""
    services = {service.id for service in known.services}
    found = tuple(slo for slo in catalog.all(Slo) if slo.service in services)
    return tuple(slo for slo in found if slo.critical) or found


def _services(catalog: Catalog, components: Iterable[str]) -> Iterator[Service]:
    found = (catalog.get(Component, name) for name in components)
    names = dict.fromkeys(service for component in found if component for service in component.services)
    yield from (service for name in names if (service := catalog.get(Service, name)) is not None)


def _on_call(catalog: Catalog, services: Iterable[Service], at: datetime) -> Iterator[tuple[Person, Schedule | None]]:
    """Who the first step of each service's escalation policy called, each once."""
    seen: set[str] = set()
    for service in services:
        way = path(catalog, service)
        for target in way.steps[0].targets if way and way.steps else ():
            shift = None if isinstance(target, Person) else on_call_at(catalog, target, at)
            person = target if isinstance(target, Person) else catalog.get(Person, shift.person if shift else None)
            if person is not None and person.id not in seen:
                seen.add(person.id)
                yield person, None if isinstance(target, Person) else target


def _mitigated(state: IncidentState) -> datetime | None:
    """The first update after which every component was operational for good; else when it was resolved."""
    now: dict[str, str] = {}
    since: datetime | None = None
    for update in state.updates:
        now.update(update.components)
        well = bool(now) and all(status == OPERATIONAL for status in now.values())
        over = well or update.status in CLOSED
        since = (since or update.at) if over else None
    return since
