"""How long an incident took, from the moments of its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.postmortems.timeline import timeline
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Measure:
    """A duration that is measured of every incident: between two moments."""

    name: str
    title: str
    start: str
    end: str


MEASURES = (
    Measure("detect", "Time to detect", "started", "detected"),
    Measure("acknowledge", "Time to acknowledge", "detected", "acknowledged"),
    Measure("mitigate", "Time to mitigate", "started", "mitigated"),
    Measure("resolve", "Time to resolve", "started", "resolved"),
)
"""What customers bear counts from the start of the trouble, what people do about a page from its detection."""


def durations(catalog: Catalog, postmortem: Postmortem) -> Mapping[str, timedelta]:
    """The duration of each measure whose two moments are known and in order, by its name."""
    moments = timeline(catalog, postmortem).moments
    found = {measure.name: _between(moments, measure) for measure in MEASURES}
    return {name: each for name, each in found.items() if each is not None}


def _between(moments: Mapping[str, datetime], measure: Measure) -> timedelta | None:
    start, end = moments.get(measure.start), moments.get(measure.end)
    return None if start is None or end is None or end < start else end - start
