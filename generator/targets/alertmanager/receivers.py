"""Who is told what: the receivers of every team, and the one of alerts that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.alertmanager_settings import ALERTMANAGER, RECEIVERS
from generator.analysis.go_templates import literal_text
from generator.analysis.severity import PAGE, TICKET
from generator.kinds.team import Team

if TYPE_CHECKING:
    from generator.catalog import Catalog

NOBODY = "nobody-is-notified"
"""The receiver of alerts without a team, or of a team that says nowhere how to reach it: its name says what happens."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What a team is told by, for one urgency. Texts are Go templates; a slash keeps names apart from people's own."""

    name: str
    team: str
    urgency: str
    pagerduty_key: str | None = None
    slack_key: str | None = None
    channel: str = ""
    email: str | None = None

    @property
    def reaches(self) -> bool:
        """Whether it tells anybody."""
        return bool(self.pagerduty_key or self.slack_key or self.email)


@dataclass(frozen=True, slots=True)
class TeamRoute:
    """The branch of a team: `also` are told everything, `page` and `ticket` name the receivers of each urgency."""

    team: str
    page: str
    ticket: str
    also: tuple[str, ...]


def receivers(catalog: Catalog) -> tuple[Receiver, ...]:
    """Of all teams, those that reach anybody."""
    return tuple(each for team in _teams(catalog) for each in _of(catalog, team) if each.reaches)


def routes(catalog: Catalog) -> tuple[TeamRoute, ...]:
    """A branch a team, in the order of their ids."""
    known = {receiver.name for receiver in receivers(catalog)}
    extra = catalog.settings.get(RECEIVERS)
    found = []
    for team in _teams(catalog):
        page, ticket = (name if name in known else NOBODY for name in (_name(team, PAGE), _name(team, TICKET)))
        found.append(TeamRoute(team.id, page, ticket, tuple(name for name in team.receivers if name in extra)))
    return tuple(found)


def _teams(catalog: Catalog) -> list[Team]:
    return sorted(catalog.all(Team), key=lambda team: team.id)


def _name(team: Team, urgency: str) -> str:
    return f"{team.id}/{urgency}"


def _of(catalog: Catalog, team: Team) -> Iterator[Receiver]:
    """A page calls by the team's policy and is shown in its channel. A ticket never calls: that wakes people."""
    settings = catalog.settings.get(ALERTMANAGER)
    folder = settings.secrets.rstrip("/")
    for urgency in (PAGE, TICKET):
        yield Receiver(
            name=_name(team, urgency),
            team=team.id,
            urgency=urgency,
            pagerduty_key=f"{folder}/{team.id}-pagerduty" if urgency == PAGE and team.policies else None,
            slack_key=f"{folder}/{team.id}-slack" if team.slack else None,
            channel=literal_text(team.slack or ""),
            email=literal_text(team.email) if team.email and settings.sends_email else None,
        )
