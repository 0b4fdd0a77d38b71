"""Support hours of a service as PagerDuty can have them: one span on some days, not over midnight."""

from __future__ import annotations

from datetime import timedelta

from generator.analysis.pagerduty.account import Account
from generator.analysis.routing.quiet import hours_of, team_zone
from generator.kinds.restrictions import Restriction
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.records import dataclass

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SupportHours:
    """`days` count from 1 = Monday; `start` and `end` are `09:00:00`."""

    zone: str
    days: tuple[int, ...]
    start: str
    end: str


def support_hours(account: Account, service: Service) -> SupportHours | None:
    """Those by which PagerDuty decides about urgency; None where it does not, or cannot."""
    if account.settings.outside_support_hours != "low":
        return None
    hours = written_hours(account, service)
    if len(hours) != 1 or not fits(hours[0]):
        return None
    (each,) = hours
    start = timedelta(hours=each.start.hour, minutes=each.start.minute)
    # A day ends a second early: 24:00:00 is no time of day, and 00:00:00 would be its beginning.
    end = min(start + each.length, _DAY - timedelta(seconds=1))
    zone = team_zone(account.catalog, account.catalog.get(Team, service.team))
    return SupportHours(account.zone(zone), tuple(day + 1 for day in sorted(each.days)), _clock(start), _clock(end))


def written_hours(account: Account, service: Service) -> tuple[Restriction, ...]:
    """What the service says, else its team; empty for always."""
    own, team = hours_of(service), account.catalog.get(Team, service.team)
    hours = own if own is not None or team is None else hours_of(team)
    return hours if isinstance(hours, tuple) else ()


def fits(hours: Restriction) -> bool:
    """Whether PagerDuty can have them: they end on the day on which they begin."""
    return timedelta(hours=hours.start.hour, minutes=hours.start.minute) + hours.length <= _DAY


def _clock(after_midnight: timedelta) -> str:
    seconds = int(after_midnight.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
