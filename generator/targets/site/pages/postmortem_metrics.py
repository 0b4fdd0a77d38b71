"""What postmortems add up to: how long incidents take, month by month, and whether their actions get done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, timedelta

from generator.analysis.postmortems import ActionItem, action_items
from generator.analysis.postmortems.durations import MEASURES
from generator.analysis.postmortems.metrics import (
    LATE,
    MARK,
    Group,
    Progress,
    by_month,
    by_service,
    by_severity,
    incidents,
    overall,
    progress,
)
from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.messages import marked
from generator.targets.markdown import code, escape, page, table
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

METRICS = "postmortems/metrics/index.md"
_MONTHS = 24
"""How many months are drawn."""
_LISTED = 60
"""So many months, services and action items are in tables."""
_STATES = (marked("done"), marked("open"), marked("overdue"), marked("dropped"))
_MEASURES = {
    "detect": marked("Time to detect"),
    "acknowledge": marked("Time to acknowledge"),
    "mitigate": marked("Time to mitigate"),
    "resolve": marked("Time to resolve"),
}


def metrics_page(site: Site) -> Page:
    """The page; only asked for where there is a postmortem."""
    found, items = incidents(site.catalog), action_items(site.catalog)
    title = site.say("Incidents in figures")
    text = page(
        f"# {title}",
        site.say(
            "Medians over all postmortems of incidents; in brackets, how many had both moments where not all had. "
            "*Time to acknowledge* counts from the detection, the others from the start of the trouble."
        ),
        _medians(site, "", (overall(found),)) if found else site.say("No incident has been written down."),
        f"## {site.say('By month')}" if found else "",
        _chart(site, by_month(found)),
        _medians(site, site.say("Month"), by_month(found)),
        f"## {site.say('By severity')}" if found else "",
        _medians(site, site.say("Severity"), by_severity(found)),
        f"## {site.say('By service')}" if by_service(found) else "",
        _medians(site, site.say("Service"), by_service(found), services=True),
        _actions(site, items) if items else "",
    )
    sources = {each.ref.path for each in site.catalog.all(Postmortem)}
    return Page(METRICS, title, text, tuple(sorted(sources)))


def _medians(site: Site, what: str, groups: Sequence[Group], *, services: bool = False) -> str:
    rows = [
        (
            site.service_link(METRICS, each.name) if services else escape(each.name if what else site.say("All")),
            str(each.incidents),
            *(_median(site, each, measure.name) for measure in MEASURES),
        )
        for each in (_busiest(groups) if services else groups[-_LISTED:])
    ]
    head = (what or site.say("Which"), site.say("Incidents"), *(site.say(_MEASURES[each.name]) for each in MEASURES))
    return page(table(head, rows), _more(site, len(groups), "tocsin postmortem metrics"))


def _more(site: Site, number: int, command: str) -> str:
    """What a table leaves out, and the command that has it."""
    left = number - _LISTED
    return site.say("and {number} more: {command}", number=left, command=code(command)) if left > 0 else ""


def _busiest(groups: Sequence[Group]) -> list[Group]:
    """Those with most incidents, in their order."""
    least_first = sorted(groups, key=lambda each: each.incidents)
    chosen = {each.name for each in least_first[-_LISTED:]}
    return [each for each in groups if each.name in chosen]


def _median(site: Site, group: Group, measure: str) -> str:
    length, count = group.medians.get(measure, (None, 0))
    if length is None:
        return ""
    said = _said(site, length)
    return site.say("{duration} (of {number})", duration=said, number=count) if count != group.incidents else said


def _said(site: Site, length: timedelta) -> str:
    return site.words(length) if length else site.say("{number} minutes", number=0)


def _chart(site: Site, groups: Sequence[Group]) -> str:
    """A row a month: from the start to detection, then to mitigation, then to resolution, as medians."""
    shown = [each for each in groups if each.medians.get("mitigate") or each.medians.get("resolve")][-_MONTHS:]
    longest = max((_longest(each) for each in shown), default=timedelta())
    if not longest:
        return ""
    series = (site.say("until detected"), site.say("until mitigated"), site.say("until resolved"))
    title = site.say(
        "Median time until incidents were detected, mitigated and resolved, in {number} months; see the table.",
        number=len(shown),
    )
    rows = tuple(Row(f"{each.name}, {_said(site, _longest(each))}", _parts(site, each, longest)) for each in shown)
    return block(Chart(title, series, rows))


def _longest(group: Group) -> timedelta:
    return max(group.medians[name][0] for name in ("detect", "mitigate", "resolve") if name in group.medians)


def _parts(site: Site, group: Group, longest: timedelta) -> tuple[Segment, ...]:
    """Medians are of different incidents each, so a later one may be shorter: then nothing is left to draw of it."""
    found: list[Segment] = []
    reached = timedelta()
    for series, name in enumerate(("detect", "mitigate", "resolve")):
        length = group.medians.get(name, (timedelta(), 0))[0]
        if length > reached:
            start, said = reached / longest, _said(site, length)
            found.append(Segment(start, min((length - reached) / longest, 1 - start), series, said, said))
            reached = length
    return tuple(found)


def _actions(site: Site, items: Sequence[ActionItem]) -> str:
    today = site.context.now.astimezone(UTC).date()
    how_far, still = progress(items, today), _open(items)
    head = (
        site.say("Due"),
        site.say("Priority"),
        site.say("Owner"),
        site.say("Action"),
        site.say("Incident"),
        site.say("Status"),
    )
    return page(
        f"## {site.say('Action items')}",
        _verdict(site, how_far),
        _progress_chart(site, items, today),
        table(head, [_item(site, each, how_far) for each in still[:_LISTED]]) or site.say("Nothing is open."),
        _more(site, len(still), "tocsin actions list"),
    )


def _verdict(site: Site, how_far: Progress) -> str:
    if how_far.rate is None:
        return site.say("Every item was dropped.")
    done = f"{float(how_far.rate):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    mark = f"{float(MARK):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    if how_far.rate < MARK:
        first = site.say("**{done}** of what was asked for is done, under the mark of {mark}.", done=done, mark=mark)
    else:
        first = site.say("**{done}** of what was asked for is done, as the mark of {mark} asks.", done=done, mark=mark)
    rest = site.say(
        "{open} are open, {overdue} of them overdue, {late} late: open for more than {days} days.",
        open=how_far.open,
        overdue=len(how_far.overdue),
        late=len(how_far.late),
        days=LATE.days,
    )
    return f"{first} {rest}"


def _progress_chart(site: Site, items: Sequence[ActionItem], today: date) -> str:
    """A row a quarter of the incidents: what is done, open, overdue, dropped."""
    quarters: dict[str, list[ActionItem]] = {}
    for item in items:
        year, month = item.postmortem.id[:4], int(item.postmortem.id[5:7])
        quarters.setdefault(f"{year} Q{(month + 2) // 3}", []).append(item)
    title = site.say("Action items by the quarter of their incident: done, open, overdue, dropped.")
    rows = tuple(_quarter(site, name, quarters[name], today) for name in sorted(quarters)[-_MONTHS:])
    return block(Chart(title, tuple(map(site.say, _STATES)), rows))


def _quarter(site: Site, name: str, items: Sequence[ActionItem], today: date) -> Row:
    how_far = progress(items, today)
    overdue = len(how_far.overdue)
    counts = (how_far.done, how_far.open - overdue, overdue, how_far.dropped)
    found: list[Segment] = []
    start = 0.0
    for series, count in enumerate(counts):
        if count:
            length = min(count / len(items), 1 - start)
            found.append(Segment(start, length, series, str(count), f"{count} {site.say(_STATES[series])}"))
            start += length
    said = ", ".join(f"{count} {site.say(state)}" for count, state in zip(counts, _STATES, strict=True) if count)
    return Row(f"{name}: {said}", tuple(found))


def _open(items: Sequence[ActionItem]) -> list[ActionItem]:
    still = [item for item in items if item.is_open]
    return sorted(still, key=lambda item: (item.due or date.max, item.priority, item.postmortem.id))


def _item(site: Site, item: ActionItem, how_far: Progress) -> tuple[str, ...]:
    late = (site.say("overdue"), how_far.overdue), (site.say("late"), how_far.late)
    marks = [word for word, found in late if item in found]
    return (
        escape(item.due_text or site.say("no date")),
        escape(item.priority),
        site.person(item.person) if item.person else escape(item.owner or site.say("nobody")),
        escape(item.action),
        site.link(METRICS, site.title(item.postmortem), site.sources[item.postmortem.ref.path]),
        f"**{', '.join(marks)}**" if marks else "",
    )
