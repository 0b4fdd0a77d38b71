"""The closure proof: every alert that can fire, by every way in which it can, followed to people and to a runbook.

It goes through the same routes that are written for Alertmanager. What is missing on the way is a gap of the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.addresses import runbook_url
from generator.analysis.memo import once_a_catalog
from generator.analysis.paths import policy_of
from generator.analysis.routing import Delivery, Inhibition, Matcher, Routing, routing
from generator.analysis.routing.steps import called
from generator.analysis.rules.texts import NO_DATA, alert_of, no_data_labels, plain_labels, slo_labels
from generator.analysis.severity import PAGE, TICKET
from generator.analysis.slos.legs import legs
from generator.kinds.rules import Alert
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.kinds.team import Team
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.findings import Ref

ROUTED_BY = ("team", "urgency", "service")
"""The labels that routes ask for, in their order."""

NOBODY_TOLD = "nobody is notified"
CALLS_NOBODY = "no step of the policy reaches anybody"
EMPTY_STEP = "a step of the policy reaches nobody"
ONLY_ON_CALL = "outside the shifts that are known nobody is notified"
NO_RUNBOOK = "there is no runbook"
ELSEWHERE = "its own labels send it elsewhere than its service says"
UNKNOWN = "where it goes is decided by the labels of the series"


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which an alert can fire, and where that ends."""

    alert: str
    kind: str
    """`slo`, `no-data` or `rule`."""
    service: str
    source: Ref
    labels: Mapping[str, str]
    """All that it carries and that is known; templates are not."""
    slo: str | None
    leg: str | None
    deliveries: tuple[Delivery, ...]
    policy: str | None
    """The policy that a page calls by."""
    runbook: str | None
    """The slug of its runbook here."""
    runbook_url: str | None
    silenced_by: tuple[str, ...]
    """The services whose pages silence it while they fire; its own: by a page about the same SLO."""
    gaps: tuple[str, ...]

    @property
    def team(self) -> str:
        """The label `team`."""
        return self.labels.get("team", "")

    @property
    def urgency(self) -> str:
        """The label `urgency`: all but `page` is treated as a ticket."""
        return PAGE if self.labels.get("urgency") == PAGE else TICKET

    @property
    def severity(self) -> str:
        """The label `sev`."""
        return self.labels.get("sev", "")


@dataclass(frozen=True, slots=True)
class _Fired:
    """A rule before it is followed."""

    alert: str
    page_of: str
    """The alert whose runbook and page it has: of an SLO's no-data ticket that is the SLO's."""
    kind: str
    source: Ref
    labels: Mapping[str, str]
    slo: str | None = None
    unknown: bool = False


@once_a_catalog
def rows(catalog: Catalog, now: datetime) -> tuple[Row, ...]:
    """Every row, by service and then as the rules stand."""
    found, silencing = routing(catalog, now), _Silencing(routing(catalog, now).inhibitions)
    services = sorted(catalog.all(Service), key=lambda service: service.id)
    return tuple(
        _row(catalog, now, service, fired, found, silencing)
        for service in services
        for fired in _fired(catalog, service)
    )


def _fired(catalog: Catalog, service: Service) -> Iterator[_Fired]:
    for slo in service.slos:
        yield from _of_slo(catalog, service, slo)
    for alert in service.plain_alerts:
        yield _plain(catalog, service, alert, {})
    for group in service.groups:
        for rule in group.rules:
            if isinstance(rule, Alert):
                yield _plain(catalog, service, rule, group.labels)


def _of_slo(catalog: Catalog, service: Service, slo: Slo) -> Iterator[_Fired]:
    for leg in legs(catalog, service, slo):
        yield _Fired(slo.alert, slo.alert, "slo", slo.ref, slo_labels(service, slo, leg), slo.name)
    if slo.no_data is not None:
        labels = no_data_labels(catalog, service, slo)
        yield _Fired(f"{slo.alert}NoData", slo.alert, NO_DATA, slo.ref, labels, slo.name)


def _plain(catalog: Catalog, service: Service, alert: Alert, shared: Mapping[str, str]) -> _Fired:
    labels = plain_labels(catalog, service, alert, shared)
    templates = {name for name in templated(alert, shared) if name in labels}
    known = {name: value for name, value in labels.items() if name not in templates}
    unknown = bool(templates.intersection(ROUTED_BY))
    return _Fired(alert.name, alert.name, "rule", alert.ref, known, known.get("slo"), unknown)


def templated(alert: Alert, shared: Mapping[str, str]) -> frozenset[str]:
    """The labels of a pasted rule whose values only its series know."""
    return frozenset(name for name, value in {**shared, **alert.labels}.items() if "{{" in value)


def _row(
    catalog: Catalog, now: datetime, service: Service, fired: _Fired, found: Routing, silencing: _Silencing
) -> Row:
    labels = {"alertname": fired.alert, **fired.labels}
    deliveries = found.deliveries(labels)
    alert = alert_of(catalog, service.id, fired.page_of)
    runbook = catalog.get(Runbook, alert.runbook)
    opened = alert.external_runbook or runbook is not None
    policy = policy_of(catalog, service) if labels.get("urgency") == PAGE else None
    ident = policy.id if policy and labels.get("team") == policy.team else None
    return Row(
        alert=fired.alert,
        kind=fired.kind,
        service=service.id,
        source=fired.source,
        labels=labels,
        slo=fired.slo,
        leg=labels.get("leg"),
        deliveries=deliveries,
        policy=ident,
        runbook=runbook.id if runbook else None,
        runbook_url=runbook_url(catalog, alert) if opened else None,
        silenced_by=tuple(each for each in silencing.of(labels) if _can_page(catalog, each, labels)),
        gaps=tuple(_gaps(catalog, now, service, fired, found, ident, opened=opened)),
    )


def _gaps(
    catalog: Catalog,
    now: datetime,
    service: Service,
    fired: _Fired,
    found: Routing,
    policy: str | None,
    *,
    opened: bool,
) -> Iterator[str]:
    if fired.unknown:
        yield UNKNOWN
    elif contradictions(service, fired.labels):
        yield ELSEWHERE
    told = [each.receiver in found.receivers for each in found.deliveries(fired.labels)]
    if not fired.unknown and not any(told):
        yield NOBODY_TOLD
    if any(told) and not told[-1] and _pages_people(catalog, fired.labels):
        yield ONLY_ON_CALL
    steps = called(catalog, policy, now) if policy else ()
    if steps and not any(step.reaches for step in steps):
        yield CALLS_NOBODY
    elif not all(step.reaches for step in steps):
        yield EMPTY_STEP
    if not opened:
        yield NO_RUNBOOK


def _can_page(catalog: Catalog, source: str, labels: Mapping[str, str]) -> bool:
    """Whether a service can silence the alert: its own does so by a page of the SLO that the alert is about."""
    if source != labels.get("service"):
        return True  # the inhibition is there because it pages
    slo, service = catalog.get(Slo, f"{source}/{labels.get('slo')}"), catalog.get(Service, source)
    return slo is not None and service is not None and any(leg.urgency == PAGE for leg in legs(catalog, service, slo))


def _pages_people(catalog: Catalog, labels: Mapping[str, str]) -> bool:
    team = catalog.get(Team, labels.get("team"))
    return team is not None and team.pages_people and labels.get("urgency") == PAGE


def contradictions(service: Service, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The labels that send an alert of a service elsewhere than the service says, or to no urgency that there is."""
    said = {"team": service.team, "service": service.id}
    wrong = [name for name, value in said.items() if value is not None and labels.get(name, value) != value]
    return (*wrong, *(["urgency"] if labels.get("urgency") not in (PAGE, TICKET, None) else []))


class _Silencing:
    """Inhibition by the service that is silenced: there may be thousands of rules, and few differ in anything else."""

    def __init__(self, rules: tuple[Inhibition, ...]) -> None:
        self._known: dict[tuple[Matcher, ...], dict[str, list[str]]] = {}
        for rule in rules:
            others = tuple(each for each in rule.targets if each.label != "service")
            by_service = self._known.setdefault(others, {})
            for service in _services(rule.targets) or ("",):
                by_service.setdefault(service, []).extend(_services(rule.sources) or ("",))

    def of(self, labels: Mapping[str, str]) -> tuple[str, ...]:
        """The services whose pages silence an alert; its own stands for the SLO that it is about."""
        own = labels.get("service", "")
        fitting = [
            by_service
            for others, by_service in self._known.items()
            if all(matcher.matches(labels) for matcher in others)
        ]
        found = (source for by_service in fitting for key in ("", own) for source in by_service.get(key, ()))
        return tuple(dict.fromkeys(source or own for source in found))


def _services(matchers: tuple[Matcher, ...]) -> tuple[str, ...]:
    return next((each.values for each in matchers if each.label == "service"), ())
