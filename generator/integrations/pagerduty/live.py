"""The repository's schedules and people in the account: which is which, and what the account says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from generator.analysis.oncall import shifts
from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.names import printable
from generator.catalog import Catalog
from generator.importers.on_call import instants
from generator.integrations.pagerduty.api import Api, PagerDutyError, Record
from generator.integrations.pagerduty.spans import Span, joined
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.team import Schedule
from generator.records import dataclass

CHUNK = timedelta(days=90)
"""The API renders no more at once, in some of its calls."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A schedule, or its layers of one zone, and its id in the account; None: the account has none like it."""

    schedule: Schedule
    name: str
    """What PagerDuty calls it."""
    id: str | None
    alone: bool
    """Whether it is the whole schedule."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An override in the account, in full length."""

    id: str
    span: Span


class Live:
    """An account beside a catalog. What is asked is asked once."""

    def __init__(self, catalog: Catalog, now: datetime, api: Api) -> None:
        self.catalog, self.now, self.api = catalog, now, api
        self._account = Account(catalog, now)
        self._people = {each.id: each for each in catalog.all(Person)}

    def is_called(self, schedule: Schedule) -> bool:
        """Whether PagerDuty calls for the schedule: where Alertmanager pages the people itself it has none."""
        return any(each.id == schedule.id for each in self._account.schedules)

    def remotes(self, schedule: Schedule) -> list[Remote]:
        """What a schedule is in the account: several where its layers have zones of other rules."""
        rotations = list(self._account.rotations_of(schedule.id))
        name = printable(schedule.name, schedule.id)
        if not rotations:
            return [self._remote(schedule, name, str(addresses.schedule(schedule.id)), alone=True)]
        return [
            self._remote(
                schedule if each.alone else replace(schedule, layers=each.layers),
                name if each.alone else f"{name} ({each.zone})",
                str(each.address),
                alone=each.alone,
            )
            for each in rotations
        ]

    def _remote(self, schedule: Schedule, name: str, address: str, *, alone: bool) -> Remote:
        known = self.catalog.get(PagerDutyId, address)
        ident = known.pagerduty if known is not None else self._ids_by_name.get(name)
        return Remote(schedule, name, ident, alone)

    @cached_property
    def _ids_by_name(self) -> dict[str, str]:
        return {str(each.get("name")): str(each.get("id")) for each in self.api.schedules()}

    @cached_property
    def users(self) -> dict[str, Record]:
        """The account's users by id."""
        return {str(each.get("id")): each for each in self.api.users()}

    @cached_property
    def user_ids(self) -> dict[str, str]:
        """The ids of people in the account, by their ids here: as written, else by e-mail."""
        emails = {str(user.get("email") or "").lower(): ident for ident, user in self.users.items()}
        found = {each.id: each.pagerduty or emails.get((each.email or "?").lower()) for each in self._people.values()}
        return {ident: user for ident, user in found.items() if user}

    @cached_property
    def person_ids(self) -> dict[str, str]:
        """The other way round."""
        return {user: ident for ident, user in self.user_ids.items()}

    def who(self, person: str) -> str:
        """A person as spans name them: the id in the account, or one that no user has."""
        return self.user_ids.get(person, f"person {person}")

    def name(self, who: str | None) -> str:
        """What people call somebody."""
        if who is None:
            return "nobody"
        person = self._people.get(self.person_ids.get(who, "")) or self._people.get(who.removeprefix("person "))
        if person is not None:
            return person.name + (" (who has no account)" if who.startswith("person ") else "")
        user = self.users.get(who, {})
        return " ".join(str(user.get("name") or who).split())

    def here(self, schedule: Schedule, start: datetime, end: datetime) -> list[Span]:
        """Who is on call by the sources."""
        found = shifts(self.catalog, schedule, start, end)
        return joined(Span(each.start, each.end, self.who(each.person)) for each in found)

    def there(self, ident: str, start: datetime, end: datetime) -> list[Span]:
        """Who is on call by the account."""
        return self._rendered(ident, "final_schedule", start, end)

    def shown_overrides(self, ident: str, start: datetime, end: datetime) -> list[Span]:
        """What of the overrides the account shows: of two at a time, the one that wins."""
        return self._rendered(ident, "overrides_subschedule", start, end)

    def _rendered(self, ident: str, part: str, start: datetime, end: datetime) -> list[Span]:
        found = []
        for since, until in _chunks(start, end):
            record = self.api.schedule(ident, since, until).get(part)
            entries = record.get("rendered_schedule_entries") if isinstance(record, dict) else None
            if not isinstance(entries, list):
                raise PagerDutyError(f"PagerDuty does not say what schedule {ident} renders to")
            found += [span for each in entries if (span := _span(each)) is not None]
        return joined(found)

    def overrides(self, ident: str, start: datetime, end: datetime) -> list[Entry]:
        """The overrides of the account that reach into a span, in full length and in order."""
        found: dict[str, Entry] = {}
        for since, until in _chunks(start, end):
            for each in self.api.overrides(ident, since, until):
                span = _span(each)
                if span is not None and span.end > start:
                    found[str(each.get("id"))] = Entry(str(each.get("id")), span)
        return sorted(found.values(), key=lambda each: each.span)


def _chunks(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        yield start, min(start + CHUNK, end)
        start += CHUNK


def _span(entry: Record) -> Span | None:
    """An entry of the account; None for what has no time or nobody."""
    start, end = (instants.read(str(entry.get(key) or "")) for key in ("start", "end"))
    user = entry.get("user")
    who = str(user.get("id") or "") if isinstance(user, dict) else ""
    return Span(start, end, who) if start is not None and end is not None and who else None


def overlapping(entries: Iterable[Entry]) -> bool:
    """Whether two of them are at one time: then it is the account that says who has it."""
    latest: datetime | None = None
    for each in sorted(entries, key=lambda each: each.span):
        if latest is not None and each.span.start < latest:
            return True
        latest = each.span.end if latest is None else max(latest, each.span.end)
    return False
