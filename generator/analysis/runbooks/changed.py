"""Alerts that mean something else than on the day on which their runbook was reviewed, as Git knows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from generator.analysis.memo import once_a_catalog
from generator.documents import read_document
from generator.errors import UsageError
from generator.kinds.base import listing, mapping
from generator.kinds.names import camel_case
from generator.kinds.runbook import Runbook
from generator.kinds.slo import Slo
from generator.records import dataclass
from generator.settings import TIME_ZONE
from generator.times import zone

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert
    from generator.git import Change, History

FOLDER = "alerts"
PARTIAL = "files of the past are missing here (a partial clone)"
_MEANING = ("expr", "for", "keep_firing_for", "urgency", "severity", "labels")
_SLO_MEANING = ("objective", "sli", "period", "for", "min_events", "traffic", "critical", "group_by", "severities")
_SAID = {
    "expr": "its expression",
    "for": "how long it waits",
    "keep_firing_for": "how long it goes on",
    "sli": "what is measured",
    "group_by": "what it is counted by",
    "min_events": "the least traffic",
    "severities": "its legs",
    "selector": "the selector of the service",
    "labels": "its labels",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """An alert that has changed since the review: what of it, in words, and the last commit that did."""

    alert: NamedAlert
    what: tuple[str, ...]
    day: date | None
    """When its file was changed last; None where that is not committed."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Runbook → the alerts that have changed since its review; `reason` says why Git knows nothing of them."""

    changed: Mapping[str, tuple[Changed, ...]] = field(default_factory=dict)
    reason: str = ""


def reviewed(catalog: Catalog) -> tuple[Runbook, ...]:
    """The runbooks that say when they were reviewed, are in use, and have an alert."""
    leading = catalog.alerts_by_runbook
    return tuple(each for each in catalog.all(Runbook) if each.reviewed and not each.deprecated and each.id in leading)


@once_a_catalog
def reviews(catalog: Catalog, history: History, now: datetime) -> Reviews:
    """What has changed since each review; what is not committed yet changes now."""
    if not history.available:
        return Reviews(reason=history.reason)
    seen = [(each, _end_of(catalog, each)) for each in reviewed(catalog)]
    edited = history.uncommitted(FOLDER) if any(review <= now for _, review in seen) else frozenset()
    late = [
        (runbook, alert)
        for runbook, review in seen
        for alert in catalog.alerts_by_runbook[runbook.id]
        if _changed_after(history, alert.ref.path, review) or (review <= now and alert.ref.path in edited)
    ]
    if not late:
        return Reviews()
    past = _Past(catalog, history)
    try:
        past.read(past.blob(alert, _end_of(catalog, runbook)) for runbook, alert in late)
    except (UsageError, OSError):  # fetching is not for us to do
        return Reviews(reason=PARTIAL)
    found: dict[str, list[Changed]] = {}
    for runbook, alert in late:
        if change := past.compare(alert, _end_of(catalog, runbook)):
            found.setdefault(runbook.id, []).append(change)
    return Reviews({slug: tuple(changes) for slug, changes in found.items()})


def _changed_after(history: History, path: str, review: datetime) -> bool:
    commit = history.last_change(path)
    return commit is not None and commit.time >= review


@once_a_catalog
def _zone(catalog: Catalog) -> Any:
    return zone(catalog.settings.get(TIME_ZONE))


def _end_of(catalog: Catalog, runbook: Runbook) -> datetime:
    """The end of the day of the review: what changed on that day has been seen."""
    day = runbook.reviewed or date.min
    after = day + timedelta(days=1) if day < date.max else day
    try:
        return datetime.combine(after, time(), _zone(catalog)).astimezone(UTC)
    except OverflowError:
        return datetime.combine(after, time(), UTC)


class _Past:
    """The files of alerts as they were on any day."""

    def __init__(self, catalog: Catalog, history: History) -> None:
        self.catalog = catalog
        self.history = history
        self.by_path: dict[str, list[Change]] = {}
        former: dict[str, str] = {}
        for change in history.changes(FOLDER):
            path = former.get(change.new_path or "", change.new_path or "")
            self.by_path.setdefault(path, []).append(change)
            if change.old_path is not None and change.old_path != change.new_path:
                former[change.old_path] = path
        self.known: dict[str, Mapping[str, Any]] = {}

    def read(self, blobs: Iterable[str | None]) -> None:
        """Reads files as they were, all at once: a process for each would take seconds."""
        for blob, raw in self.history.contents(filter(None, blobs)).items():
            document, _ = read_document(f"{FOLDER}/then.yaml", raw)
            self.known[blob] = mapping(document.data) if document else {}

    def _since(self, alert: NamedAlert, review: datetime) -> list[Change]:
        return [each for each in self.by_path.get(alert.ref.path, ()) if each.time is None or each.time >= review]

    def blob(self, alert: NamedAlert, review: datetime) -> str | None:
        """The file of an alert as it was then; of one that is newer, its first version: nothing older is known."""
        since = self._since(alert, review)
        return (since[-1].old_blob or since[-1].new_blob) if since else None

    def compare(self, alert: NamedAlert, review: datetime) -> Changed | None:
        """What an alert's rules say else than then; None where they say the same, or were not there yet."""
        since, blob = self._since(alert, review), self.blob(alert, review)
        if blob is None:
            return None
        old, new = self._meaning(alert, self.known.get(blob, {})), self._meaning(alert, self._new(alert.ref.path))
        if not old or old == new:
            return None
        what = tuple(sorted({key for key in {*old, *new} if old.get(key) != new.get(key)}))
        return Changed(alert, what, since[0].time.date() if since[0].time else None)

    def _new(self, path: str) -> Mapping[str, Any]:
        return mapping(self.catalog.documents[path].data)

    def _meaning(self, alert: NamedAlert, source: Mapping[str, Any]) -> dict[str, str]:
        """What decides when an alert fires and whom it wakes, by name; nothing where it is not in there."""
        found: dict[str, list[str]] = {}
        for rule in _rules(alert, source):
            for name in _SLO_MEANING if "sli" in rule or "objective" in rule else _MEANING:
                if name in rule:
                    found.setdefault(name, []).append(_plain(rule[name]))
        if found and alert.slo is not None:
            found["selector"] = [_plain(source.get("selector"))]
        return {name: "\n".join(sorted(values)) for name, values in found.items()}


def _rules(alert: NamedAlert, source: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rules and SLOs of an alert in a service file, plain or in groups."""
    names = {rule.name for rule in alert.rules if isinstance(rule, Slo)}
    for slo in map(mapping, listing(source.get("slos"))):
        said = slo.get("alert", camel_case(alert.service.id, str(slo.get("name", ""))))
        if said == alert.name or (slo.get("name") in names and "alert" not in slo):
            yield slo
    groups = [mapping(group).get("rules") for group in listing(source.get("groups"))]
    for rules in (source.get("alerts"), *groups):
        for rule in map(mapping, listing(rules)):
            if rule.get("alert") == alert.name:
                yield rule
            yield from (each for each in map(mapping, listing(rule.get("rules"))) if each.get("alert") == alert.name)


def _plain(value: object) -> str:
    """A value as it is compared: how a query is broken into lines means nothing."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return " ".join(text.split())


def words(what: Iterable[str]) -> str:
    """What has changed, in words."""
    return ", ".join(_SAID.get(each, f"its {each}") for each in what)
