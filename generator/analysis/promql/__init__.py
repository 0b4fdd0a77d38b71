"""PromQL: parsed, understood and located. Nobody else asks the parser."""

from __future__ import annotations

from generator.analysis.promql.cursor import Fault
from generator.analysis.promql.faults import fault
from generator.analysis.promql.labels import Labels, result_labels
from generator.analysis.promql.newer import newer, refused_everywhere
from generator.analysis.promql.parsing import Query, parse, refusal
from generator.analysis.promql.size import excess
from generator.analysis.promql.where import matcher_offset, offset_of, range_offset, value_offset

__all__ = [
    "Fault",
    "Labels",
    "Query",
    "excess",
    "fault",
    "matcher_offset",
    "newer",
    "offset_of",
    "parse",
    "range_offset",
    "refusal",
    "refused_everywhere",
    "result_labels",
    "value_offset",
]
