"""Several Prometheus servers: the setting `environments`, and the catalog as each of them sees it.

The base is an environment too, the one of the setting `prometheus`. Whoever renders, tests or judges rules loops over
`environments(catalog)` and works on each one's `catalog`: every other function stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from generator.analysis.memo import once_a_catalog
from generator.analysis.prometheus.settings import PROMETHEUS, SCHEMA
from generator.kinds.reading import decimal
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.records import dataclass
from generator.settings import Setting

if TYPE_CHECKING:
    from generator.catalog import Catalog

FOLDER = "prometheus"
"""Where everything for Prometheus lies under the output folder."""
RESERVED = ("rules", "tests", "operator")
"""Folders of the base: no environment may be called so."""


@dataclass(frozen=True, slots=True)
class EnvironmentSettings:
    """What an environment says itself: keys of `prometheus` in place of the base's, and objectives by SLO id."""

    prometheus: Mapping[str, Any] = field(default_factory=dict)
    objectives: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Environment:
    """One Prometheus. `name` is empty for the base; `folder` is where its files go."""

    name: str
    folder: str
    catalog: Catalog
    """The catalog as this server sees it: its settings, its objectives."""


@once_a_catalog
def environments(catalog: Catalog) -> tuple[Environment, ...]:
    """The base first, then the others in written order."""
    others = catalog.settings.get(ENVIRONMENTS)
    named = (Environment(name, f"{FOLDER}/{name}", _seen(catalog, said)) for name, said in others.items())
    return (Environment("", FOLDER, catalog), *named)


def _seen(catalog: Catalog, said: EnvironmentSettings) -> Catalog:
    """The catalog with the settings and the objectives of an environment; it has no environments of its own."""
    values = {key: value for key, value in catalog.settings.values.items() if key != ENVIRONMENTS.key}
    values[PROMETHEUS.key] = {**(values.get(PROMETHEUS.key) or {}), **said.prometheus}
    settings = replace(catalog.settings, values=values)
    return replace(catalog, settings=settings, entities=_with_objectives(catalog, said.objectives))


def _with_objectives(catalog: Catalog, objectives: Mapping[str, Decimal]) -> Mapping[type[Any], Mapping[str, Any]]:
    if not objectives:
        return catalog.entities
    slos = {slo.id: replace(slo, objective=objectives.get(slo.id, slo.objective)) for slo in catalog.all(Slo)}
    services = {
        service.id: replace(service, slos=tuple(slos.get(slo.id, slo) for slo in service.slos))
        for service in catalog.all(Service)
    }
    return {**catalog.entities, Slo: slos, Service: services}


def _read(value: Any) -> dict[str, EnvironmentSettings]:
    return {name: _environment(dict(said or {})) for name, said in dict(value or {}).items()}


def _environment(written: dict[str, Any]) -> EnvironmentSettings:
    objectives = {slo: decimal(value) for slo, value in (written.pop("objectives", None) or {}).items()}
    PROMETHEUS.read(written)  # what it refuses (a duration that is too long) is refused here too
    return EnvironmentSettings(written, objectives)


_OBJECTIVES: Mapping[str, Any] = {
    "title": "Objectives",
    "description": "Objectives that differ here, in percent, by SLO: <service>/<slo>.",
    "type": "object",
    "propertyNames": {
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$",
        "patternErrorMessage": "Name an SLO as <service>/<slo>: tr-web/requests-availability.",
    },
    "additionalProperties": {
        "title": "Objective",
        "description": "The share that must go well there, in percent: above 0 and below 100.",
        "type": "number",
        "exclusiveMinimum": 0,
        "exclusiveMaximum": 100,
        "examples": [99.5],
    },
    "examples": [{"tr-web/requests-availability": 99.5}],
}

ENVIRONMENTS = Setting[Mapping[str, EnvironmentSettings]](
    "environments",
    {
        "title": "Environments",
        "description": "More Prometheus servers with the same rules, by name; each takes the keys of `prometheus`, "
        "which replace the base's, and objectives. Rules go to prometheus/<environment>/rules/.",
        "type": "object",
        "propertyNames": {
            "pattern": f"^(?!({'|'.join(RESERVED)})$)[a-z0-9]+(-[a-z0-9]+)*$",
            "patternErrorMessage": f"Write an id such as eu or us-east; {', '.join(RESERVED)} are folders of the base.",
        },
        "additionalProperties": {
            "title": "Environment",
            "description": "What differs on this server from `prometheus`.",
            "type": "object",
            "additionalProperties": False,
            "properties": {**SCHEMA["properties"], "objectives": _OBJECTIVES},
            "examples": [{"external_labels": {"region": "eu"}, "objectives": {"tr-web/requests-availability": 99.5}}],
        },
        "examples": [{"eu": {"external_labels": {"region": "eu"}}}],
    },
    _read,
)
