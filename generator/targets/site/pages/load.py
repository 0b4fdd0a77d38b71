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
from generator.targets.markdown import escape, page, table
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

_HOUR = timedelta(hours=1)


def load(site: Site, team: Team) -> str:
    """A row a person, and a table with hours a week; empty where nobody has any."""
    span = coming(site.context.now)
    found = [each for each in loads(site.catalog, team.schedules, team.policies, span) if each.on_call]
    rotating = [each for each in found if any(duty.schedule for duty in each.duties)]
    if not rotating:
        return ""
    names = site.catalog.settings.get(ONCALL).names
    title = f"Hours on call a week and person of {team.name}, over the coming {WEEKS} weeks; the table says the same."
    duties = [duty for each in found for duty in each.duties]
    return page(
        "## Load",
        f"Hours a week on the team's schedules, over the coming {WEEKS} weeks, by the clock where each person lives."
        " *Share* is the part of all time in which they are called at any step; above 25 % other work suffers.",
        block(Chart(title, names, _rows(site, rotating, len(names)))),
        table(("Who", "Share", "A week", *map(_heading, names)), [_line(site, each, len(names)) for each in found]),
        *(_fairness(site, each, duties, span) for each in team.schedules),
    )


def _fairness(site: Site, schedule: Schedule, duties: Sequence[Duty], span: Window) -> str:
    """By bucket: equal totals hide one person's nights."""
    names = (*site.catalog.settings.get(ONCALL).names, "all of it")
    found = zip(names, schedule_fairness(site.catalog, schedule, duties, span), strict=False)
    rows = [_even(site, name, each) for name, each in found if each is not None]
    if not rows:
        return ""
    return page(
        f"### Fairness of {escape(schedule.name)}",
        "By the time in which each person could have been on call. *Most by mean*: 1 is even, 2 twice as much."
        " *Balance*: 1 is even, 0 means that one has everything.",
        table(("Hours", "Most by mean", "Balance", "Most", "Least"), rows),
    )


def _even(site: Site, name: str, each: Fairness) -> tuple[str, ...]:
    even = each.overload < 1.05
    people = ("", "") if even else (site.person(each.most), site.person(each.least))
    return _heading(name), f"{each.overload:.2f}", f"{each.balance:.2f}", *people


def _rows(site: Site, found: Sequence[Load], buckets: int) -> tuple[Row, ...]:
    most = max(sum(_scheduled(each, buckets), timedelta()) for each in found)
    return tuple(Row(_label(site, each, buckets), tuple(_segments(_scheduled(each, buckets), most))) for each in found)


def _scheduled(each: Load, buckets: int) -> Amounts:
    """What schedules give; whom a step names is called at all hours, which says nothing about theirs."""
    given = [duty.amounts for duty in each.duties if duty.schedule]
    return tuple(sum((amounts[index] for amounts in given), timedelta()) for index in range(buckets))


def _label(site: Site, each: Load, buckets: int) -> str:
    return f"{person_name(site.catalog, each.person)}, {_a_week(sum(_scheduled(each, buckets), timedelta()))} a week"


def _segments(amounts: Amounts, most: timedelta) -> Iterable[Segment]:
    start = 0.0
    for series, amount in enumerate(amounts):
        if amount:
            length = min(amount / most, 1 - start)
            yield Segment(start, length, series, _a_week(amount), f"{_a_week(amount)} a week")
            start += length


def _line(site: Site, each: Load, buckets: int) -> tuple[str, ...]:
    amounts = _scheduled(each, buckets)
    share = f"{float(each.share):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    if not any(amounts):
        return (site.person(each.person), f"{share}, named by a step", *([""] * (buckets + 1)))
    return (site.person(each.person), share, _a_week(sum(amounts, timedelta())), *map(_a_week, amounts))


def _heading(name: str) -> str:
    return escape(name.replace("-", " ").capitalize())


def _a_week(amount: timedelta) -> str:
    """Hours a week, to a tenth."""
    return f"{amount / _HOUR / WEEKS:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}h"
