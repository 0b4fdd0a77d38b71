"""What an alert carries beside its query: labels to route by, annotations to read at 3 am.

Values are Go templates, as Prometheus takes them: text from sources comes in as text (`literal_text`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.addresses import runbook_url
from generator.analysis.memo import once_a_catalog
from generator.analysis.paths import next_step_words
from generator.analysis.rules.first_steps import first_steps, is_label
from generator.analysis.rules.go_templates import literal_text
from generator.analysis.severity import PAGE, TICKET, proposed_severity, severity_label
from generator.analysis.slos.legs import Leg, allowed, budget, percent, plain, scaled
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert
    from generator.kinds.rules import Alert
    from generator.kinds.slo import Slo

NO_DATA = "no-data"


def slo_labels(service: Service, slo: Slo, leg: Leg) -> dict[str, str]:
    """Of the rule of one leg; ours win over the SLO's own, since routes and inhibition stand on them."""
    identity = {"slo": slo.name, "leg": leg.name}
    ours = _routing(leg.urgency, leg.severity, service) | identity
    return ours | _own(service.labels, slo.labels, without=ours)


def no_data_labels(catalog: Catalog, service: Service, slo: Slo) -> dict[str, str]:
    """Of the ticket that says that nobody knows."""
    ours = _routing(TICKET, proposed_severity(catalog, TICKET), service) | {"slo": slo.name, "leg": NO_DATA}
    return ours | _own(service.labels, slo.labels, without=ours)


def plain_labels(catalog: Catalog, service: Service, alert: Alert, group: Mapping[str, str]) -> dict[str, str]:
    """Of a pasted rule: what it says itself stays, as the template that it may be."""
    sev = alert.severity or proposed_severity(catalog, alert.urgency)
    return _routing(alert.urgency, sev, service) | _own(service.labels) | dict(group) | dict(alert.labels)


def leg_annotations(catalog: Catalog, alert: NamedAlert, slo: Slo, leg: Leg) -> dict[str, str]:
    """Of the rule of one leg, in words with exact numbers."""
    summary = f"{slo.service}: {slo.name} burns its error budget {_faster(leg.burn_rate)}"
    texts = (literal_text(summary) + _groups(slo), _leg_description(slo.objective, allowed(slo), leg))
    return _annotations(catalog, alert, slo, texts, leg.urgency)


def _faster(burn_rate: Decimal) -> str:
    if burn_rate == 1:
        return "faster than the objective allows"
    return f"at more than {plain(burn_rate)} times the allowed rate"


@lru_cache(maxsize=1024)
def _leg_description(objective: Decimal, allows: Decimal, leg: Leg) -> str:
    """What happens and how fast it goes on: the same words for every SLO with the same numbers."""
    long, outage = times.words(leg.long), times.words(_whole_seconds(scaled(leg.period, allows)))
    return (
        f"In the last {_a(long)}, {{{{ $value | humanizePercentage }}}} of all events were bad; the objective of "
        f"{plain(objective)}% allows {percent(allows, 6)}. This fires above {percent(leg.threshold, 6)} in both the "
        f"last {_a(long)} and the last {_a(times.words(leg.short))}: at this rate the "
        f"{_gone(leg.period, leg.budget_gone_in)}. The whole "
        f"budget is {outage} of total outage; {long} of this spends {percent(leg.budget_spent)} of it."
    )


def _a(words: str) -> str:
    """`1 hour` after "the last" is `hour`."""
    number, _, rest = words.partition(" ")
    return rest if number == "1" and " " not in rest else words


def _gone(period: timedelta, gone: timedelta | None) -> str:
    """`30-day budget is gone in 2 days 2 hours`."""
    if gone is None:
        return f"{_adjective(period)} budget outlasts its period"
    said = times.words(gone)
    about = "" if _adds_up(said, gone) else "about "
    return f"{_adjective(period)} budget is gone in {about}{said}"


def _adjective(period: timedelta) -> str:
    """`30-day`, `36-hour`; what is neither whole days nor whole hours in words."""
    for name, size in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if not period % size:
            return f"{period // size}-{name}"
    return f"{period.total_seconds():g}-second"


def _adds_up(said: str, duration: timedelta) -> bool:
    """Whether words with two units say all there is of a duration."""
    units = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    parts = said.split()
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return sum((int(n) * units.get(u.rstrip("s"), timedelta(seconds=1)) for n, u in pairs), timedelta()) == duration


def no_data_annotations(catalog: Catalog, alert: NamedAlert, slo: Slo) -> dict[str, str]:
    """Of the ticket that says that nobody knows."""
    summary = literal_text(f"{slo.service}: no data for {slo.name}") + _groups(slo, maybe=True)
    description = (
        f"The series behind this SLO have had no value for {times.words(slo.no_data or budget(slo))}: "
        "whether the service works is unknown, and no other alert of the SLO can fire."
    )
    ours = _annotations(catalog, alert, slo, (summary, description), TICKET)
    # What an SLO says of itself is about errors, and here nobody knows of any.
    return ours | {"summary": summary, "description": _about(slo) + description}


def plain_annotations(catalog: Catalog, alert: NamedAlert, rule: Alert) -> dict[str, str]:
    """Of a pasted rule: its own, and the links and first steps that it does not have."""
    return {**rule.annotations, **_without(_shared(catalog, alert, None, rule.urgency), rule.annotations)}


def link(catalog: Catalog, alert: NamedAlert, labels: Collection[str] | None) -> str | None:
    """The annotation `runbook_url`: the runbook's parameters that are labels go along in the query."""
    url, runbook = runbook_url(catalog, alert), catalog.get(Runbook, alert.runbook)
    if url is None:
        return None
    names = [name for name in (runbook.parameters if runbook else ()) if is_label(name, labels)]
    query = "&".join(f"{name}={{{{ $labels.{name} | urlquery }}}}" for name in names)
    return literal_text(url) + (f"?{query}" if query else "")


def _routing(urgency: str, severity: str | None, service: Service) -> dict[str, str]:
    labels = {
        "severity": severity_label(urgency),
        "urgency": urgency,
        "sev": severity,
        "team": service.team,
        "service": service.id,
    }
    return {name: literal_text(value) for name, value in labels.items() if value}


def _own(*written: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    return {name: literal_text(value) for each in written for name, value in each.items() if name not in without}


def _annotations(catalog: Catalog, alert: NamedAlert, slo: Slo, texts: tuple[str, str], urgency: str) -> dict[str, str]:
    """The SLO's own annotations stay, as templates, which they are in Sloth too: its `summary` may be better."""
    own = dict(slo.annotations)
    known = {"service", "slo", *slo.group_by}
    summary, description = texts
    ours = {"summary": summary, "description": _about(slo) + description} | _shared(catalog, alert, known, urgency)
    return ours | own


def _about(slo: Slo) -> str:
    return f"{literal_text(slo.description.rstrip('.'))}. " if slo.description else ""


def _shared(catalog: Catalog, alert: NamedAlert, labels: Collection[str] | None, urgency: str) -> dict[str, str]:
    """What all rules of an alert with one urgency carry."""
    known = None if labels is None else tuple(sorted(labels))
    return dict(_links(catalog, alert.service.id, alert.name, known, urgency))


@once_a_catalog
def _links(
    catalog: Catalog, service: str, name: str, labels: tuple[str, ...] | None, urgency: str
) -> tuple[tuple[str, str], ...]:
    alert = alert_of(catalog, service, name)
    calls = _called(catalog, service) if urgency == PAGE else ""
    found = {
        "runbook_url": link(catalog, alert, labels),
        "dashboard": literal_text(alert.service.links.get("dashboard", "")),
        "first_steps": first_steps(catalog, alert, labels, f"Called: {calls}" if calls else ""),
    }
    return tuple((annotation, value) for annotation, value in found.items() if value)


@once_a_catalog
def _called(catalog: Catalog, service: str) -> str:
    found = catalog.get(Service, service)
    return next_step_words(catalog, found) if found else ""


def alert_of(catalog: Catalog, service: str, name: str) -> NamedAlert:
    """The alert of that name in a service."""
    return _alerts(catalog)[service, name]


@once_a_catalog
def _alerts(catalog: Catalog) -> Mapping[tuple[str, str], NamedAlert]:
    return {(alert.service.id, alert.name): alert for alert in catalog.alerts}


def _without(mapping: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in mapping.items() if name not in names}


def _groups(slo: Slo, *, maybe: bool = False) -> str:
    """Which of its groups it is about; `maybe` where an alert may be about all of them, and has no such label."""
    labels = ", ".join(f"{label} {{{{ $labels.{label} }}}}" for label in slo.group_by)
    if not labels:
        return ""
    return f"{{{{ if $labels.{slo.group_by[0]} }}}} ({labels}){{{{ end }}}}" if maybe else f" ({labels})"


def _whole_seconds(duration: timedelta) -> timedelta:
    return timedelta(seconds=round(duration.total_seconds()))
