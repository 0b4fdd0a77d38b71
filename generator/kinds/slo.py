"""An SLO of a service, its SLI, and what it says about severities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Reference, listing, mapping
from generator.kinds.names import camel_case, is_address
from generator.kinds.rate import Rate, parse_rate
from generator.kinds.reading import decimal, duration, optional
from generator.kinds.severity_map import Condition, parse_conditions
from generator.records import dataclass

DEFAULT_PERIOD = timedelta(days=30)
DEFAULT_NO_DATA = timedelta(minutes=10)
SHORTEST_PERIOD = timedelta(hours=1)
NO_LABELS = frozenset({"inf", "nan", "without"})
"""Words that `by (…)` takes for something else, whatever their case."""


@dataclass(frozen=True, slots=True)
class Sli:
    """How good the service was: the written form, one of the ways that the schema allows."""

    errors: str | None = None
    good: str | None = None
    total: str | None = None
    histogram: str | None = None
    under: timedelta | None = None
    native: bool = False
    """Whether the histogram is a native one: one series with all of its buckets inside."""
    error_query: str | None = None
    total_query: str | None = None
    error_ratio_query: str | None = None


@dataclass(frozen=True, slots=True)
class SeverityOverride:
    """What a service or an SLO says about a severity of the map: off, or conditions of its own."""

    off: bool
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slo(Entity):
    """A service level objective. `id` is `<service>/<name>`; `objective` in percent, exactly as written."""

    service: str
    name: str
    objective: Decimal
    alert: str
    sli: Sli
    description: str = ""
    critical: bool = False
    runbook: str | None = None
    period: timedelta = DEFAULT_PERIOD
    group_by: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    min_events: Decimal | None = None
    traffic: Rate | None = None
    """How many events there usually are; only checks use it."""
    hold: timedelta | None = None
    """`for:` of every leg."""
    no_data: timedelta | None = DEFAULT_NO_DATA
    """How long without data until the no-data ticket; None when switched off."""
    severities: Mapping[str, SeverityOverride] = field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        """The runbook, where it is written."""
        if self.runbook is not None and not is_address(self.runbook):
            yield Reference(self.ref.at("runbook"), "runbook", self.runbook, f"alert {self.alert} names")


def parse_slo(ref: Ref, service: str, data: Mapping[str, Any]) -> Slo:
    """The SLO written at a place of a service."""
    sli = mapping(data.get("sli"))
    return Slo(
        ref=ref,
        id=f"{service}/{data['name']}",
        service=service,
        name=data["name"],
        objective=decimal(data["objective"]),
        alert=data.get("alert") or camel_case(service, data["name"]),
        sli=Sli(**{key: value for key, value in sli.items() if key != "under"}, under=_under(ref.at("sli"), sli)),
        description=data.get("description", ""),
        critical=bool(data.get("critical", False)),
        runbook=data.get("runbook"),
        period=_period(ref, data),
        group_by=_group_by(ref, data),
        labels=mapping(data.get("labels")),
        annotations=mapping(data.get("annotations")),
        min_events=None if data.get("min_events") is None else decimal(data["min_events"]),
        traffic=optional(ref, data, "traffic", parse_rate),
        hold=duration(ref, data, "for"),
        no_data=_no_data(ref, data),
        severities=parse_severities(ref, data),
    )


def _period(ref: Ref, data: Mapping[str, Any]) -> timedelta:
    found = duration(ref, data, "period")
    if found is not None and found < SHORTEST_PERIOD:
        raise Invalid(ref.at("period"), f"period is {data['period']}; a budget needs a time to count over", "write 30d")
    return found or DEFAULT_PERIOD


def _no_data(ref: Ref, data: Mapping[str, Any]) -> timedelta | None:
    if data.get("no_data", "on") == "on":
        return DEFAULT_NO_DATA
    found = None if data["no_data"] == "off" else duration(ref, data, "no_data")
    if found == timedelta(0):
        message = f"no_data is {data['no_data']}; one look without a sample is no loss of data"
        raise Invalid(ref.at("no_data"), message, "write 10m, or off for no such ticket")
    return found


def _under(ref: Ref, sli: Mapping[str, Any]) -> timedelta | None:
    found = duration(ref, sli, "under")
    if found == timedelta(0):
        raise Invalid(ref.at("under"), f"under is {sli['under']}; no event takes less than no time", "write 300ms")
    return found


def _group_by(ref: Ref, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Labels that `by (…)` takes: PromQL reads some words as something else there."""
    found = tuple(listing(data.get("group_by")))
    for index, name in enumerate(found):
        if name.lower() in NO_LABELS:
            hint = "give the label another name in error_query and total_query, and group by that"
            message = f"group_by has {name}, which is a word of PromQL and no label there"
            raise Invalid(ref.at("group_by", index), message, hint)
    return found


def parse_severities(ref: Ref, data: Mapping[str, Any]) -> dict[str, SeverityOverride]:
    """What `severities:` of a service or an SLO says, by severity."""
    return {
        name: SeverityOverride(off=True)
        if said == "off"
        else SeverityOverride(off=False, conditions=parse_conditions(ref.at("severities", name), said))
        for name, said in mapping(data.get("severities")).items()
    }
