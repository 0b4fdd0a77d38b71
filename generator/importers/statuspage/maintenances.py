"""Maintenances: a window, what was announced, and what was said while people were at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.importers.status_page.page import MAINTENANCE, Losses, Said, Work
from generator.importers.status_page.texts import markdown, one_line
from generator.importers.statuspage.components import Components
from generator.importers.statuspage.incidents import ordered, when
from generator.importers.statuspage.read import Thing, moment, tables, text

UNSAID = timedelta(hours=1)
"""How long a window is of which nobody says when it ends."""
_PAGE = re.compile(r"/maintenances/(?P<id>[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+)/?\Z")


class Maintenances:
    """Reads them; knows the components."""

    def __init__(self, components: Components, losses: Losses) -> None:
        self.components, self.losses = components, losses

    def of(self, thing: Thing) -> Iterator[Work]:
        """The maintenance; none where nothing says when it was."""
        data, path = thing.data, thing.path
        title = one_line(data.get("name")) or "Maintenance"
        updates = list(self._updates(thing))
        start = moment(data.get("scheduled_for")) or moment(data.get("started_at"))
        start = start or (updates[0].at if updates else None)
        if start is None:
            self.losses.lost(path, f"maintenance '{title[:80]}' is not kept: it has no time")
            return
        end = self._end(thing, start, updates)
        message = self._announced(updates, data.get("status"), path)
        link = _PAGE.search(text(data.get("shortlink")))
        work = Work(path, title, link["id"] if link else "", start, end, message, self._components(thing), updates)
        _cancel(work)
        yield work

    def _updates(self, thing: Thing) -> Iterator[Said]:
        before = "scheduled"
        for update in ordered(thing.data):
            at, word = when(update), text(update.get("status"))
            if at is None:
                self.losses.lost(thing.path, "an update is not kept: it has no time")
                continue
            if word not in MAINTENANCE and word != "":
                self.losses.lost(
                    thing.path, f"status '{word[:40]}' is none of a maintenance's: the one before it is kept"
                )
            before = word if word in MAINTENANCE else before
            yield Said(at, before, markdown(update.get("body")))

    def _end(self, thing: Thing, start: datetime, updates: list[Said]) -> datetime:
        end = moment(thing.data.get("scheduled_until"))
        if end is not None and end > start:
            return end
        done = next((said.at for said in updates if said.status == "completed" and said.at > start), None)
        message = "a maintenance has no end of its window, or one before its beginning"
        self.losses.lost(thing.path, f"{message}: it ends when it was completed, or an hour later")
        return done or start + UNSAID

    def _announced(self, updates: list[Said], status: object, path: str) -> str:
        """Of work that is not over, the first announcement is what customers should know; else it has its time."""
        if status == "completed" or not updates or updates[0].status != "scheduled":
            return ""
        self.losses.told(path, "a maintenance has its announcement as its message, without the hour of it")
        return updates.pop(0).message

    def _components(self, thing: Thing) -> list[str]:
        held = list(self.components.named(thing.data))
        for update in tables(thing.data.get("incident_updates")):
            held += [key for each in tables(update.get("affected_components")) if (key := self.components.of(each))]
        return list(dict.fromkeys(held))


def _cancel(work: Work) -> None:
    """What was completed before it began was called off: there is no other word for it in the API."""
    last = work.updates[-1] if work.updates else None
    began = any(said.status in ("in_progress", "verifying") for said in work.updates)
    if last is not None and last.status == "completed" and last.at < work.start and not began:
        work.cancelled = last.at
        work.updates.pop()
        if last.message:
            work.updates.append(Said(last.at, "scheduled", last.message))
