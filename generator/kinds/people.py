"""People who may be called. `schedules/people.yaml` or `schedules/people/<group>.yaml`; phone numbers never."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, listing, mapping, named
from generator.kinds.reading import day, duration, zone

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
    working_hours: Mapping[str, Any] | str | None = None
    until: date | None = None
    contact: tuple[str, ...] = ()
    notify: tuple[Notification, ...] = ()


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """Everybody in the file, in written order."""
    from generator.settings import TIME_ZONE

    for key, value in mapping(document.data).items():
        data, ref = named(value), Ref(document.path, (key,))
        zone(ref, data, settings.get(TIME_ZONE))
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
            working_hours=data.get("working_hours"),
            until=day(ref, data, "until"),
            contact=tuple(listing(data.get("contact"))),
            notify=tuple(
                Notification(step["by"], duration(ref.at("notify", i), step, "after") or timedelta())
                for i, step in enumerate(listing(data.get("notify")))
            ),
        )


GLOBS = ("schedules/people.yaml", "schedules/people.yml", "schedules/people/*.yaml", "schedules/people/*.yml")
KIND = Kind(
    "people", "People", re.compile(r"schedules/(?:people|people/[^/]+)\.ya?ml"), parse, "schedules/people.yaml", GLOBS
)
