"""What the dashboard has to know of the sources: by which labels the series are told apart, and all legs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.slos.legs import BASE_WINDOW, Leg, legs
from generator.catalog import Catalog
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.records import dataclass
from generator.times import format_duration

Pair = tuple[timedelta, timedelta]
"""Long window, short window."""


@dataclass(frozen=True, slots=True)
class LegFacts:
    """The legs of one pair of windows, whichever SLO they are of."""

    long: timedelta
    short: timedelta
    severities: tuple[str, ...]
    urgencies: tuple[str, ...]
    factors: Mapping[Decimal, tuple[Slo, ...]]
    """Burn rate → the SLOs that have it, the most usual first."""
    without: tuple[Slo, ...]
    """SLOs that have no leg of these windows."""

    @property
    def name(self) -> str:
        """`5m-1h`, the label `leg`."""
        return f"{format_duration(self.short)}-{format_duration(self.long)}"


@dataclass(frozen=True, slots=True)
class Facts:
    """Of all SLOs together."""

    slos: tuple[Slo, ...]
    groups: tuple[str, ...]
    """Labels of `group_by`: each of their values has a budget of its own."""
    servers: tuple[str, ...]
    """External labels: one data source may show several servers."""
    windows: tuple[timedelta, ...]
    legs: tuple[LegFacts, ...]


def facts(catalog: Catalog) -> Facts:
    """Collected once for the whole dashboard."""
    found = [(slo, legs(catalog, service, slo)) for service in _services(catalog) for slo in service.slos]
    groups = sorted({label for slo, _ in found for label in slo.group_by} - {"service", "slo"})
    pairs = sorted({(leg.long, leg.short) for _, own in found for leg in own})
    return Facts(
        slos=tuple(slo for slo, _ in found),
        groups=tuple(groups),
        servers=tuple(sorted(_external(catalog) - {"service", "slo", *groups})),
        windows=tuple(sorted({BASE_WINDOW, *(window for pair in pairs for window in pair)})),
        legs=tuple(_of_pair(pair, found) for pair in pairs),
    )


def _services(catalog: Catalog) -> list[Service]:
    return sorted(catalog.all(Service), key=lambda service: service.id)


def _external(catalog: Catalog) -> set[str]:
    servers = (server.catalog.settings.get(PROMETHEUS) for server in environments(catalog))
    return {label for server in servers for label in server.external_labels}


def _of_pair(pair: Pair, found: Iterable[tuple[Slo, Iterable[Leg]]]) -> LegFacts:
    own = [(slo, leg) for slo, each in found for leg in each if (leg.long, leg.short) == pair]
    factors: dict[Decimal, list[Slo]] = defaultdict(list)
    for slo, leg in own:
        factors[leg.burn_rate].append(slo)
    have = {slo.id for slo, _ in own}
    usual_first = sorted(factors.items(), key=lambda each: (-len(each[1]), each[0]))
    return LegFacts(
        long=pair[0],
        short=pair[1],
        severities=tuple(sorted({leg.severity for _, leg in own})),
        urgencies=tuple(sorted({leg.urgency for _, leg in own})),
        factors={factor: tuple(slos) for factor, slos in usual_first},
        without=tuple(slo for slo, _ in found if slo.id not in have),
    )
