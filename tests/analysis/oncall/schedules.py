"""Schedules for tests, made directly: what is tested here is the expansion, not how sources are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from generator.catalog import Catalog
from generator.findings import Ref
from generator.kinds.absences import Override
from generator.kinds.restrictions import Restriction
from generator.kinds.team import Layer, Schedule, Team
from generator.settings import Settings

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def hours(start: str, length: timedelta, days: frozenset[int] = EVERY_DAY) -> Restriction:
    return Restriction(days, time.fromisoformat(start), length)


def layer(people: str, start: str, turn: timedelta, zone: str = "Etc/UTC", **more: object) -> Layer:
    """`people` are letters; `start`, `anchor` and `end` are local times."""
    times = {key: local(str(more.pop(key)), zone) for key in ("anchor", "end") if key in more}
    begins = local(start, zone)
    return Layer(
        ref=Ref("schedules/team.yaml"),
        name=str(more.pop("name", "Layer")),
        start=begins,
        anchor=times.get("anchor", begins),
        turn=turn,
        people=tuple(people),
        zone=ZoneInfo(zone),
        zone_name=zone,
        end=times.get("end"),
        **more,  # type: ignore[arg-type]
    )


def schedule(*layers: Layer, zone: str = "Etc/UTC", coverage: Iterable[Restriction] = ()) -> Schedule:
    return Schedule(
        ref=Ref("schedules/team.yaml"),
        id="team/primary",
        team="team",
        key="primary",
        name="Team - Primary",
        zone=ZoneInfo(zone),
        zone_name=zone,
        layers=layers,
        coverage=tuple(coverage),
    )


def override(who: str, start: str, end: str, key: str | None = None) -> Override:
    return Override(
        ref=Ref("schedules/team.overrides.yaml"),
        id=f"{who} {start}",
        team="team",
        who=who,
        instead_of=None,
        schedule=key,
        from_text=start,
        until_text=end,
    )


def catalog(of: Schedule, *overrides: Override) -> Catalog:
    team = Team(ref=of.ref, id=of.team, name="Team", schedules=(of,))
    entities = {
        Team: {team.id: team},
        Schedule: {of.id: of},
        Override: {str(index): each for index, each in enumerate(overrides)},
    }
    return Catalog(settings=Settings(), documents={}, entities=entities)  # type: ignore[arg-type]
