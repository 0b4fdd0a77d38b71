"""Rules that promtool cannot evaluate, though every server does: its tests load at most 10,000 samples a query.

A subquery makes a sample of every number in it at each of its steps, whether there is any data or not: `[1w:1m]`.
promtool fails a whole file for one such rule, so tests are run without these.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.promql.parsing import parse
from generator.analysis.rule_tests.case import STEP
from generator.analysis.rules.of_services import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.analysis.rules.rule import Rule, RuleGroup
    from generator.catalog import Catalog
    from generator.kinds.service import Service

MOST_STEPS = 4000
"""Steps of subqueries in one rule; a number, what it is taken from and the result are three samples a step."""
_SUBQUERY = re.compile(r"\[[^\[\]]*:[^\[\]]*\]")


def beyond_promtool(rule: Rule) -> bool:
    """Whether the rule may take more samples than promtool's tests load."""
    if not _SUBQUERY.search(rule.expr):
        return False
    found = parse(rule.expr).subqueries
    return sum(each.range / (each.step or STEP.total_seconds()) for each in found) > MOST_STEPS


def tried(catalog: Catalog, service: Service) -> tuple[tuple[RuleGroup, ...] | None, tuple[Rule, ...]]:
    """The rules that tests are run with, None where these are all there are, and the rules that are left out."""
    if not any(_SUBQUERY.search(text) for text in _written(service)):
        return None, ()
    groups = rules_of(catalog, service)
    left_out = tuple(rule for group in groups for rule in group.rules if beyond_promtool(rule))
    if not left_out:
        return None, ()
    kept = (replace(group, rules=tuple(rule for rule in group.rules if rule not in left_out)) for group in groups)
    return tuple(group for group in kept if group.rules), left_out


def _written(service: Service) -> Iterator[str]:
    for slo in service.slos:
        yield from filter(None, (slo.sli.error_query, slo.sli.total_query, slo.sli.error_ratio_query))
    for alert in service.plain_alerts:
        yield alert.expr
    for group in service.groups:
        yield from (rule.expr for rule in group.rules)
