"""Incidents: their updates oldest first, with what each changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from generator.analysis.status.incidents import CLOSED, IMPACT
from generator.importers.status_page.page import INCIDENT, Event, Losses, Said
from generator.importers.status_page.texts import markdown, one_line
from generator.importers.statuspage.components import Components
from generator.importers.statuspage.read import Json, Thing, moment, tables, text

IMPACTS = ("none", "minor", "major", "critical")
BY_IMPACT = {impact: status for status, impact in IMPACT.items()}
"""What a component may have had, where only the impact of its incident is told."""
_PAGE = re.compile(r"/incidents/(?P<id>[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+)/?\Z")
_POSTMORTEM = re.compile(r"(?:\A|\n\n)[^\n:]{3,30}: (?P<url>https?://\S+)\Z")


class Incidents:
    """Reads them; knows the components."""

    def __init__(self, components: Components, losses: Losses) -> None:
        self.components, self.losses = components, losses

    def of(self, thing: Thing) -> Iterator[Event]:
        """The incident; none where nothing says when it was."""
        data, path = thing.data, thing.path
        title = one_line(data.get("name")) or "Incident"
        updates = list(self._updates(thing))
        if not updates:
            started = moment(data.get("started_at")) or moment(data.get("created_at"))
            if started is None:
                self.losses.lost(path, f"incident '{title[:80]}' is not kept: it has no time")
                return
            word = self._word(data.get("status"), "investigating", path)
            updates = [Said(started, "investigating" if word in CLOSED else word, "")]
        self._end(updates, data)
        self._guess(updates, data, path)
        found = Event(path, title, _slug(data), updates, self._impact(data, path))
        _postmortem(found)
        yield found

    def _updates(self, thing: Thing) -> Iterator[Said]:
        before = "investigating"
        for update in ordered(thing.data):
            at = when(update)
            if at is None:
                self.losses.lost(thing.path, "an update is not kept: it has no time")
                continue
            before = self._word(update.get("status"), before, thing.path)
            changed = self.components.changed(update, thing.path)
            yield Said(at, before, markdown(update.get("body")), changed)

    def _word(self, status: object, before: str, path: str) -> str:
        if text(status) in INCIDENT:
            return text(status)
        if text(status) not in ("", "update"):
            self.losses.lost(path, f"status '{text(status)[:40]}' is none of an incident's: the one before it is kept")
        return before

    def _end(self, updates: list[Said], data: Json) -> None:
        """Where the incident is over and no update says so, its own time does."""
        if text(data.get("status")) not in CLOSED or any(said.status in CLOSED for said in updates):
            return
        at = moment(data.get("resolved_at")) or moment(data.get("updated_at")) or updates[-1].at
        updates.append(Said(max(at, updates[-1].at), "resolved", ""))

    def _guess(self, updates: list[Said], data: Json, path: str) -> None:
        """Old incidents do not say what an update changed: their components were as bad as the impact says."""
        if any(said.components for said in updates):
            return
        status = BY_IMPACT.get(text(data.get("impact")))
        keys = list(self.components.named(data))
        if status is None or not keys or updates[0].status in CLOSED:
            return
        updates[0].components = dict.fromkeys(keys, status)
        message = "an incident does not say how its components were: they have what its impact stands for"
        self.losses.told(path, message, "degraded performance for minor, a partial outage for major")

    def _impact(self, data: Json, path: str) -> str:
        impact = text(data.get("impact_override")) or text(data.get("impact"))
        if impact and impact not in IMPACTS:
            self.losses.lost(path, f"impact '{impact[:40]}' is none of an incident's")
        return impact if impact in IMPACTS else ""


def ordered(data: Json) -> list[Json]:
    """The updates, oldest first; of two at one time the file has the later one first."""
    found = list(tables(data.get("incident_updates")))[::-1]
    return sorted(found, key=lambda each: stamp(each) or 0)


def stamp(update: Json) -> float | None:
    """For sorting: parts of a second count."""
    at = when(update)
    if at is None:
        return None
    written = text(update.get("display_at")) or text(update.get("created_at"))
    part = re.search(r"\.(\d{1,6})", written)
    return at.timestamp() + (float(f"0.{part[1]}") if part else 0)


def when(update: Json) -> datetime | None:
    """When an update was shown."""
    return moment(update.get("display_at")) or moment(update.get("created_at")) or moment(update.get("updated_at"))


def _slug(data: Json) -> str:
    """Our own pages have the id in their address."""
    found = _PAGE.search(text(data.get("shortlink")))
    return found["id"] if found else ""


def _postmortem(event: Event) -> None:
    """An address on a line of its own, behind what was said, is where the postmortem can be read."""
    for said in event.updates:
        found = _POSTMORTEM.search(said.message) if said.status in CLOSED else None
        if found is not None and len(found["url"]) < 500:
            event.postmortem = found["url"]
            said.message = said.message[: found.start()].strip()
