"""People who may be called. `schedules/people.yaml` or `schedules/people/<group>.yaml`; phone numbers never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, listing, mapping, named
from generator.kinds.reading import duration, instant, zone
from generator.kinds.restrictions import Restriction, restrictions
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Notification:
    """One step of a person's notification rules: by what means, and how long after the page."""

    by: str
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """Somebody who may be on call; `time_zone` is an IANA name."""

    name: str
    email: str | None = None
    github: str = ""
    slack: str | None = None
    pagerduty: str | None = None
    time_zone: str = "Etc/UTC"
    country: str | None = None
    working_hours: tuple[Restriction, ...] = ()
    """When they usually work, in their zone; empty where nothing is written."""
    until: datetime | None = None
    """The instant from which they are no longer there, in their zone."""
    contact: tuple[str, ...] = ()
    notify: tuple[Notification, ...] = ()


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """Everybody in the file, in written order."""
    from generator.settings import TIME_ZONE

    for key, value in mapping(document.data).items():
        data, ref = named(value), Ref(document.path, (key,))
        local = zone(ref, data, settings.get(TIME_ZONE))
        yield Person(
            ref=ref,
            id=key,
            name=data.get("name", key),
            email=data.get("email"),
            github=data.get("github", key),
            slack=data.get("slack"),
            pagerduty=data.get("pagerduty"),
            time_zone=data.get("time_zone", settings.get(TIME_ZONE)),
            country=data.get("country"),
            working_hours=_working_hours(ref.at("working_hours"), data.get("working_hours")),
            until=_until(ref, data, local),
            contact=tuple(listing(data.get("contact"))),
            notify=tuple(
                Notification(step["by"], duration(ref.at("notify", i), step, "after") or timedelta())
                for i, step in enumerate(listing(data.get("notify")))
            ),
        )


def _working_hours(ref: Ref, written: object) -> tuple[Restriction, ...]:
    """Hours, or days and hours; text is short for hours on every day."""
    return restrictions(ref, {"hours": written} if isinstance(written, str) else mapping(written))


def _until(ref: Ref, data: dict[str, object], local: tzinfo) -> datetime | None:
    """An instant that keeps its zone: what people say of a leaver is a day where the leaver lives."""
    found = instant(ref, data, "until", local)
    return None if found is None else found.astimezone(local)


GLOBS = ("schedules/people.yaml", "schedules/people.yml", "schedules/people/*.yaml", "schedules/people/*.yml")
KIND = Kind(
    "people", "People", re.compile(r"schedules/(?:people|people/[^/]+)\.ya?ml"), parse, "schedules/people.yaml", GLOBS
)
