"""Routing: every alert belongs to a team, and what a team says about its receivers leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.alertmanager_settings import RECEIVERS
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.service import Service
from generator.kinds.team import Team


@check("service/no-team", level="warning")
def no_team(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A service with alerts belongs to no team, so its alerts notify nobody.

    Alerts are routed by team. Write `team:` into the service's file; the file `schedules/<team>.yaml` says who that is.
    """
    teams = sorted(team.id for team in catalog.all(Team))
    for service in catalog.all(Service):
        if service.team is None and (service.slos or service.alerts):
            yield service.finding(
                message=f"service {service.id} has no team: its alerts notify nobody",
                hint=f"write team: and one of {', '.join(teams)}" if teams else "write team: <a file of schedules/>",
            )


@check("receiver/missing")
def receiver(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A team names a receiver that the settings do not have.

    Whoever waits at the other end would be told nothing. Receivers beside a team's own Slack, e-mail and escalation are
    written in Alertmanager's keys under `receivers` of `tocsin.yaml`.
    """
    known = catalog.settings.get(RECEIVERS)
    for team in catalog.all(Team):
        for index, name in enumerate(team.receivers):
            if name not in known:
                yield team.finding(
                    "receivers",
                    index,
                    message=f"team {team.id} names receiver '{name}', which does not exist",
                    hint=did_you_mean(name, known) or "add it under receivers of tocsin.yaml, or mend the name",
                )
