"""How much time on call everybody has in the coming year: by the kind of hour it is where they live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from generator.analysis.oncall import coming
from generator.analysis.oncall.horizon import WEEKS
from generator.analysis.oncall.load.buckets import Amounts
from generator.analysis.oncall.load.duties import Duty, Load, loads
from generator.analysis.oncall.load.fairness import Fairness, schedule_fairness
from generator.analysis.oncall.load.settings import ONCALL
from generator.analysis.oncall.report import person_name
from generator.analysis.windows import Window
from generator.kinds.team import Schedule, Team
from generator.messages import marked
from generator.targets.markdown import escape, page, table
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

_HOUR = timedelta(hours=1)
_ALL = "all"
_NAMES = {
    _ALL: marked("all of it"),
    "business": marked("business"),
    "evening": marked("evening"),
    "night": marked("night"),
    "weekend": marked("weekend"),
    "holiday": marked("holiday"),
}


def load(site: Site, team: Team) -> str:
    """A row a person, and a table with hours a week; empty where nobody has any."""
    span = coming(site.context.now)
    found = [each for each in loads(site.catalog, team.schedules, team.policies, span) if each.on_call]
    rotating = [each for each in found if any(duty.schedule for duty in each.duties)]
    if not rotating:
        return ""
    names = site.catalog.settings.get(ONCALL).names
    title = site.say(
        "Hours on call a week and person of {team}, over the coming {number} weeks; the table says the same.",
        team=team.name,
        number=WEEKS,
    )
    duties = [duty for each in found for duty in each.duties]
    head = (site.say("Who"), site.say("Share"), site.say("A week"), *(_heading(site, each) for each in names))
    return page(
        f"## {site.say('Load')}",
        site.say(
            "Hours a week on the team's schedules, over the coming {number} weeks, by the clock where each person "
            "lives. *Share* is the part of all time in which they are called at any step; above 25 % other work "
            "suffers.",
            number=WEEKS,
        ),
        block(Chart(title, tuple(_named(site, each) for each in names), _rows(site, rotating, len(names)))),
        table(head, [_line(site, each, len(names)) for each in found]),
        *(_fairness(site, each, duties, span) for each in team.schedules),
    )


def _fairness(site: Site, schedule: Schedule, duties: Sequence[Duty], span: Window) -> str:
    """By bucket: equal totals hide one person's nights."""
    names = (*site.catalog.settings.get(ONCALL).names, _ALL)
    found = zip(names, schedule_fairness(site.catalog, schedule, duties, span), strict=False)
    rows = [_even(site, name, each) for name, each in found if each is not None]
    if not rows:
        return ""
    head = (
        site.say("Hours"),
        site.say("Most by mean"),
        site.say("Balance"),
        site.say("Most"),
        site.say("Least"),
    )
    return page(
        f"### {site.say('Fairness of {schedule}', schedule=escape(schedule.name))}",
        site.say(
            "By the time in which each person could have been on call. *Most by mean*: 1 is even, 2 twice as much. "
            "*Balance*: 1 is even, 0 means that one has everything."
        ),
        table(head, rows),
    )


def _even(site: Site, name: str, each: Fairness) -> tuple[str, ...]:
    even = each.overload < 1.05
    people = ("", "") if even else (site.person(each.most), site.person(each.least))
    return _heading(site, name), f"{each.overload:.2f}", f"{each.balance:.2f}", *people


def _rows(site: Site, found: Sequence[Load], buckets: int) -> tuple[Row, ...]:
    most = max(sum(_scheduled(each, buckets), timedelta()) for each in found)
    return tuple(
        Row(_label(site, each, buckets), tuple(_segments(site, _scheduled(each, buckets), most))) for each in found
    )


def _scheduled(each: Load, buckets: int) -> Amounts:
    """What schedules give; whom a step names is called at all hours, which says nothing about theirs."""
    given = [duty.amounts for duty in each.duties if duty.schedule]
    return tuple(sum((amounts[index] for amounts in given), timedelta()) for index in range(buckets))


def _label(site: Site, each: Load, buckets: int) -> str:
    hours = _a_week(sum(_scheduled(each, buckets), timedelta()))
    return site.say("{person}, {hours} a week", person=person_name(site.catalog, each.person), hours=hours)


def _segments(site: Site, amounts: Amounts, most: timedelta) -> Iterable[Segment]:
    start = 0.0
    for series, amount in enumerate(amounts):
        if amount:
            length = min(amount / most, 1 - start)
            yield Segment(start, length, series, _a_week(amount), site.say("{hours} a week", hours=_a_week(amount)))
            start += length


def _line(site: Site, each: Load, buckets: int) -> tuple[str, ...]:
    amounts = _scheduled(each, buckets)
    share = f"{float(each.share):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    if not any(amounts):
        return (site.person(each.person), site.say("{share}, named by a step", share=share), *([""] * (buckets + 1)))
    return (site.person(each.person), share, _a_week(sum(amounts, timedelta())), *map(_a_week, amounts))


def _heading(site: Site, name: str) -> str:
    return escape(_named(site, name).capitalize())


def _named(site: Site, name: str) -> str:
    """The default sorts of hours have names in every language; others are called as the settings call them."""
    return site.say(_NAMES[name]) if name in _NAMES else name.replace("-", " ")


def _a_week(amount: timedelta) -> str:
    """Hours a week, to a tenth."""
    return f"{amount / _HOUR / WEEKS:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}h"
