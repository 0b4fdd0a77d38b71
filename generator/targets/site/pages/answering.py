"""Who answers when: the people whom a policy calls at every moment of the coming two weeks, drawn and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from generator import times
from generator.analysis.oncall import from_wall, to_wall
from generator.analysis.oncall.coverage.reach import Call, Reach, reach
from generator.analysis.oncall.report import person_name
from generator.kinds.team import EscalationPolicy, Schedule
from generator.settings import TIME_ZONE
from generator.targets.markdown import folded, page, table
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

AHEAD = 14
"""How many days are shown."""
_DAY = timedelta(days=1)
_TICKS = tuple((hour / 24, f"{hour:02}:00") for hour in (0, 6, 12, 18))


def answering(site: Site, policy: EscalationPolicy) -> str:
    """A row a day, coloured by who is called first, and a table with everybody who is called and after how long."""
    zone, named = zone_of(site, policy)
    midnight = to_wall(site.context.now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + _DAY * index for index in range(AHEAD)]
    start, end = from_wall(days[0], zone), from_wall(days[-1] + _DAY, zone)
    spans = reach(site.catalog, policy, start, end)
    if not any(span.calls for span in spans):
        return site.say("Nobody is called in the coming two weeks.")
    first = list(dict.fromkeys(sorted(_first(site, span) for span in spans)))
    rows = tuple(Row(_label(site, day), tuple(_segments(site, spans, first, day, zone))) for day in days)
    title = site.say(
        "Who is called first by {policy} in the coming two weeks; the folded table below says the same.",
        policy=policy.name,
    )
    head = (site.say("From"), site.say("Until"), site.say("Is called"))
    return page(
        site.say("Times in {zone}.", zone=named),
        block(Chart(title, tuple(first), rows, _TICKS)),
        folded("oncall", site.say("The same as a table"), table(head, list(_rows(site, spans, zone)))),
    )


def zone_of(site: Site, policy: EscalationPolicy) -> tuple[tzinfo, str]:
    """The zone in which a policy is shown: that of the first schedule it calls, else the repository's."""
    for target in (target for step in policy.steps for target in step.targets):
        schedule = site.catalog.get(Schedule, target.id) if target.kind == "schedule" else None
        if schedule is not None:
            return schedule.zone, schedule.zone_name
    name = site.catalog.settings.get(TIME_ZONE)
    return times.zone(name), name


def _first(site: Site, span: Reach) -> str:
    """The names of those who are called at once."""
    return site.both([person_name(site.catalog, call.person) for call in span.first]) or site.say("nobody")


def _label(site: Site, day: datetime) -> str:
    return f"{site.speech.weekday(day)} {site.speech.day(day)}"


def _segments(
    site: Site, spans: Iterable[Reach], first: Sequence[str], day: datetime, zone: tzinfo
) -> Iterator[Segment]:
    for span in spans:
        begins, ends = max(to_wall(span.start, zone), day), min(to_wall(span.end, zone), day + _DAY)
        if begins < ends:
            part, name = (begins - day) / _DAY, _first(site, span)
            from_to = site.say("{first} to {last}", first=f"{begins:%H:%M}", last=f"{ends:%H:%M}")
            title = f"{from_to}: {_words(site, span)}"
            yield Segment(part, min((ends - begins) / _DAY, 1 - part), first.index(name), name, title)


def _rows(site: Site, spans: Iterable[Reach], zone: tzinfo) -> Iterator[tuple[str, str, str]]:
    for span in spans:
        called = site.then(list(_called(site, span.calls))) or site.say("**nobody**: no incident is made")
        yield site.moment(span.start, zone), site.moment(span.end, zone), called


def _called(site: Site, calls: Iterable[Call]) -> Iterator[str]:
    """A part a moment: `Alice`, `Erin after 15 minutes`."""
    together: dict[timedelta, list[str]] = {}
    for call in calls:
        together.setdefault(call.delay, []).append(site.person(call.person))
    for delay, names in together.items():
        yield _after(site, site.both(list(dict.fromkeys(names))), delay)


def _words(site: Site, span: Reach) -> str:
    """The same without links, for a drawing."""
    said = [_after(site, person_name(site.catalog, call.person), call.delay) for call in span.calls]
    return site.then(said) or site.say("nobody")


def _after(site: Site, names: str, delay: timedelta) -> str:
    return site.say("{names} after {duration}", names=names, duration=site.words(delay)) if delay else names
