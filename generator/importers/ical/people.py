"""Who is meant by the summary of an event."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.findings import did_you_mean
from generator.importers.base import Imported, Options
from generator.importers.ical.calendar import Calendar, Event
from generator.importers.names import free, slug
from generator.importers.tree import Map
from generator.kinds.people import Person

PEOPLE = "schedules/people.yaml"
_SEPARATORS = re.compile(r"\s*(?:[,;/&+]|\band\b|\by\b)\s*")


class People:
    """The repository's people; where it has none, those whom the calendars name."""

    def __init__(self, calendars: Sequence[Calendar], options: Options, imported: Imported) -> None:
        self.imported = imported
        known = options.catalog.all(Person) if options.catalog is not None else ()
        self.ids = {name: each.id for each in known for name in _names(each)}
        self.whole = {_flat(each.name): each.id for each in known}
        self.new: dict[str, Map] = {}
        if not known:
            self._learn([event for calendar in calendars for event in calendar.events])
        self.told: set[str] = set()

    def of(self, event: Event) -> str | None:
        """The person of an event; None where nobody is known, which is told once a name."""
        for email in event.emails:
            if email in self.ids:
                return self.ids[email]
        parts = [part for part in _SEPARATORS.split(event.summary) if part]
        found = [self.ids[_flat(part)] for part in (event.summary, *parts) if _flat(part) in self.ids]
        if not found:
            flat = f" {_flat(event.summary)} "
            found = list({ident for name, ident in self.whole.items() if name and f" {name} " in flat})
            found = found if len(found) == 1 else []
        if not found:
            self._tell(event)
            return None
        if len(dict.fromkeys(found)) > 1:
            others = ", ".join(list(dict.fromkeys(found))[1:])
            said = f"'{event.summary}' names several people: {found[0]} is kept, and not {others}"
            self.imported.lost(event.at, said, "one at a time is on call; make another schedule for the second one")
        return found[0]

    def put(self) -> None:
        """New people as a source."""
        if self.new:
            source = Map()
            for ident in sorted(self.new):
                source.put(ident, self.new[ident])
            self.imported.add(PEOPLE, source)

    def _learn(self, events: Sequence[Event]) -> None:
        """People by the names in the summaries; one that is near to one that is there more often is a typing error."""
        often = Counter(event.summary for event in events for _ in range(52 if event.rule else 1) if event.summary)
        emails = {event.summary: event.emails[0] for event in events if len(event.emails) == 1}
        for name, count in sorted(often.items(), key=lambda each: (-each[1], each[0])):
            frequent = [other for other in often if often[other] > 2 * count]
            if _flat(name) in self.ids or did_you_mean(name, frequent):
                continue
            ident = free(slug(name), self.new)
            self.new[ident] = Map()
            self.new[ident].put("name", name)
            if name in emails:
                self.new[ident].put("email", emails[name])
            self.ids[_flat(name)] = self.whole[_flat(name)] = ident

    def _tell(self, event: Event) -> None:
        if event.summary not in self.told:
            self.told.add(event.summary)
            said = f"nobody is known as '{event.summary[:80]}': these events were not imported"
            hint = did_you_mean(_flat(event.summary), self.ids) or "add the person to schedules/people.yaml first"
            self.imported.refused(event.at, said, hint)


def _names(person: Person) -> Iterator[str]:
    """What somebody may be called, the id first."""
    yield _flat(person.id)
    yield _flat(person.name)
    for name in (person.github, person.slack or ""):
        if name:
            yield _flat(name)
    if person.email:
        yield person.email.lower()
        yield _flat(person.email.partition("@")[0])


def _flat(text: str) -> str:
    """Letters and digits in lower case, without accents: people write names in many ways."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+|_", " ", kept).split())
