"""The severity map: which burn of an error budget is which severity. `alerts/severity-map.yaml`; else built in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from generator import times
from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Kind, Reference, listing, mapping
from generator.kinds.reading import decimal, read
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings

PATH = "alerts/severity-map.yaml"


@dataclass(frozen=True, slots=True)
class Condition:
    """One pair of windows: burning faster than `burn_rate` over both the short and the long one.

    `slos` is `all`, `critical`, or the ids (or names) of SLOs.
    """

    burn_rate: Decimal
    short: timedelta
    long: timedelta
    slos: str | tuple[str, ...] = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity(Entity):
    """A severity of the map; `SEV-1` is the highest."""

    description: str = ""
    urgency: str = "ticket"
    conditions: tuple[Condition, ...] = ()
    response: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """1 is highest."""
        return int(self.id.removeprefix("SEV-"))

    def references(self) -> Iterator[Reference]:
        """The SLOs that conditions name by id."""
        for i, condition in enumerate(self.conditions):
            if isinstance(condition.slos, tuple):
                for j, slo in enumerate(condition.slos):
                    yield Reference(self.ref.at("conditions", i, "slos", j), "slo", slo, f"{self.id} names")


def parse_conditions(ref: Ref, data: Mapping[str, Any]) -> tuple[Condition, ...]:
    """The conditions of one severity, in written order."""
    return tuple(_condition(ref.at("conditions", i), each) for i, each in enumerate(listing(data.get("conditions"))))


def _condition(ref: Ref, data: Mapping[str, Any]) -> Condition:
    short, long = read(ref.at("window"), data["window"], _windows)
    if short >= long:
        raise Invalid(
            ref.at("window"),
            f"window is {times.format_duration(short)} and {times.format_duration(long)}; the short window comes first",
            "write window: [short, long], for example [5m, 1h]",
        )
    slos = data.get("slos", "all")
    return Condition(
        burn_rate=read(ref.at("burn_rate"), data["burn_rate"], _burn_rate),
        short=short,
        long=long,
        slos=tuple(slos) if isinstance(slos, list) else slos,
    )


def _burn_rate(value: float | str) -> Decimal:
    """14.4, or the words `> 14.4x`."""
    if not isinstance(value, str):
        return _positive(decimal(value))
    match = re.fullmatch(r"\s*>?\s*([0-9]+(?:\.[0-9]+)?)\s*x?\s*", value)
    if not match:
        raise ValueError(f"burn_rate is '{value}'; a number such as 14.4 is expected")
    return _positive(Decimal(match[1]))


def _positive(rate: Decimal) -> Decimal:
    if rate <= 0:
        raise ValueError("burn_rate is 0, which every burn is above; write the rate to alert at, such as 14.4")
    return rate


def _windows(value: list[str] | str) -> tuple[timedelta, timedelta]:
    """`[5m, 1h]`, or the words `5m and 1h`."""
    parts = re.split(r"\s+and\s+|\s*,\s*", value.strip()) if isinstance(value, str) else value
    if len(parts) != 2:
        raise ValueError(f"window is '{value}'; a short and a long duration such as [5m, 1h] are expected")
    short, long = times.parse_duration(parts[0]), times.parse_duration(parts[1])
    if not short:
        raise ValueError(
            f"window begins with {parts[0]}, in which nothing happens; write [short, long] such as [5m, 1h]"
        )
    return short, long


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """The severities of the map, highest first."""
    written = mapping(mapping(document.data).get("severity_mapping"))
    yield from _severities(Ref(document.path, ("severity_mapping",)), written)


def _severities(ref: Ref, written: Mapping[str, Any]) -> Iterator[Severity]:
    for name in sorted(written):
        data = mapping(written[name])
        yield Severity(
            ref=ref.at(name),
            id=name,
            description=data.get("description", ""),
            urgency=data.get("urgency", "ticket"),
            conditions=parse_conditions(ref.at(name), data),
            response=tuple(listing(data.get("response"))),
        )


def built_in() -> tuple[Severity, ...]:
    """The severities of a repository that writes none: the ones that SRE practice knows, for every SLO."""
    return tuple(_severities(Ref(PATH), _BUILT_IN))


_BUILT_IN: Mapping[str, Any] = {
    "SEV-1": {
        "description": "Fast burn on a critical SLO",
        "urgency": "page",
        "conditions": [{"burn_rate": 14.4, "window": ["5m", "1h"], "slos": "critical"}],
        "response": ["page on-call", "page leads", "open incident channel", "start timeline"],
    },
    "SEV-2": {
        "description": "Medium burn on any SLO",
        "urgency": "page",
        "conditions": [{"burn_rate": 14.4, "window": ["5m", "1h"]}, {"burn_rate": 6, "window": ["30m", "6h"]}],
        "response": ["page on-call", "create incident ticket"],
    },
    "SEV-3": {
        "description": "Slow burn on any SLO",
        "urgency": "ticket",
        "conditions": [{"burn_rate": 3, "window": ["2h", "1d"]}, {"burn_rate": 1, "window": ["6h", "3d"]}],
        "response": ["create ticket", "review next business day"],
    },
}

KIND = Kind(
    "severity-map",
    "Severity map",
    re.compile(r"alerts/severity-map\.ya?ml"),
    parse,
    PATH,
    (PATH, "alerts/severity-map.yml"),
)
