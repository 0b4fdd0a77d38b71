"""What an SLI's queries answer although there is no series: then nothing can tell missing data from zero."""

from __future__ import annotations

from generator.analysis.promql.parsing import parse
from generator.analysis.promql.unasked import answers_unasked
from generator.analysis.slos.legs import BASE_WINDOW
from generator.analysis.slos.sli import over
from generator.kinds.slo import Sli


def never_missing(sli: Sli) -> str:
    """The key of the query that counts all events and has a value without any series, for certain; else nothing."""
    for key, query in (("total_query", sli.total_query), ("error_ratio_query", sli.error_ratio_query)):
        if query is not None and is_unasked(f"({over(query, BASE_WINDOW)}\n) >= 0", unsure=False):
            return key
    return ""


def may_be_unasked(sli: Sli) -> bool:
    """Whether something of it may be recorded without any series."""
    whole = (sli.error_query, sli.total_query, sli.error_ratio_query)
    return any(query is not None and is_unasked(over(query, BASE_WINDOW), unsure=True) for query in whole)


def is_unasked(expr: str, *, unsure: bool) -> bool:
    """Whether an expression has a value without any series; what is no PromQL has none."""
    tree = parse(expr).tree
    return tree is not None and answers_unasked(tree, unsure=unsure)
