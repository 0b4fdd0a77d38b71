"""The map: from alerts over services, teams and the steps of their policies to people, a drawing and a table a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.analysis.oncall.report import person_name
from generator.analysis.paths import Path, Step, path
from generator.analysis.severity import PAGE
from generator.artifacts import Page
from generator.catalog import NamedAlert
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.targets.divided import Place, divided
from generator.targets.markdown import escape, page, table
from generator.targets.site.box import calls, proposed
from generator.targets.site.charts import Column, Flow, flow_block
from generator.targets.site.more import more_services
from generator.targets.site.site import WAYS, Site

_ALONE = 12
"""So many alerts of a team, or fewer, are boxes of their own; more are one box a service."""
_DRAWN, _LISTED = 15, 60
"""So many services of a team are drawn, and so many are in the table."""
_MOST = 15_000
"""Characters of Markdown on a page: drawings are long."""


def pages(site: Site) -> Iterator[Page]:
    """The page, and more where there are many teams; nothing where no team has a service."""
    teams = [team for team in site.catalog.all(Team) if _services(site, team)]
    if not teams:
        return
    yield from divided(
        Place(WAYS, site.say("From alert to person"), (site.say("From alert to person"),), site.speech),
        teams,
        lambda here, some: page(*(_team(site, here, team) for team in some)),
        lambda team: team.name,
        lambda team: (team.ref.path, *(each.ref.path for each in _services(site, team))),
        site.say("Whom the pages of each service call, in order. Tickets call nobody."),
        most=_MOST,
    )


def _services(site: Site, team: Team) -> list[Service]:
    return site.services_of.get(team.id, [])


def _team(site: Site, here: str, team: Team) -> str:
    services = _services(site, team)
    head = (site.say("Service"), site.say("Pages"), site.say("Tickets"), site.say("Is called"))
    return page(
        f"## {escape(team.name)}",
        flow_block(_flow(site, team, services[:_DRAWN])),
        table(head, [_row(site, here, each) for each in services[:_LISTED]]),
        more_services(site, here, len(services) - _LISTED),
    )


def _row(site: Site, here: str, service: Service) -> tuple[str, str, str, str]:
    pages_, tickets = _by_urgency(site, service)
    called = " · ".join(calls(site, service)) or site.say("nobody")
    return site.service_link(here, service.id), str(len(pages_)), str(len(tickets)), called


def _by_urgency(site: Site, service: Service) -> tuple[list[NamedAlert], list[NamedAlert]]:
    """The alerts that call somebody in some way, and those that never do."""
    alerts = site.alerts_of.get(service.id, ())
    calling = [each for each in alerts if any(urgency == PAGE for urgency, _ in proposed(site, each))]
    return calling, [each for each in alerts if each not in calling]


class _Drawing:
    """Boxes as they are met, each once, and the lines between them."""

    def __init__(self) -> None:
        self.boxes: list[dict[str, int]] = [{}, {}, {}, {}, {}]
        self.lines: list[tuple[int, int, int]] = []

    def way(self, *names: str) -> None:
        """One way through all columns, as far as it goes."""
        places = [boxes.setdefault(name, len(boxes)) for boxes, name in zip(self.boxes, names, strict=False)]
        self.lines += [(column, *ends) for column, ends in enumerate(pairwise(places))]


def _flow(site: Site, team: Team, services: Sequence[Service]) -> Flow:
    drawing = _Drawing()
    few = sum(len(_by_urgency(site, each)[0]) for each in services) <= _ALONE
    for service in services:
        calling, _ = _by_urgency(site, service)
        named = [each.name for each in calling] if few else [_count(site, service, len(calling))] if calling else []
        way = path(site.catalog, service)
        ends = [(step, person) for step, people in _steps(site, team, way) for person in people] if way else []
        whose = way.policy.name if way and len(team.policies) > 1 else team.name
        for alert in named:
            drawing.way(alert, service.id, whose)
            for step, person in ends:
                drawing.way(alert, service.id, whose, step, person)
    headings = (site.say("Alerts"), site.say("Service"), site.say("Team"), site.say("Step"), site.say("On call"))
    columns = tuple(Column(heading, tuple(boxes)) for heading, boxes in zip(headings, drawing.boxes, strict=True))
    title = site.say("From the alerts of {team} to people; the table below says the same.", team=team.name)
    return Flow(title, columns, tuple(dict.fromkeys(drawing.lines)))


def _count(site: Site, service: Service, number: int) -> str:
    alerts = site.speech.many("{number} alert", "{number} alerts", number)
    return f"{service.id}: {alerts}"


def _steps(site: Site, team: Team, way: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The steps that call somebody, in words, with who that is as the page is made."""
    for step in way.steps:
        people = tuple(dict.fromkeys(_people(site, step)))
        if step.targets:
            when = site.say("after {duration}", duration=site.words(step.delay)) if step.delay else site.say("at once")
            called = site.both([target.name.removeprefix(f"{team.name} - ") for target in step.targets])
            yield f"{when}: {called}", people or (site.say("nobody"),)


def _people(site: Site, step: Step) -> Iterable[str]:
    for target in step.targets:
        now = target if isinstance(target, Person) else site.present(target)[0]
        if now is not None:
            yield person_name(site.catalog, now.id if isinstance(now, Person) else now.person)
