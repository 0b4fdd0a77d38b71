"""The dashboard's PromQL. `$service`, `$slo` and `$by_<label>` are variables of the dashboard.

What is constant for an SLO (objective, budget) has no labels of `group_by`, so both sides meet on what they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from generator.analysis.rules.of_slos import ERRORS, PERIOD_BURN, TOTAL, ratio_series
from generator.analysis.slos.legs import plain
from generator.analysis.slos.selectors import literal
from generator.kinds.slo import Slo
from generator.records import dataclass
from generator.targets.grafana.facts import Facts, LegFacts

_CHOSEN = 'service=~"$service",slo=~"$slo"'


@dataclass(frozen=True, slots=True)
class Queries:
    """Every query of the dashboard, over the labels that the sources use."""

    facts: Facts

    def measured(self, series: str) -> str:
        """A series of the SLO itself, without the labels that do not tell SLOs apart."""
        groups = "".join(f',{label}=~"$by_{label}"' for label in self.facts.groups)
        return f"max by ({self._all}) ({series}{{{_CHOSEN}{groups}}})"

    def constant(self, series: str, *matchers: str) -> str:
        """What is the same in every group of an SLO."""
        return f"max by ({self._shared}) ({series}{{{','.join((_CHOSEN, *matchers))}}})"

    def with_constant(self, left: str, operator: str, series: str) -> str:
        """Something measured, and a constant of its SLO."""
        return f"{left} {operator} on ({self._shared}) group_left () {self.constant(series)}"

    def errors(self, window: timedelta) -> str:
        """The share of errors over a window."""
        return self.measured(ratio_series(window))

    def burn(self, window: timedelta) -> str:
        """How many times faster than allowed the budget is spent."""
        return self.with_constant(self.errors(window), "/", "slo:error_budget:ratio")

    @property
    def budget_left(self) -> str:
        """From 1, untouched, to 0 and below."""
        return self.measured("slo:period_error_budget_remaining:ratio")

    @property
    def good(self) -> str:
        """The share of good events in the period so far."""
        return f"1 - {self.with_constant(self.measured(PERIOD_BURN), '*', 'slo:error_budget:ratio')}"

    @property
    def objective(self) -> str:
        """As promised, for every group."""
        return self.with_constant(f"{self.budget_left} * 0", "+", "slo:objective:ratio")

    @property
    def days_left(self) -> str:
        """Days until the budget is gone at the rate of the last five minutes; absent where nothing burns."""
        left = self.with_constant(f"({self.budget_left} > 0)", "*", "slo:time_period:days")
        return f"{left} / ({self.measured('slo:current_burn_rate:ratio')} > 0)"

    @property
    def events(self) -> str:
        """Events per second."""
        return self.measured(TOTAL)

    @property
    def bad_events(self) -> str:
        """Errors per second."""
        return self.measured(ERRORS)

    @property
    def firing(self) -> str:
        """1 for every alert of the chosen SLOs that fires."""
        groups = "".join(f',{label}=~"$by_{label}"' for label in self.facts.groups)
        return f'max by (alertname, urgency, leg, {self._all}) (ALERTS{{alertstate="firing",{_CHOSEN}{groups}}})'

    def threshold(self, leg: LegFacts) -> str:
        """The burn rate that fires a leg, for the SLOs that have it."""
        (usual, _), *others = leg.factors.items()
        exceptions = [slo for _, slos in others for slo in slos] + list(leg.without)
        text = self._factor(usual)
        if exceptions:
            out = " or ".join(f"slo:error_budget:ratio{{{matchers}}}" for matchers in self._matching(exceptions))
            text = f"({text} unless on (service, slo) ({out}))"
        named = (self._factor(factor, each) for factor, slos in others for each in self._matching(slos))
        return " or ".join((text, *named))

    def _factor(self, factor: Decimal, *matchers: str) -> str:
        return f"{self.constant('slo:error_budget:ratio', *matchers)} * 0 + {plain(factor)}"

    def _matching(self, slos: Iterable[Slo]) -> Iterator[str]:
        """Matchers for some SLOs: whole services together, the others one by one."""
        some: dict[str, list[str]] = {}
        for slo in slos:
            some.setdefault(slo.service, []).append(slo.name)
        every = {slo.service: 0 for slo in self.facts.slos}
        for slo in self.facts.slos:
            every[slo.service] += 1
        whole = [service for service, names in some.items() if len(names) == every[service]]
        if whole:
            yield f"service=~{literal(_any(whole))}"
        for service, names in some.items():
            if service not in whole:
                yield f"service={literal(service)},slo=~{literal(_any(names))}"

    @property
    def _shared(self) -> str:
        return ", ".join(("service", "slo", *self.facts.servers))

    @property
    def _all(self) -> str:
        return ", ".join(("service", "slo", *self.facts.servers, *self.facts.groups))


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace("\\-", "-") for name in names)
