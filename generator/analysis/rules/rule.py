"""A Prometheus rule and a group of them, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from generator.records import dataclass

if TYPE_CHECKING:
    from generator.analysis.slos.legs import Leg
    from generator.findings import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as Prometheus will have it. `alert` or `record` is its name."""

    expr: str
    source: Ref
    """What people wrote that it comes from: the SLO or the rule."""
    record: str | None = None
    alert: str | None = None
    hold: str | None = None
    keep_firing_for: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    leg: Leg | None = None
    """The leg that it is the rule of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """Rules that are evaluated one after the other: each sees what the ones before it recorded."""

    name: str
    rules: tuple[Rule, ...]
    interval: str | None = None
    limit: int | None = None
    query_offset: str | None = None

    @property
    def alerts(self) -> tuple[Rule, ...]:
        """Those of its rules that alert."""
        return tuple(rule for rule in self.rules if rule.alert is not None)
