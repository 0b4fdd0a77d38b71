"""The sources of a page: components.yaml, a file an incident, a file a maintenance, and what tocsin.yaml lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from generator.analysis.status.incidents import CLOSED, IMPACT, OPERATIONAL, worst
from generator.importers.base import Imported, Options
from generator.importers.status_page.ids import EventIds, component_ids
from generator.importers.status_page.page import Event, Losses, Page, Part, Said, Work
from generator.importers.tree import List, Map, Written
from generator.kinds.status import Component
from generator.settings import LANGUAGES

SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "investigating": "We are investigating this issue.",
        "identified": "The issue has been identified.",
        "monitoring": "A fix has been implemented and we are monitoring the results.",
        "resolved": "This incident has been resolved.",
        "postmortem": "We have written down what happened.",
        "scheduled": "This maintenance is planned.",
        "in_progress": "The maintenance has begun.",
        "verifying": "We are verifying the result.",
        "completed": "The maintenance has been completed.",
    },
    "es": {
        "investigating": "Estamos investigando este problema.",
        "identified": "Hemos identificado el problema.",
        "monitoring": "Hemos aplicado una solución y supervisamos el resultado.",
        "resolved": "Este incidente se ha resuelto.",
        "postmortem": "Hemos escrito qué ocurrió.",
        "scheduled": "Este mantenimiento está previsto.",
        "in_progress": "El mantenimiento ha comenzado.",
        "verifying": "Estamos comprobando el resultado.",
        "completed": "El mantenimiento ha terminado.",
    },
}
"""What stands where the other page had a status and no text: here every update says something."""


class Sources:
    """Writes one page into what is imported."""

    def __init__(self, page: Page, options: Options, imported: Imported, losses: Losses) -> None:
        self.page, self.options, self.imported, self.losses = page, options, imported, losses
        self.ids = component_ids(page.parts, options.catalog)
        self.known = options.catalog.settings.values if options.catalog is not None else {}
        written = options.catalog.settings.get(LANGUAGES) if options.catalog and LANGUAGES.key in self.known else ()
        language = next(iter(written), page.language)
        self.phrases = SAID.get(language, SAID["en"])

    def write(self) -> None:
        """All of it."""
        self._settings()
        self._components()
        incidents, maintenances = EventIds(), EventIds()
        for event in sorted(self.page.events, key=lambda each: (each.updates[0].at, each.title)):
            ident = incidents.give(event.updates[0].at, event.slug or event.title)
            self.imported.sources[f"status/incidents/{ident}.yaml"] = self._event(event)
        for work in sorted(self.page.works, key=lambda each: (each.start, each.title)):
            ident = maintenances.give(work.start, work.slug or work.title)
            self.imported.sources[f"status/maintenances/{ident}.yaml"] = self._work(work)

    def _settings(self) -> None:
        """The page's address, name and colour, where the repository says nothing of its page yet."""
        if "status" in self.known or not self.page.url:
            return
        status = Map()
        status.put("url", self.page.url)
        if self.page.name:
            status.put("name", self.page.name)
        if self.page.accent:
            status.put("colors", Map()).put("accent", self.page.accent)
        whole = Map()
        if self.page.language in SAID and self.page.language != "en" and LANGUAGES.key not in self.known:
            whole.put("languages", List()).add(self.page.language)
        whole.put("status", status)
        self.imported.add("tocsin.yaml", whole)

    def _components(self) -> None:
        catalog, whole = self.options.catalog, Map()
        for part in self.page.parts:
            ident = self.ids[part.key]
            if catalog is None or catalog.get(Component, ident) is None:
                whole.put(ident, self._part(part))
                continue
            for each in part.parts:
                if catalog.get(Component, self.ids[each.key]) is None:
                    said = f"component '{each.name}' is new in group '{part.name}', which is there already"
                    self.losses.lost("status/components.yaml", said, "write it into its group by hand")
        if whole:
            self.imported.add("status/components.yaml", whole)

    def _part(self, part: Part) -> Map:
        out = Map()
        out.put("name", part.name)
        if part.description:
            out.put("description", part.description)
        if part.since and not part.parts:
            out.put("since", Written(part.since))
        if part.parts:
            children = out.put("components", Map())
            for each in part.parts:
                children.put(self.ids[each.key], self._part(each))
        return out

    def _event(self, event: Event) -> Map:
        out = Map()
        out.put("title", event.title)
        updates = list(self._told(event))
        shown = IMPACT.get(worst(status for _, statuses in updates for status in statuses.values()), "none")
        if event.impact and (event.impact != shown or not any(statuses for _, statuses in updates)):
            out.put("impact", event.impact)
        if event.postmortem:
            out.put("postmortem", event.postmortem)
        written = out.put("updates", List())
        for said, statuses in updates:
            written.add(self._update(said, statuses))
        return out

    def _told(self, event: Event) -> Iterator[tuple[Said, dict[str, str]]]:
        """Each update with what it changes: a component keeps its status, and a resolution makes all operational."""
        now: dict[str, str] = {}
        for said in event.updates:
            statuses = {self.ids[key]: status for key, status in said.components.items() if key in self.ids}
            if said.status in CLOSED:
                if any(status != OPERATIONAL for status in statuses.values()):
                    message = "a component that was not operational when its incident was resolved is operational here"
                    self.losses.lost(event.path, message, f"first in '{event.title}'"[:120])
                now, statuses = {}, {}
            changed = {key: each for key, each in statuses.items() if now.get(key, OPERATIONAL) != each}
            now |= changed
            yield said, changed

    def _work(self, work: Work) -> Map:
        out = Map()
        out.put("title", work.title)
        idents = list(dict.fromkeys(self.ids[key] for key in work.components if key in self.ids))
        if idents:
            listed = out.put("components", List())
            for ident in idents:
                listed.add(ident)
        out.put("from", instant(work.start))
        out.put("until", instant(work.end))
        if work.message:
            out.put("message", work.message)
        if work.updates:
            updates = out.put("updates", List())
            for said in work.updates:
                updates.add(self._update(said, {}))
        if work.cancelled is not None:
            out.put("cancelled", instant(work.cancelled))
        return out

    def _update(self, said: Said, statuses: Mapping[str, str]) -> Map:
        out = Map()
        out.put("at", instant(said.at))
        out.put("status", said.status)
        if statuses:
            components = out.put("components", Map())
            for ident, status in statuses.items():
                components.put(ident, status)
        out.put("message", said.message or self.phrases[said.status])
        return out


def instant(at: datetime) -> Written:
    """The instant in UTC, seconds where there are any."""
    at = at.astimezone(UTC)
    return Written(f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}")


def keys(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part, groups first."""
    for part in parts:
        yield part
        yield from part.parts
