"""Grafana: one dashboard of every SLO, `grafana/slos.json`, on the series that the rules record."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.analysis.addresses import address, service_page
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.settings import NAME, PATH
from generator.targets.base import Target
from generator.targets.grafana.dashboard import dashboard
from generator.targets.grafana.facts import facts
from generator.targets.grafana.settings import GRAFANA

MADE = "Error budgets, burn rates and alerts of every SLO. Made by tocsin: change the sources and run tocsin build."


def render(catalog: Catalog, _context: Context) -> Iterable[Artifact]:
    """The dashboard, where there is an SLO."""
    if not catalog.all(Slo):
        return
    name = catalog.settings.get(NAME) if NAME.key in catalog.settings.values else ""
    content = dashboard(
        facts(catalog),
        uid=catalog.settings.get(GRAFANA).uid,
        title=f"SLOs of {name}" if name else "SLOs",
        description=MADE,
        pages=_pages(catalog),
    )
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    yield Artifact.text("grafana/slos.json", text, tuple(sorted(_sources(catalog))))


def _pages(catalog: Catalog) -> str | None:
    """The page of the service whose id is a field's value; Grafana puts it in."""
    home = address(catalog, "")
    return None if home is None else home + service_page("${__value.raw}")


def _sources(catalog: Catalog) -> set[str]:
    services = {service.ref.path for service in catalog.all(Service) if service.slos}
    map_of = {severity.ref.path for severity in catalog.severities}
    return services | ((map_of | {PATH}) & set(catalog.documents))


TARGET = Target(
    "grafana",
    "a Grafana dashboard of the SLOs: budgets, burn rates, legs, events",
    render,
    lambda catalog: bool(catalog.all(Slo)),
    default=False,
)
