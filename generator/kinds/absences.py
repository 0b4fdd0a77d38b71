"""Changes to the plan: overrides of a team's schedules, and people's leave. Both are lists, one entry a line.

The zone of an override is its schedule's, which another source says: times stay text here and are read by `analysis`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from generator import times
from generator.findings import Ref
from generator.kinds.base import Entity, Invalid, Kind, Reference, listing, mapping
from generator.kinds.reading import instant
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Entity):
    """Somebody stands in, from an instant until another (half open)."""

    team: str
    who: str
    instead_of: str | None
    """`for:`, whom the writer expects to be replaced."""
    schedule: str | None
    from_text: str
    until_text: str
    why: str = ""

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From and until, in the schedule's zone."""
        return times.parse_instant(self.from_text, zone), times.parse_instant(self.until_text, zone)

    def references(self) -> Iterator[Reference]:
        """Who stands in, for whom, on which schedule."""
        yield Reference(self.ref.at("who"), "person", self.who, "override names")
        if self.instead_of is not None:
            yield Reference(self.ref.at("for"), "person", self.instead_of, "override is for")
        if self.schedule is not None:
            yield Reference(self.ref.at("schedule"), "schedule", f"{self.team}/{self.schedule}", "override is of")
        else:
            yield Reference(self.ref, "team", self.team, "override file belongs to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Entity):
    """Somebody is away; counts in every team, whichever team's file says so."""

    team: str
    who: str
    from_text: str
    until_text: str
    why: str = ""

    def references(self) -> Iterator[Reference]:
        """Who is away, and the team that the file is named after."""
        yield Reference(self.ref.at("who"), "person", self.who, "leave names")
        yield Reference(self.ref, "team", self.team, "leave file belongs to")


def _checked(document: Document) -> Iterator[tuple[int, Ref, dict[str, str]]]:
    """The entries of a list, whose times are in order in any zone."""
    for index, entry in enumerate(listing(document.data)):
        ref, data = Ref(document.path, (index,)), mapping(entry)
        start, end = (instant(ref, data, key, times.zone("Etc/UTC")) for key in ("from", "until"))
        if start is not None and end is not None and end <= start:
            raise Invalid(ref.at("until"), f"until {data['until']} is not after from {data['from']}")
        yield index, ref, data


def parse_overrides(document: Document, settings: Settings) -> Iterator[Entity]:
    """The overrides of one team."""
    team = OVERRIDES.id_of(document.path) or ""
    for index, ref, data in _checked(document):
        yield Override(
            ref=ref,
            id=f"{team}/{index}",
            team=team,
            who=data["who"],
            instead_of=data.get("for"),
            schedule=data.get("schedule"),
            from_text=data["from"],
            until_text=data["until"],
            why=data.get("why", ""),
        )


def parse_leave(document: Document, settings: Settings) -> Iterator[Entity]:
    """The leave written beside one team."""
    team = LEAVE.id_of(document.path) or ""
    for index, ref, data in _checked(document):
        yield Leave(
            ref=ref,
            id=f"{team}/{index}",
            team=team,
            who=data["who"],
            from_text=data["from"],
            until_text=data["until"],
            why=data.get("why", ""),
        )


def _pattern(what: str) -> re.Pattern[str]:
    return re.compile(rf"schedules/(?:[^/]+/)*(?P<id>[^/.]+)\.{what}\.ya?ml")


def _globs(what: str) -> tuple[str, ...]:
    return f"schedules/**/*.{what}.yaml", f"schedules/**/*.{what}.yml"


OVERRIDES = Kind(
    "overrides",
    "Overrides",
    _pattern("overrides"),
    parse_overrides,
    "schedules/platform.overrides.yaml",
    _globs("overrides"),
    required=False,
)
LEAVE = Kind(
    "leave", "Leave", _pattern("leave"), parse_leave, "schedules/platform.leave.yaml", _globs("leave"), required=False
)
