"""A file of iCalendar as events: who, at which level, from when, how long, and how it repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from generator import times
from generator.documents.stream import LIMIT, Node
from generator.importers.base import Given, Imported, Options
from generator.records import dataclass
from generator.settings import TIME_ZONE

_LEVEL = re.compile(r"\s*\[\s*[Ll]([0-9])\s*\]\s*")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MOST = 20_000
"""So many times of one event are looked at."""


@dataclass(slots=True, eq=False)
class Event:
    """An event. `start` is the time on the wall of `zone`; `rule` its RRULE, None where it happens once."""

    at: Node
    uid: str
    summary: str
    level: int
    zone: str
    start: datetime
    length: timedelta
    rule: dict[str, list[Any]] | None = None
    without: frozenset[datetime] = frozenset()
    """Times on the wall that are left out."""
    more: tuple[datetime, ...] = ()
    instead_of: datetime | None = None
    """The time of the repeating event of this UID whose place it takes."""
    emails: tuple[str, ...] = ()

    @property
    def local(self) -> tzinfo:
        """The zone."""
        return times.zone(self.zone)

    def instant(self, wall: datetime) -> datetime:
        """When the zone's clocks show a time."""
        return times.parse_instant(f"{wall:%Y-%m-%d %H:%M:%S}", self.local)

    def starts(self) -> Iterator[datetime]:
        """All times at which it begins, on the wall, in order; exceptions are left out."""
        if self.rule is None:
            yield self.start
        else:
            yield from (each for each in _repeated(self.rule, self.start, self.local) if each not in self.without)
        yield from self.more


@dataclass(slots=True)
class Calendar:
    """A calendar: its name, the zone that it says, and its events."""

    at: Node
    name: str
    zone: str
    events: list[Event] = field(default_factory=list)


def read_calendar(given: Given, options: Options, imported: Imported) -> Calendar | None:
    """The calendar of a file; None where there is none, which is told."""
    from icalendar import Calendar as Parsed

    top = Node(given.path, 1, 1)
    try:
        parsed = Parsed.from_ical(given.raw if len(given.raw) <= LIMIT else b"")
    except Exception as reason:  # noqa: BLE001  # as below; also of zones that are folders of the zones' files
        imported.refused(top, f"this is no calendar: {' '.join(str(reason).split())[:120]}")
        return None
    default = options.catalog.settings.get(TIME_ZONE) if options.catalog is not None else "Etc/UTC"
    zone = _zone(str(parsed.get("X-WR-TIMEZONE") or "")) or default
    name = str(parsed.get("X-WR-CALNAME") or "").strip() or PurePosixPath(given.path).stem
    out = Calendar(top, name, zone)
    text = given.raw.decode("utf-8", "replace").splitlines()
    lines = [number for number, line in enumerate(text, 1) if line.strip().upper() == "BEGIN:VEVENT"]
    for number, event in enumerate(parsed.walk("VEVENT")):
        at = Node(given.path, lines[number] if number < len(lines) else 1, 1)
        try:
            found = _event(event, at, zone)
        except Exception as reason:  # noqa: BLE001  # the library raises many sorts of errors for broken values
            imported.refused(at, f"an event was not imported: {' '.join(str(reason).split())[:120]}")
            continue
        if found is not None:
            out.events.append(found)
    return out


def _event(event: Any, at: Node, zone: str) -> Event | None:
    if str(event.get("STATUS") or "").upper() == "CANCELLED" or event.get("DTSTART") is None:
        return None
    written = event.get("DTSTART").dt
    name = _zone_of(written) or zone
    start = _wall(written, times.zone(name))
    said = str(event.get("SUMMARY") or "").strip()
    level = _LEVEL.search(said)
    rule = event.get("RRULE")
    if isinstance(rule, list):
        raise ValueError("it has several rules of repeating")  # noqa: TRY004  # a fault of the file
    instead = event.get("RECURRENCE-ID")
    found = Event(
        at,
        str(event.get("UID") or at.line),
        " ".join(_LEVEL.sub(" ", said).split()),
        int(level[1]) if level else 0,
        name,
        start,
        _length(event, start, times.zone(name), written),
        None if rule is None else _rule(dict(rule)),
        frozenset(_walls(event.get("EXDATE"), times.zone(name))),
        tuple(_walls(event.get("RDATE"), times.zone(name))),
        None if instead is None else _wall(instead.dt, times.zone(name)),
        tuple(_emails(event.get("ATTENDEE"))),
    )
    next(found.starts(), None)  # its rule means something, or that is said here
    return found


def _rule(rule: dict[str, list[Any]]) -> dict[str, list[Any]]:
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    if frequency not in _FREQUENCIES:
        raise ValueError(f"it repeats {frequency.lower() or 'in no way'}")
    return {str(key).upper(): value for key, value in rule.items()}


def _length(event: Any, start: datetime, zone: tzinfo, written: date) -> timedelta:
    if event.get("DTEND") is not None:
        length = _wall(event.get("DTEND").dt, zone) - start
    elif event.get("DURATION") is not None:
        length = event.get("DURATION").dt
    else:
        length = timedelta(0) if isinstance(written, datetime) else timedelta(days=1)
    if length <= timedelta(0):
        raise ValueError("it ends when it begins, or before")
    return length


def _zone_of(written: Any) -> str:
    """The zone that a time names; empty for dates and times that float."""
    known = getattr(written, "tzinfo", None)
    if known is None:
        return ""
    return _zone(str(getattr(known, "key", "") or known)) or "Etc/UTC"


def _zone(name: str) -> str:
    try:
        times.zone(name)
    except ValueError:
        return ""
    return "Etc/UTC" if name == "UTC" else name


def _wall(written: Any, zone: tzinfo) -> datetime:
    """A time on the wall of a zone; a date is its midnight."""
    if not isinstance(written, datetime):
        written = datetime.combine(written, time())
    local: datetime = written if written.tzinfo is None else written.astimezone(zone)
    found = local.replace(tzinfo=None, microsecond=0)
    if not 1970 <= found.year <= 2105:
        raise ValueError(f"{found.year} is too far away")
    return found


def _walls(listed: Any, zone: tzinfo) -> Iterator[datetime]:
    for each in listed if isinstance(listed, list) else [] if listed is None else [listed]:
        for item in each.dts:
            yield _wall(item.dt[0] if isinstance(item.dt, tuple) else item.dt, zone)


def _emails(listed: Any) -> Iterator[str]:
    for each in listed if isinstance(listed, list) else [] if listed is None else [listed]:
        address = str(each)
        if address.lower().startswith("mailto:"):
            yield address[7:].strip().lower()


def _repeated(rule: dict[str, list[Any]], start: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The times of a rule on the wall: dateutil is wrong about aware ones in the hour that a clock skips."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped,unused-ignore]
    from icalendar import vRecur

    plain = {key: value for key, value in rule.items() if key != "UNTIL"}
    written: bytes = vRecur(plain).to_ical()  # type: ignore[no-untyped-call,unused-ignore]
    made = rrulestr(written.decode(), dtstart=start)
    last = until(rule, zone)
    for each in islice(made, _MOST):
        if last is not None and each > last:
            return
        yield each


def until(rule: dict[str, list[Any]], zone: tzinfo) -> datetime | None:
    """The last time on the wall at which it may begin; None where it goes on."""
    written = (rule.get("UNTIL") or [None])[0]
    if written is None:
        return None
    whole_day = not isinstance(written, datetime)
    return _wall(written, zone) + (timedelta(days=1, seconds=-1) if whole_day else timedelta(0))
