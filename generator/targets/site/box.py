"""The box at the top of alerts and runbooks: whose it is, who is on call, who is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import times
from generator.analysis.paths import Path, Step, path
from generator.analysis.severity import proposed_severity
from generator.analysis.slos.legs import legs
from generator.catalog import NamedAlert
from generator.kinds.people import Person
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.team import Schedule, Team
from generator.targets.markdown import box, bullets, escape, link, numbered
from generator.targets.site.site import Site, moment


def action_box(title: str, lines: Iterable[str]) -> str:
    """The box; what it says first is what one needs first."""
    return box("oncall", title, bullets(lines))


def calls(site: Site, service: Service) -> str:
    """Who is called now and who is next, on one line; empty where nobody is."""
    way = path(site.catalog, service)
    steps = [_briefly(site, step) for step in way.steps if step.targets] if way else []
    return ", then ".join(steps)


def escalation(site: Site, here: str, service: Service) -> str:
    """The steps of the escalation policy with the people behind them; empty without a policy."""
    way = path(site.catalog, service)
    return "" if way is None else f"{numbered(_steps(site, here, way))}\n\n{_repeats(way)}"


def owner(site: Site, here: str, service: Service) -> str:
    """The team of a service and its channel."""
    team = site.catalog.get(Team, service.team)
    channel = f", {escape(team.slack)}" if team and team.slack else ""
    return f"{site.team_link(here, service.team)}{channel}"


def standing(site: Site, here: str, service: Service, team: str | None = None) -> Iterator[str]:
    """The lines on who is on call, whose a service is (or whose its runbook), and what else to open."""
    if called := calls(site, service):
        yield f"**On call** {called}"
    owned = site.team_link(here, team) if team else owner(site, here, service)
    itself = here == site.sources[service.ref.path]
    about = "" if itself else f"**Service** {site.service_link(here, service.id)}"
    if belongs := " · ".join(each for each in (f"**Owner** {owned}" if owned else "", about) if each):
        yield belongs
    if shown := links_of(service):
        yield f"**Open** {shown}"


def links_of(service: Service) -> str:
    """What the service links to. Only addresses are links; an Argo CD application is a name."""
    shown = [
        link(name, target) if target.startswith(("https://", "http://")) else f"{escape(name)}: {escape(target)}"
        for name, target in service.links.items()
    ]
    return " · ".join(shown)


def proposed(site: Site, alert: NamedAlert) -> tuple[tuple[str, str], ...]:
    """(urgency, severity) of each of an alert's rules or legs, without repetition."""
    found: list[tuple[str, str]] = []
    for rule in alert.rules:
        if isinstance(rule, Alert):
            found.append((rule.urgency, rule.severity or proposed_severity(site.catalog, rule.urgency) or ""))
        else:
            found += [(leg.urgency, leg.severity) for leg in legs(site.catalog, alert.service, rule)]
    return tuple(dict.fromkeys(found))


def urgency(site: Site, alert: NamedAlert) -> str:
    """`page SEV-1, SEV-2 · ticket SEV-3`."""
    by_urgency: dict[str, list[str]] = {}
    for kind, severity in proposed(site, alert):
        by_urgency.setdefault(kind, []).append(escape(severity))
    return " · ".join(f"**{escape(kind)}** {', '.join(names)}".rstrip() for kind, names in by_urgency.items())


def _steps(site: Site, here: str, way: Path) -> Iterator[str]:
    for step in way.steps:
        when = f"After {times.words(step.delay)}" if step.delay else "At once"
        names = " and ".join(_target(site, here, target) for target in step.targets) or "nobody who is known"
        yield f"{when}: {names}"


def _repeats(way: Path) -> str:
    name = escape(way.policy.name)
    again = {0: "no repeat", 1: "one repeat"}.get(way.loops, f"{way.loops} repeats")
    return f"{name}: {again} after the first pass."


def _briefly(site: Site, step: Step) -> str:
    names = [site.person(each.id) if isinstance(each, Person) else on_call_now(site, each) for each in step.targets]
    return " and ".join(names) + (f" after {times.words(step.delay)}" if step.delay else "")


def _target(site: Site, here: str, target: Schedule | Person) -> str:
    if isinstance(target, Person):
        return site.person(target.id)
    return f"{on_call_now(site, target)} ({site.schedule_link(here, target)})"


def on_call_now(site: Site, schedule: Schedule) -> str:
    """Who is on call when the site is built and until when, else from when somebody is."""
    now, later = site.present(schedule)
    if now is not None:
        return f"{site.person(now.person)} until {moment(now.end, schedule.zone)}"
    if later is None:
        return "nobody in the coming weeks"
    return f"nobody until {moment(later.start, schedule.zone)}, then {site.person(later.person)}"
