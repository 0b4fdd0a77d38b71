"""The box at the top of alerts and runbooks: whose it is, who is on call, who is next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname
from urllib.parse import quote

from generator.analysis.paths import Path, Step, path
from generator.analysis.severity import proposed_severity
from generator.analysis.slos.legs import legs
from generator.catalog import NamedAlert
from generator.kinds.people import Person
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.kinds.team import Schedule, Team
from generator.settings import TIME_ZONE
from generator.targets.markdown import box, bullets, escape, link, numbered
from generator.targets.site.site import Site

_NEXT = 3
"""So many later steps of a policy are in the box."""
_ALWAYS = ""
"""The zone of a page that names none."""
_MEMBER = re.compile(r"[UW][A-Z0-9]{6,20}")


def action_box(title: str, lines: Iterable[str], *blocks: str) -> str:
    """The box; what it says first is what one needs first."""
    return box("oncall", title, bullets(lines), *blocks)


def calls(site: Site, service: Service) -> Iterator[str]:
    """Who is called at once, and who is next; nothing where nobody is."""
    return iter(site.once(("calls", service.id), lambda: tuple(_calls(site, service))))


def _calls(site: Site, service: Service) -> Iterator[str]:
    way = path(site.catalog, service)
    steps = [step for step in way.steps if step.targets] if way else []
    for index, step in enumerate(steps[: _NEXT + 1]):
        called = _briefly(site, step)
        yield site.say("**Next** {called}", called=called) if index else site.say("**On call** {called}", called=called)
    if len(steps) > _NEXT + 1:
        yield site.speech.many("and {number} more step", "and {number} more steps", len(steps) - _NEXT - 1)


def escalation(site: Site, here: str, service: Service) -> str:
    """The steps of the escalation policy with the people behind them; empty without a policy."""
    # Links from one folder's pages to another's are the same.
    return site.once(("steps", dirname(dirname(here)), service.id), lambda: _escalation(site, here, service))


def _escalation(site: Site, here: str, service: Service) -> str:
    way = path(site.catalog, service)
    return "" if way is None else f"{numbered(_steps(site, here, way))}\n\n{_repeats(site, way)}"


def team_and_channel(site: Site, here: str, ident: str | None) -> str:
    """A team, one tap from its channel; empty without a team."""
    team = site.catalog.get(Team, ident)
    channel = f", {link(team.slack, _slack(team.slack.removeprefix('#')))}" if team and team.slack else ""
    return f"{site.team_link(here, ident)}{channel}"


def standing(site: Site, here: str, service: Service, team: str | None = None) -> Iterator[str]:
    """The lines on who is on call, whose a service is (or whose its runbook), and what else to open."""
    yield from calls(site, service)
    owned = team_and_channel(site, here, team or service.team)
    itself = here == site.sources[service.ref.path]
    whose = site.say("**Owner** {team}", team=owned) if owned else ""
    about = "" if itself else site.say("**Service** {service}", service=site.service_link(here, service.id))
    if belongs := " · ".join(each for each in (whose, about) if each):
        yield belongs
    if shown := links_of(service):
        yield site.say("**Open** {links}", links=shown)


def links_of(service: Service) -> str:
    """What the service links to. Only addresses are links; an Argo CD application is a name."""
    shown = [
        link(name, target) if target.startswith(("https://", "http://")) else f"{escape(name)}: {escape(target)}"
        for name, target in service.links.items()
    ]
    return " · ".join(shown)


def proposed(site: Site, alert: NamedAlert) -> tuple[tuple[str, str], ...]:
    """(urgency, severity) of each of an alert's rules or legs, without repetition."""
    return tuple(dict.fromkeys(each for rule in alert.rules for each in proposed_by(site, alert.service, rule)))


def proposed_by(site: Site, service: Service, rule: Slo | Alert) -> tuple[tuple[str, str], ...]:
    """(urgency, severity) of a rule, or of each leg of an SLO."""
    if isinstance(rule, Alert):
        return ((rule.urgency, rule.severity or proposed_severity(site.catalog, rule.urgency) or ""),)
    return tuple((leg.urgency, leg.severity) for leg in legs(site.catalog, service, rule))


def urgency(site: Site, alert: NamedAlert) -> str:
    """`page SEV-1, SEV-2 · ticket SEV-3`."""
    return site.once(("urgency", alert.service.id, alert.name), lambda: _urgency(site, alert))


def _urgency(site: Site, alert: NamedAlert) -> str:
    by_urgency: dict[str, list[str]] = {}
    for kind, severity in proposed(site, alert):
        by_urgency.setdefault(kind, []).append(escape(severity))
    return " · ".join(f"**{escape(kind)}** {', '.join(names)}".rstrip() for kind, names in by_urgency.items())


def _steps(site: Site, here: str, way: Path) -> Iterator[str]:
    for step in way.steps:
        names = site.both([_target(site, here, target) for target in step.targets]) or site.say("nobody who is known")
        after = site.words(step.delay)
        yield (
            site.say("After {duration}: {names}", duration=after, names=names)
            if step.delay
            else site.say("At once: {names}", names=names)
        )


def _repeats(site: Site, way: Path) -> str:
    name = escape(way.policy.name)
    if not way.loops:
        return site.say("{policy} is not repeated after the first pass.", policy=name)
    return site.speech.many(
        "{policy} is repeated once after the first pass.",
        "{policy} is repeated {number} times after the first pass.",
        way.loops,
        policy=name,
    )


def _briefly(site: Site, step: Step) -> str:
    names = (
        reached(site, each.id) if isinstance(each, Person) else on_call_now(site, each, _ALWAYS)
        for each in step.targets
    )
    called = site.both(list(names))
    after = site.words(step.delay)
    return site.say("{names} after {duration}", names=called, duration=after) if step.delay else called


def _target(site: Site, here: str, target: Schedule | Person) -> str:
    if isinstance(target, Person):
        return reached(site, target.id)
    return f"{on_call_now(site, target, _ALWAYS)} ({site.schedule_link(here, target)})"


def on_call_now(site: Site, schedule: Schedule, page_zone: str | None = None) -> str:
    """Who is on call when the site is built and until when, else from when somebody is.

    The zone is named where it is not the page's: `page_zone`, else the repository's; always with an empty one.
    """
    now, later = site.present(schedule)
    same = schedule.zone_name == (site.catalog.settings.get(TIME_ZONE) if page_zone is None else page_zone)
    # The name of a zone may go on in the next line: on a phone it would push the rest out of a table.
    zone = "" if same else f" ({escape(schedule.zone_name).replace('/', '/<wbr>')})"
    if now is not None:
        until = f"{site.moment(now.end, schedule.zone)}{zone}"
        return site.say("{person} until {moment}", person=reached(site, now.person), moment=until)
    if later is None:
        return site.say("nobody in the coming weeks")
    start, person = f"{site.moment(later.start, schedule.zone)}{zone}", reached(site, later.person)
    return site.say("nobody until {moment}, then {person}", moment=start, person=person)


def reached(site: Site, ident: str) -> str:
    """A person, one tap from a letter and, where their Slack id is known, from a message. Never a number to call."""
    known = site.catalog.get(Person, ident)
    slack = known.slack if known is not None and known.slack and _MEMBER.fullmatch(known.slack) else None
    return f"{site.person(ident)} ({link('Slack', _slack(slack))})" if slack else site.person(ident)


def _slack(name: str) -> str:
    """Slack finds the workspace that somebody uses; channels go by name or id, people by id alone."""
    return f"https://slack.com/app_redirect?channel={quote(name, safe='')}"
