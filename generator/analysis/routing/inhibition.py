"""What is silent while something else fires: tickets under a page, and what a failing dependency explains.

See docs/decisions/0021-outages-silence-dependents.md for what counts as an outage, and why pages are included.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.routing.model import Inhibition, Matcher
from generator.analysis.rules.texts import NO_DATA
from generator.analysis.severity import PAGE, TICKET
from generator.analysis.slos.legs import legs
from generator.kinds.service import Service
from generator.kinds.slo import Slo

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.catalog import Catalog

_OF_AN_SLO = Matcher("slo")
_KNOWS = Matcher("leg", (NO_DATA,), unlike=True)


def inhibitions(catalog: Catalog, is_told: Callable[[Service], bool]) -> tuple[Inhibition, ...]:
    """Every rule. `is_told` says whether somebody hears of a service's pages: else they silence nothing elsewhere."""
    return (_same_slo(catalog), *_outages(catalog, is_told))


@once_a_catalog
def dependents(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Service → those that depend on it, through others too, sorted.

    Services that depend on each other (a cycle) are left out on both sides: each would explain the other away, and
    nobody would be told of either.
    """
    users: dict[str, list[str]] = {}
    for service in catalog.all(Service):
        for other in service.depends_on:
            if catalog.get(Service, other) is not None:
                users.setdefault(other, []).append(service.id)
    below = {ident: _reached(ident, users) for ident in users}
    apart = {
        ident: tuple(sorted(other for other in found if ident not in below.get(other, ())))
        for ident, found in sorted(below.items())
    }
    return {ident: found for ident, found in apart.items() if found}


def outage_severity(catalog: Catalog) -> str | None:
    """The severity whose burn counts as an outage: the highest that pages.

    None where it is the only one that pages: it then takes slow burns in, and one of those explains nothing.
    """
    paging = [severity.id for severity in catalog.severities if severity.urgency == PAGE]
    return paging[0] if len(paging) > 1 else None


@once_a_catalog
def paging_severities(catalog: Catalog, service: str) -> frozenset[str]:
    """The severities by which SLOs of a service can page: those of legs that it really has."""
    found = catalog.get(Service, service)
    every = [leg for slo in found.slos for leg in legs(catalog, found, slo)] if found else []
    return frozenset(leg.severity for leg in every if leg.urgency == PAGE)


def _same_slo(catalog: Catalog) -> Inhibition:
    grouped = {label for slo in catalog.all(Slo) for label in slo.group_by}
    equal = ("service", "slo", *sorted({*grouped, *_external(catalog)} - {"service", "slo"}))
    return Inhibition(
        (Matcher("urgency", (PAGE,)), _OF_AN_SLO),
        (Matcher("urgency", (TICKET,)), _OF_AN_SLO),
        equal,
        "While an SLO pages, its tickets say nothing new.",
    )


def _outages(catalog: Catalog, is_told: Callable[[Service], bool]) -> Iterator[Inhibition]:
    severity, equal = outage_severity(catalog), _external(catalog)
    for ident, users in dependents(catalog).items():
        service = catalog.get(Service, ident)
        paging = paging_severities(catalog, ident)
        if service is None or not paging or not is_told(service):
            continue
        source = (Matcher("service", (ident,)), Matcher("urgency", (PAGE,)), _OF_AN_SLO)
        target = (Matcher("service", users), _OF_AN_SLO, _KNOWS)
        why = f"While {ident} pages, tickets about SLOs of what depends on it say nothing new."
        yield Inhibition(source, (*target, Matcher("urgency", (TICKET,))), equal, why)
        if severity is not None and severity in paging:
            why = f"An outage of {ident} explains the pages of what depends on it."
            outage = (*source, Matcher("sev", (severity,)))
            yield Inhibition(outage, (*target, Matcher("urgency", (PAGE,))), equal, why)


def _external(catalog: Catalog) -> tuple[str, ...]:
    """Labels that tell Prometheus servers apart: an outage in one place explains nothing in another."""
    found = (each.catalog.settings.get(PROMETHEUS).external_labels for each in environments(catalog))
    return tuple(sorted({label for labels in found for label in labels}))


def _reached(start: str, users: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = deque([start])
    while waiting:
        for user in users.get(waiting.popleft(), ()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return frozenset(found - {start})
