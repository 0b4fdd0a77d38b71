"""Rules that tests are run without, though every server evaluates them.

promtool loads at most 10,000 samples a query, and a subquery makes a sample of every number in it at each of its steps,
whether there is any data or not: `[1w:1m]`. It fails a whole file for one such rule. It also fails where a test feeds a
series that a rule records: PromQL of one's own records zero without any data, where it ends in `or vector(0)`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.promql.parsing import parse
from generator.analysis.rule_tests.case import STEP
from generator.analysis.rules.of_services import rules_of
from generator.analysis.slos.unasked import is_unasked, may_be_unasked
from generator.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.analysis.rules.rule import Rule, RuleGroup
    from generator.catalog import Catalog
    from generator.kinds.service import Service

MOST_STEPS = 4000
"""Steps of subqueries in one rule; a number, what it is taken from and the result are three samples a step."""
FED = ("slo:sli_error:", "slo:sli_total:")
"""What tests feed where no counters can be made up."""
_SUBQUERY = re.compile(r"\[[^\[\]]*:[^\[\]]*\]")


def beyond_promtool(rule: Rule) -> bool:
    """Whether the rule may take more samples than promtool's tests load."""
    if not _SUBQUERY.search(rule.expr):
        return False
    found = parse(rule.expr).subqueries
    return sum(each.range / (each.step or STEP.total_seconds()) for each in found) > MOST_STEPS


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules that tests are run with."""

    groups: tuple[RuleGroup, ...] | None = None
    """None where these are all there are."""
    beyond: tuple[Rule, ...] = ()
    """Left out: promtool cannot evaluate them."""
    unasked: tuple[Rule, ...] = ()
    """Left out: they record without any series what tests feed."""


def tried(catalog: Catalog, service: Service) -> Tried:
    """Which rules of a service its tests are run with."""
    answering = {slo.ref for slo in service.slos if may_be_unasked(slo.sli)}
    if not answering and not any(_SUBQUERY.search(text) for text in _written(service)):
        return Tried()
    groups = rules_of(catalog, service)
    rules = [rule for group in groups for rule in group.rules]
    beyond = tuple(rule for rule in rules if beyond_promtool(rule))
    unasked = tuple(rule for rule in rules if rule.source in answering and rule not in beyond and _unasked(rule))
    left_out = {id(rule) for rule in (*beyond, *unasked)}
    if not left_out:
        return Tried()
    kept = (replace(group, rules=tuple(rule for rule in group.rules if id(rule) not in left_out)) for group in groups)
    return Tried(tuple(group for group in kept if group.rules), beyond, unasked)


def _unasked(rule: Rule) -> bool:
    return (rule.record or "").startswith(FED) and is_unasked(rule.expr, unsure=True)


def _written(service: Service) -> Iterator[str]:
    for slo in service.slos:
        yield from filter(None, (slo.sli.error_query, slo.sli.total_query, slo.sli.error_ratio_query))
    for alert in service.plain_alerts:
        yield alert.expr
    for group in service.groups:
        yield from (rule.expr for rule in group.rules)
