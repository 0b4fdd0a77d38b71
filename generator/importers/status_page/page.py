"""A status page as its importer understood it, whatever product it came from. Times are UTC, texts are Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from datetime import datetime

from generator.findings import Ref
from generator.importers.base import Imported
from generator.records import dataclass

STATUSES = ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
INCIDENT = ("investigating", "identified", "monitoring", "resolved", "postmortem")
MAINTENANCE = ("scheduled", "in_progress", "verifying", "completed")


@dataclass(slots=True, eq=False)
class Part:
    """A component, or a group (which has `parts`, or is one of that name that has none)."""

    key: str
    """What the file knows it by; not its id here."""
    name: str
    description: str = ""
    since: str = ""
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Said:
    """An update. `components` has statuses by the keys of components."""

    at: datetime
    status: str
    message: str
    components: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Event:
    """An incident, its updates in the order of time."""

    path: str
    title: str
    slug: str
    """What its id should end with, or the whole id where the file says one (`2026-10-14-checkout`)."""
    updates: list[Said]
    impact: str = ""
    postmortem: str = ""


@dataclass(slots=True, eq=False)
class Work:
    """A maintenance."""

    path: str
    title: str
    slug: str
    start: datetime
    end: datetime
    message: str = ""
    components: list[str] = field(default_factory=list)
    updates: list[Said] = field(default_factory=list)
    cancelled: datetime | None = None


@dataclass(slots=True, eq=False)
class Page:
    """All of it."""

    parts: list[Part] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    name: str = ""
    url: str = ""
    accent: str = ""
    language: str = ""
    """Its code, where the page says in which one it is written."""


class Losses:
    """What is not kept, each sort once with how often: a page has a thousand incidents, and they lack the same."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported
        self._lost: Counter[tuple[str, str, str]] = Counter()
        self._told: Counter[tuple[str, str, str]] = Counter()

    def lost(self, path: str, message: str, hint: str = "") -> None:
        """Something is not kept, or not as it was."""
        self._lost[path, message, hint] += 1

    def told(self, path: str, message: str, hint: str = "") -> None:
        """All is kept, and there is something to know."""
        self._told[path, message, hint] += 1

    def tell(self) -> None:
        """Makes notes of all."""
        for counted, note in ((self._lost, self.imported.lost), (self._told, self.imported.told)):
            for (path, message, hint), times in counted.items():
                note(Ref(path), f"{message} ({times} times)" if times > 1 else message, hint)
