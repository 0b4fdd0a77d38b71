"""The proof for people: what is missing first, then every alert by service; a page a team where there are several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.analysis.addresses import alert_page, runbook_page, schedule_page, service_page
from generator.analysis.routing import NOBODY, Routing, routing
from generator.analysis.routing.rows import Row, rows
from generator.analysis.routing.steps import called
from generator.artifacts import Page
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Team
from generator.messages import Speech, marked, speech
from generator.settings import LANGUAGES
from generator.targets.divided import MOST, Place, divided
from generator.targets.markdown import bullets, escape, link, numbered, page, table

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.context import Context

PATH = "routing/index.md"
GAPS = (
    marked("nobody is notified"),
    marked("no step of the policy reaches anybody"),
    marked("a step of the policy reaches nobody"),
    marked("outside the shifts that are known nobody is notified"),
    marked("there is no runbook"),
    marked("its own labels send it elsewhere than its service says"),
    marked("where it goes is decided by the labels of the series"),
)
"""What a row may lack, as the analysis says it."""
_WITHOUT_TEAM = "_none"
"""No id begins like this."""


def pages(catalog: Catalog, context: Context) -> Iterator[Page]:
    """The index, and a page a team where there are several; nothing without alerts."""
    by_team: dict[str, list[Row]] = {}
    for row in rows(catalog, context.now):
        by_team.setdefault(row.team if catalog.get(Team, row.team) else "", []).append(row)
    if not by_team:
        return
    sources = tuple(sorted({row.source.path for found in by_team.values() for row in found}))
    say = speech_of(catalog).say
    about = say("Where every alert ends: who is told, whom a page calls, and which runbook is opened.")
    if len(by_team) == 1:
        ((_, found),) = by_team.items()
        yield from _team(
            catalog, context.now, Place(PATH, say("Routing"), (say("Routing"),), speech_of(catalog)), found, about
        )
        return
    gaps = _gaps(catalog, PATH, [row for found in by_team.values() for row in found])
    short = gaps if len(gaps) <= MOST else say("The pages of the teams list their gaps.")
    text = page(f"# {say('Routing')}", about, short, _index(catalog, by_team))
    yield Page(PATH, say("Routing"), text, sources, (say("Routing"),))
    for team, found in sorted(by_team.items()):
        place = Place(_path(team), say("Routing: {team}", team=_name(catalog, team)), None, speech_of(catalog))
        yield from _team(catalog, context.now, place, found)


def speech_of(catalog: Catalog) -> Speech:
    """The language of the site."""
    return speech(catalog.settings.get(LANGUAGES)[0])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _path(team: str) -> str:
    """Of a team that there is; labels may name others, and those have one page together with no team at all."""
    return f"routing/{team or _WITHOUT_TEAM}/index.md"


def _name(catalog: Catalog, team: str) -> str:
    known = catalog.get(Team, team)
    return known.name if known else speech_of(catalog).say("no team")


def _index(catalog: Catalog, by_team: dict[str, list[Row]]) -> str:
    lines = [
        (
            _link(PATH, _name(catalog, team), _path(team)),
            str(len({row.service for row in found})),
            str(len({row.alert for row in found})),
            str(sum(bool(row.gaps) for row in found)),
        )
        for team, found in sorted(by_team.items())
    ]
    say = speech_of(catalog).say
    return page(f"## {say('Teams')}", table((say("Team"), say("Services"), say("Alerts"), say("Gaps")), lines))


def _gaps(catalog: Catalog, here: str, found: list[Row]) -> str:
    """By gap and service; each alert once, however many ways it has to fire."""
    say = speech_of(catalog).say
    names: dict[str, dict[str, dict[str, None]]] = {}
    for row in found:
        for gap in row.gaps:
            alert = _link(here, row.alert, f"{alert_page(row.alert)}index.md")
            names.setdefault(gap, {}).setdefault(row.service, {})[alert] = None
    if not names:
        return say("No gap: every alert reaches somebody, and opens a runbook.")
    blocks = [
        page(f"**{escape(_sentence(say(gap)))}**", bullets(f"{escape(each)}: {', '.join(by[each])}" for each in by))
        for gap, by in names.items()
    ]
    return page(f"## {say('Gaps')}", *blocks)


def _team(catalog: Catalog, now: datetime, place: Place, found: list[Row], about: str = "") -> Iterator[Page]:
    """Its gaps and policies, and its alerts by service."""
    policies = sorted({row.policy for row in found if row.policy})
    told = routing(catalog, now)

    def by_service(here: str, some: Sequence[Row]) -> str:
        groups = groupby(some, key=lambda row: row.service)
        return page(*(_service(catalog, here, service, list(group), told) for service, group in groups))

    return divided(
        place,
        sorted(found, key=lambda row: row.service),
        by_service,
        lambda row: f"{row.service} {row.alert}",
        lambda row: (row.source.path,),
        about,
        _gaps(catalog, place.path, found),
        *(_policy(catalog, now, place.path, policy) for policy in policies),
    )


def _policy(catalog: Catalog, now: datetime, here: str, ident: str) -> str:
    policy, speech = catalog.get(EscalationPolicy, ident), speech_of(catalog)
    lines = []
    for step in called(catalog, ident, now):
        names = [_link(here, each.name, f"{schedule_page(each.id)}index.md") for each, _ in step.schedules]
        names += [escape(person.name) for each in step.people if (person := catalog.get(Person, each))]
        reached = " · ".join(names) if step.reaches else speech.say("**nobody**")
        after = speech.say("after {duration}", duration=speech.duration(step.after))
        lines.append(f"{reached}, {after if step.after else speech.say('at once')}")
    return page(f"## {escape(policy.name if policy else ident)}", numbered(lines))


def _service(catalog: Catalog, here: str, service: str, found: list[Row], told: Routing) -> str:
    say = speech_of(catalog).say
    heading = f"## {_link(here, service, f'{service_page(service)}index.md')}"
    return page(heading, table((say("Alert"), say("Told"), say("Runbook")), _lines(catalog, here, found, told)))


def _lines(catalog: Catalog, here: str, found: list[Row], told: Routing) -> Iterable[tuple[str, ...]]:
    """Ways of one alert that end alike are one line: a phone shows few."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        receivers = tuple(each.receiver for each in row.deliveries)
        alike.setdefault((row.alert, row.urgency, row.runbook or "", *receivers), []).append(row)
    for some in alike.values():
        row = some[0]
        severities = ", ".join(dict.fromkeys(each.severity for each in some if each.severity))
        yield (
            _link(here, row.alert, f"{alert_page(row.alert)}index.md"),
            f"**{row.urgency}**{f' {escape(severities)}' if severities else ''}: {_told(catalog, row, told)}",
            _runbook(catalog, here, row),
        )


def _told(catalog: Catalog, row: Row, told: Routing) -> str:
    say = speech_of(catalog).say
    names = [
        say("**nobody**")
        if each.receiver == NOBODY
        else f"{escape(', '.join(told.receivers[each.receiver].by))}{_when(each.active)}"
        for each in row.deliveries
        if each.receiver == NOBODY or each.receiver in told.receivers
    ]
    muted = sorted({name for each in row.deliveries for name in each.muted if not name.startswith("on-call/")})
    return "; ".join([*names, *(say("muted in {time}", time=escape(name)) for name in muted)])


def _when(active: tuple[str, ...]) -> str:
    return f" ({escape(', '.join(active))})" if active else ""


def _runbook(catalog: Catalog, here: str, row: Row) -> str:
    if row.runbook is not None:
        return _link(here, row.runbook, f"{runbook_page(row.runbook)}index.md")
    say = speech_of(catalog).say
    return link(say("elsewhere"), row.runbook_url) if row.runbook_url else say("**none**")


def _link(here: str, text: str, there: str) -> str:
    return link(text, _way(dirname(here), there))


@lru_cache(maxsize=50_000)
def _way(folder: str, there: str) -> str:
    return quote(relpath(there, folder))
