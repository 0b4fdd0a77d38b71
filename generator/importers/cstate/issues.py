"""Issues as incidents and maintenances."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.findings import Ref
from generator.importers.base import Given
from generator.importers.cstate.body import SHORTCODE, TRACK, has_comment, pieces
from generator.importers.cstate.config import Config
from generator.importers.cstate.front import Unread, flag, listed, moment, page
from generator.importers.cstate.incident import Issue, incident
from generator.importers.cstate.work import is_work, work
from generator.importers.status_page.page import Losses, Page, Part
from generator.importers.status_page.texts import one_line

SEVERITIES: Mapping[str, tuple[str, str]] = {
    "down": ("major_outage", ""),
    "disrupted": ("partial_outage", ""),
    "notice": ("degraded_performance", "none"),
    "major-outage": ("major_outage", ""),
    "partial-outage": ("partial_outage", ""),
    "degraded-performance": ("degraded_performance", ""),
    "under-maintenance": ("under_maintenance", "none"),
}
"""Severity → what the systems have, and what the incident states."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]?")
KNOWN = frozenset({
    "title", "date", "resolved", "resolvedwhen", "severity", "affected", "affectedsystems", "section",
    "informational", "draft", "published", "lastmod", "pin", "description", "id", "automated", "type", "layout",
    "enablecomments", "twitterfeed", "weight", "slug", "url", "current_severity", "resolved_on",
    "resolvedstarttime", "tags", "categories", "modified", "aliases",
})  # fmt: skip
"""Keys that are read, or say nothing that customers saw."""


class Issues:
    """Collects them; systems that are not in the settings are made where there are no settings at all."""

    def __init__(self, config: Config, losses: Losses) -> None:
        self.config, self.losses = config, losses
        self.made = Page(config.parts, name=config.name, url=config.url, accent=config.accent, language=config.language)
        self.guesses = not config.systems

    def page(self) -> Page:
        """All of it."""
        return self.made

    def add(self, file: Given) -> None:
        """One issue; why it is none is told."""
        try:
            data, body = page(file.raw)
        except Unread as reason:
            self.losses.imported.refused(Ref(file.path), f"the issue was not imported: {reason}")
            return
        if flag(data.get("draft")) or str(data.get("published")).lower() == "false":
            self.losses.told(file.path, "the issue is a draft: nobody was shown it, and it stays where it is")
            return
        issue = self._issue(file, data, body)
        if issue is None:
            self.losses.imported.refused(Ref(file.path), "the issue was not imported: it has no date that can be read")
        elif is_work(issue, self.losses):
            self.made.works.append(work(issue, self.losses))
        else:
            self.made.events.append(incident(issue, self.losses))

    def _issue(self, file: Given, data: Mapping[str, Any], body: str) -> Issue | None:
        zone = self.config.zone
        found = pieces(body, zone)
        started = moment(data.get("date"), zone) or min((each.at for each in found if each.at), default=None)
        if started is None:
            return None
        ended = moment(data.get("resolvedwhen") or data.get("resolved_on"), zone)
        self._tell(file.path, data, body)
        stem = PurePosixPath(file.path).stem
        title = one_line(data.get("title")) or stem
        slug = _DATE.sub("", stem, count=1) or title
        status, impact = self._severity(file.path, data)
        informational = flag(data.get("informational"))
        affected = [] if informational else self._affected(file.path, data)
        if informational:
            status, impact = "", "none"
        return Issue(
            file.path,
            title,
            slug,
            started,
            ended,
            flag(data.get("resolved")),
            affected,
            status,
            impact,
            found,
            informational,
        )

    def _severity(self, path: str, data: Mapping[str, Any]) -> tuple[str, str]:
        severity = str(data.get("severity") or "").strip().lower().replace("_", "-")
        if severity not in SEVERITIES:
            if severity:
                self.losses.lost(path, f"severity '{severity[:40]}' is none of cState's: it counts as disrupted")
            return SEVERITIES["disrupted"]
        return SEVERITIES[severity]

    def _affected(self, path: str, data: Mapping[str, Any]) -> list[str]:
        keys = []
        for written in listed(data.get("affected") or data.get("affectedsystems")):
            name = one_line(written)
            part = self.config.systems.get(name.lower())
            if part is None and name and self.guesses:
                part = self.config.systems[name.lower()] = Part(f"system {name}", name)
                self.made.parts.append(part)
            if part is not None:
                keys.append(part.key)
            elif name:
                message = f"system '{name[:80]}' is not in the settings any more: what issues say of it is not kept"
                self.losses.lost(self.config.path or path, message)
        return list(dict.fromkeys(keys))

    def _tell(self, path: str, data: Mapping[str, Any], body: str) -> None:
        for key in sorted(set(data) - KNOWN):
            self.losses.lost(path, f"{key[:40]} is not kept: incidents have no such key")
        if data.get("description"):
            self.losses.lost(path, "description is not kept: incidents have none")
        if has_comment(body):
            self.losses.lost(path, "a comment in the text, which nobody was shown, is not kept")
        if any(moment(track["time"], self.config.zone) is None for track in TRACK.finditer(body)):
            self.losses.lost(path, "the hour of an update cannot be read: it stands where its place says")
        if SHORTCODE.search(TRACK.sub("", body)):
            self.losses.lost(path, "a shortcode of Hugo stays text", "write what it showed")
