"""Alertmanager: its whole configuration, `alertmanager/alertmanager.yaml`. Keys stay in files on its machine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import settings
from generator.analysis.alertmanager_settings import ALERTMANAGER, RECEIVERS
from generator.analysis.go_templates import literal_text
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.service import Service, Slo
from generator.kinds.team import Team
from generator.targets.alertmanager import messages
from generator.targets.alertmanager.receivers import NOBODY, receivers, routes
from generator.targets.base import Target
from generator.targets.rendering import environment

if TYPE_CHECKING:
    from jinja2 import Template


def render(catalog: Catalog, _context: Context) -> Iterable[Artifact]:
    """The one configuration."""
    sources = sorted({team.ref.path for team in catalog.all(Team)} | ({settings.PATH} & set(catalog.documents)))
    grouped = _grouped(catalog)
    text = _template().render(
        sources=sources,
        settings=catalog.settings.get(ALERTMANAGER),
        nobody=NOBODY,
        receivers=receivers(catalog),
        routes=routes(catalog),
        extra=sorted(catalog.settings.get(RECEIVERS).items()),
        same_slo=["service", "slo", *grouped],
    )
    services = [slo.ref.path for slo in catalog.all(Slo) if slo.group_by]
    yield Artifact.text("alertmanager/alertmanager.yaml", text, tuple(sorted({*sources, *services})))


def _grouped(catalog: Catalog) -> list[str]:
    """Labels that any SLO is split by: a page about one part must not silence a ticket about another."""
    return sorted({label for slo in catalog.all(Slo) for label in slo.group_by} - {"service", "slo"})


@cache
def _template() -> Template:
    return environment(Path(__file__).parent, {"literal": literal_text}, messages=messages).get_template(
        "alertmanager.yaml.j2"
    )


TARGET = Target(
    "alertmanager",
    "Alertmanager's configuration: routes by team and urgency, receivers, inhibition",
    render,
    lambda catalog: bool(catalog.all(Service)),
)
