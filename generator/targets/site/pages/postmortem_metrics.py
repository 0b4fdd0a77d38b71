"""What postmortems add up to: how long incidents take, month by month, and whether their actions get done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, timedelta

from generator import times
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
from generator.targets.markdown import escape, page, table
from generator.targets.site.charts import Chart, Row, Segment, block
from generator.targets.site.site import Site

METRICS = "postmortems/metrics/index.md"
_MONTHS = 24
"""How many months are drawn; the table has all of them."""
_STATES = ("done", "open", "overdue", "dropped")


def metrics_page(site: Site) -> Page:
    """The page; only asked for where there is a postmortem."""
    found, items = incidents(site.catalog), action_items(site.catalog)
    text = page(
        "# Incidents in figures",
        "Medians over all postmortems of incidents; in brackets, how many had both moments where not all had."
        " *Time to acknowledge* counts from the detection, the others from the start of the trouble.",
        _medians(site, "", (overall(found),)) if found else "No incident has been written down.",
        "## By month" if found else "",
        _chart(by_month(found)),
        _medians(site, "Month", by_month(found)),
        "## By severity" if found else "",
        _medians(site, "Severity", by_severity(found)),
        "## By service" if by_service(found) else "",
        _medians(site, "Service", by_service(found)),
        _actions(site, items) if items else "",
    )
    sources = {each.ref.path for each in site.catalog.all(Postmortem)}
    return Page(METRICS, "Incidents in figures", text, tuple(sorted(sources)))


def _medians(site: Site, what: str, groups: Sequence[Group]) -> str:
    rows = [
        (
            site.service_link(METRICS, each.name) if what == "Service" else escape(each.name if what else "All"),
            str(each.incidents),
            *(_median(each, measure.name) for measure in MEASURES),
        )
        for each in groups
    ]
    return table((what, "Incidents", *(measure.title for measure in MEASURES)), rows)


def _median(group: Group, measure: str) -> str:
    length, count = group.medians.get(measure, (None, 0))
    if length is None:
        return ""
    return f"{_said(length)} (of {count})" if count != group.incidents else _said(length)


def _said(length: timedelta) -> str:
    return times.words(length) if length else "0 minutes"


def _chart(groups: Sequence[Group]) -> str:
    """A row a month: from the start to detection, then to mitigation, then to resolution, as medians."""
    shown = [each for each in groups if each.medians.get("mitigate") or each.medians.get("resolve")][-_MONTHS:]
    longest = max((_longest(each) for each in shown), default=timedelta())
    if not longest:
        return ""
    series = ("until detected", "until mitigated", "until resolved")
    title = f"Median time until incidents were detected, mitigated and resolved, in {len(shown)} months; see the table."
    rows = tuple(Row(f"{each.name}, {_said(_longest(each))}", _parts(each, longest)) for each in shown)
    return block(Chart(title, series, rows))


def _longest(group: Group) -> timedelta:
    return max(group.medians[name][0] for name in ("detect", "mitigate", "resolve") if name in group.medians)


def _parts(group: Group, longest: timedelta) -> tuple[Segment, ...]:
    """Medians are of different incidents each, so a later one may be shorter: then nothing is left to draw of it."""
    found: list[Segment] = []
    reached = timedelta()
    for series, name in enumerate(("detect", "mitigate", "resolve")):
        length = group.medians.get(name, (timedelta(), 0))[0]
        if length > reached:
            start, said = reached / longest, _said(length)
            found.append(Segment(start, min((length - reached) / longest, 1 - start), series, said, said))
            reached = length
    return tuple(found)


def _actions(site: Site, items: Sequence[ActionItem]) -> str:
    today = site.context.now.astimezone(UTC).date()
    how_far = progress(items, today)
    return page(
        "## Action items",
        _verdict(how_far),
        _progress_chart(items, today),
        table(("Due", "Priority", "Owner", "Action", "Of", ""), [_item(site, each, how_far) for each in _open(items)])
        or "Nothing is open.",
    )


def _verdict(how_far: Progress) -> str:
    if how_far.rate is None:
        return "Every item was dropped."
    done = f"{float(how_far.rate):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    mark = f"{float(MARK):.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    side = "under" if how_far.rate < MARK else "at or over"
    return (
        f"**{done}** of what was asked for is done, {side} the mark of {mark}. {how_far.open} are open,"
        f" {len(how_far.overdue)} of them overdue, {len(how_far.late)} late: open for more than {LATE.days} days."
    )


def _progress_chart(items: Sequence[ActionItem], today: date) -> str:
    """A row a quarter of the incidents: what is done, open, overdue, dropped."""
    quarters: dict[str, list[ActionItem]] = {}
    for item in items:
        year, month = item.postmortem.id[:4], int(item.postmortem.id[5:7])
        quarters.setdefault(f"{year} Q{(month + 2) // 3}", []).append(item)
    title = "Action items by the quarter of their incident: done, open, overdue, dropped."
    rows = tuple(_quarter(name, quarters[name], today) for name in sorted(quarters)[-_MONTHS:])
    return block(Chart(title, _STATES, rows))


def _quarter(name: str, items: Sequence[ActionItem], today: date) -> Row:
    how_far = progress(items, today)
    overdue = len(how_far.overdue)
    counts = (how_far.done, how_far.open - overdue, overdue, how_far.dropped)
    found: list[Segment] = []
    start = 0.0
    for series, count in enumerate(counts):
        if count:
            length = min(count / len(items), 1 - start)
            found.append(Segment(start, length, series, str(count), f"{count} {_STATES[series]}"))
            start += length
    said = ", ".join(f"{count} {state}" for count, state in zip(counts, _STATES, strict=True) if count)
    return Row(f"{name}: {said}", tuple(found))


def _open(items: Sequence[ActionItem]) -> list[ActionItem]:
    still = [item for item in items if item.is_open]
    return sorted(still, key=lambda item: (item.due or date.max, item.priority, item.postmortem.id))


def _item(site: Site, item: ActionItem, how_far: Progress) -> tuple[str, ...]:
    marks = [word for word, found in (("overdue", how_far.overdue), ("late", how_far.late)) if item in found]
    return (
        escape(item.due_text or "no date"),
        escape(item.priority),
        site.person(item.person) if item.person else escape(item.owner or "nobody"),
        escape(item.action),
        site.link(METRICS, site.title(item.postmortem), site.sources[item.postmortem.ref.path]),
        f"**{', '.join(marks)}**" if marks else "",
    )
