"""Alertmanager: its whole configuration, `alertmanager/alertmanager.yaml`. Keys stay in files on its machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import settings
from generator.analysis.pagerduty.settings import PAGERDUTY
from generator.analysis.routing import NOBODY, Routing, routing
from generator.analysis.routing.settings import ALERTMANAGER
from generator.analysis.rules.go_templates import literal_text
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.absences import Override
from generator.kinds.people import Person
from generator.kinds.service import Service
from generator.kinds.status import Component, Maintenance
from generator.kinds.team import Team
from generator.targets.alertmanager import messages
from generator.targets.alertmanager.written import matcher
from generator.targets.base import Target
from generator.targets.rendering import environment

if TYPE_CHECKING:
    from jinja2 import Template

EVENTS_IN_THE_EU = "https://events.eu.pagerduty.com/v2/enqueue"


def render(catalog: Catalog, context: Context) -> Iterable[Artifact]:
    """The one configuration."""
    found = routing(catalog, context.now)
    sources = sources_of(catalog, found)
    text = _template().render(
        sources=sources,
        settings=catalog.settings.get(ALERTMANAGER),
        pagerduty_url=EVENTS_IN_THE_EU if catalog.settings.get(PAGERDUTY).service_region == "eu" else None,
        nobody=NOBODY,
        routing=found,
    )
    yield Artifact.text("alertmanager/alertmanager.yaml", text, sources, uses_now=found.uses_now)


def sources_of(catalog: Catalog, found: Routing) -> tuple[str, ...]:
    """What the configuration hangs on: teams and services always, the rest where it is asked."""
    kinds: list[type[Team | Service | Maintenance | Component | Person | Override]] = [Team, Service]
    kinds += [Maintenance, Component] if any(each.name.startswith("maintenance/") for each in found.intervals) else []
    kinds += [Person, Override] if any(team.pages_people for team in catalog.all(Team)) else []
    paths = {entity.ref.path for kind in kinds for entity in catalog.all(kind)}
    return tuple(sorted(paths | ({settings.PATH} & set(catalog.documents))))


@cache
def _template() -> Template:
    filters: dict[str, Callable[..., str]] = {"literal": literal_text, "matcher": matcher}
    return environment(Path(__file__).parent, filters, messages=messages).get_template("alertmanager.yaml.j2")


TARGET = Target(
    "alertmanager",
    "Alertmanager's configuration: routes by team and urgency, receivers, inhibition, times of silence",
    render,
    lambda catalog: bool(catalog.all(Service)),
)
