"""An SLO as its tests see it: legs, labels, and which alerts must be pending or firing after which values.

It is worked out from thresholds and durations alone, never from the rules, or no test could find a fault in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.analysis.rule_tests.case import STEP, Moment, Sample, selector
from generator.analysis.rules.of_slos import TOTAL, identity, ratio_series, total_series
from generator.analysis.severity import TICKET, proposed_severity
from generator.analysis.slos.legs import BASE_WINDOW, Leg, allowed, legs
from generator.analysis.slos.selectors import literal
from generator.analysis.slos.unasked import never_missing
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.service import Service
    from generator.kinds.slo import Slo

Ratios = Mapping[timedelta, Decimal]
"""The share of errors by window; a window that is not there has no series."""
State = tuple[str, Leg]
"""`pending` or `firing`, and the leg."""
_OWN = frozenset({"alertname", "alertstate", "leg", "sev", "urgency", "service", "slo", "severity", "team"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One SLO under test: what its tests depend on, and nothing else, so that two SLOs alike are tested alike."""

    service: str
    name: str
    alert: str
    allowed: Decimal
    legs: tuple[Leg, ...]
    labels: tuple[tuple[str, str], ...]
    """What identifies its series, but for `group_by`."""
    group_by: tuple[str, ...]
    hold_for: timedelta
    no_data: timedelta | None
    floor: Decimal | None
    """`min_events`, where it can be known: a ratio alone says nothing about traffic."""
    ratio_only: bool
    never_missing: bool
    """Whether all events are counted as something where there are no series at all."""
    ticket_severity: str | None

    @property
    def identity(self) -> dict[str, str]:
        """The labels of its series, but for `group_by`."""
        return dict(self.labels)

    @property
    def query(self) -> str:
        """Asks for all of its alerts."""
        names = "|".join(escaped(name) for name in (self.alert, f"{self.alert}NoData"))
        by = ", ".join(("alertname", "alertstate", "leg", "sev", "urgency", *set_of(self.group_by)))
        matchers = f"alertname=~{literal(names)},service={literal(self.service)},slo={literal(self.name)}"
        return f"count by ({by}) (ALERTS{{{matchers}}})"

    @property
    def hold(self) -> int:
        """After how many evaluations a leg fires that holds from the first of them on."""
        return steps(self.hold_for)

    @property
    def windows(self) -> tuple[timedelta, ...]:
        """Every window that a leg looks at."""
        return tuple(sorted({window for leg in self.legs for window in (leg.short, leg.long)}))

    @property
    def reachable(self) -> tuple[Leg, ...]:
        """The legs that can fire at all."""
        return tuple(leg for leg in self.legs if leg.threshold < 1)

    @property
    def alerts(self) -> tuple[str, ...]:
        """The names of its alerts."""
        return (self.alert,) if self.no_data is None else (self.alert, f"{self.alert}NoData")

    def group(self, value: str) -> dict[str, str]:
        """Labels of one group of an SLO with `group_by`."""
        return dict.fromkeys((label for label in self.group_by if label not in self.identity), value)

    def ratio(self, window: timedelta, group: str = "a") -> str:
        """The series of the share of errors over a window."""
        return selector(ratio_series(window), {**self.identity, **self.group(group)})

    def total(self, window: timedelta, group: str = "a") -> str:
        """The series of the events per second over a window."""
        return selector(
            TOTAL if window == BASE_WINDOW else total_series(window), {**self.identity, **self.group(group)}
        )

    def own(self, name: str) -> str:
        """One of the SLO's own series, in every group."""
        return selector(name, {"service": self.service, "slo": self.name})

    def moment(self, minute: int, says: str, states: Iterable[State], group: Mapping[str, str] | None = None) -> Moment:
        """All alerts of the SLO at a minute: exactly these legs, in these states, in one group."""
        return self.asked(minute, says, self.samples(states, self.group("a") if group is None else group))

    def samples(self, states: Iterable[State], group: Mapping[str, str]) -> tuple[Sample, ...]:
        """The alerts of legs in one group."""
        return tuple(Sample(self._labels(state, leg, group)) for state, leg in states)

    def asked(self, minute: int, says: str, samples: tuple[Sample, ...]) -> Moment:
        """All alerts of the SLO at a minute."""
        return Moment(minute * STEP, says, self.query, samples)

    def lost(self, state: str, group: Mapping[str, str]) -> Sample:
        """The ticket that says that nobody knows, of one group or of all."""
        labels = {"alertname": f"{self.alert}NoData", "alertstate": state, "leg": "no-data"}
        return Sample(selector("", {**labels, "sev": self.ticket_severity or "", "urgency": TICKET, **_told(group)}))

    def _labels(self, state: str, leg: Leg, group: Mapping[str, str]) -> str:
        labels = {"alertname": self.alert, "alertstate": state, "leg": leg.name}
        labels |= {"sev": leg.severity, "urgency": leg.urgency}
        return selector("", labels | _told(group))

    def burning(self, ratios: Ratios, totals: Ratios, slack: Decimal = Decimal(0)) -> frozenset[Leg]:
        """The legs whose condition holds; `slack` raises every threshold by that share of it."""
        return frozenset(leg for leg in self.legs if self._burns(leg, ratios, slack) and self._busy(leg, totals))

    @staticmethod
    def _burns(leg: Leg, ratios: Ratios, slack: Decimal) -> bool:
        both = [ratios.get(window) for window in (leg.short, leg.long)]
        return all(ratio is not None and ratio > leg.threshold * (1 + slack) for ratio in both)

    def _busy(self, leg: Leg, totals: Ratios) -> bool:
        return self.floor is None or totals.get(leg.long, Decimal(0)) * seconds(leg.long) >= self.floor

    def states(self, burning: Sequence[frozenset[Leg]]) -> list[tuple[State, ...]]:
        """Pending and firing legs at each minute, from the legs whose condition holds at each."""
        since: dict[Leg, int] = {}
        found = []
        for minute, now in enumerate(burning):
            since = {leg: since.get(leg, minute) for leg in self.legs if leg in now}
            found.append(
                tuple(("firing" if minute - start >= self.hold else "pending", leg) for leg, start in since.items())
            )
        return found


def subject(catalog: Catalog, service: Service, slo: Slo) -> Subject:
    """The SLO of a service, ready to be tested."""
    ratio_only = slo.sli.error_ratio_query is not None
    return Subject(
        service=slo.service,
        name=slo.name,
        alert=slo.alert,
        allowed=allowed(slo),
        legs=legs(catalog, service, slo),
        labels=tuple(identity(catalog, slo).items()),
        group_by=slo.group_by,
        hold_for=slo.hold or timedelta(),
        no_data=slo.no_data,
        floor=None if ratio_only else slo.min_events,
        ratio_only=ratio_only,
        never_missing=bool(never_missing(slo.sli)),
        ticket_severity=proposed_severity(catalog, TICKET),
    )


def set_of(group_by: Sequence[str]) -> tuple[str, ...]:
    """The labels of `group_by` that tell alerts apart: those that no rule sets itself."""
    return tuple(label for label in group_by if label not in _OWN)


def _told(group: Mapping[str, str]) -> dict[str, str]:
    return {label: value for label, value in group.items() if label not in _OWN}


def escaped(name: str) -> str:
    """A name as a regular expression that nothing else matches."""
    return "".join(c if c.isalnum() or c in "_@" else f"\\{c}" for c in name)


def steps(duration: timedelta) -> int:
    """How many evaluations pass until a duration has passed."""
    return -(-duration // STEP)


def seconds(duration: timedelta) -> Decimal:
    """A duration in seconds."""
    return Decimal(duration // timedelta(milliseconds=1)) / 1000
