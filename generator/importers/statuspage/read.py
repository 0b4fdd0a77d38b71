"""The files of the API as they were saved: whatever they hold of a page, each thing once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from generator.documents.stream import LIMIT
from generator.findings import Ref
from generator.importers.base import Given, Imported
from generator.importers.status_page.texts import one_line
from generator.records import dataclass

Json = Mapping[str, Any]
_URL = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_FIRST, _LAST = 1970, 2105


@dataclass(slots=True, eq=False)
class Thing:
    """A component, incident or maintenance as the file has it, and which file that is."""

    path: str
    data: Json


@dataclass(slots=True)
class Saved:
    """All files together: things by their ids."""

    components: dict[str, Thing] = field(default_factory=dict)
    embedded: dict[str, Thing] = field(default_factory=dict)
    """Components that incidents hold: all that is known where no file lists them."""
    incidents: dict[str, Thing] = field(default_factory=dict)
    maintenances: dict[str, Thing] = field(default_factory=dict)
    name: str = ""
    url: str = ""


def read_saved(given: Given, saved: Saved, imported: Imported) -> None:
    """Everything that a file holds; what it is not is told."""
    if len(given.raw) > LIMIT:
        imported.refused(Ref(given.path), f"the file has more than the {LIMIT:,} bytes that are read", "divide it")
        return
    try:
        data = json.loads(given.raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as reason:
        imported.refused(Ref(given.path), f"this is no JSON: {' '.join(str(reason).split())[:120]}")
        return
    before = _size(saved)
    _page(table(data).get("page"), saved)
    for each in data if isinstance(data, list) else [data]:
        _take(table(each), given.path, saved)
    if _size(saved) == before and not _is_empty(data):
        hint = "summary.json, components.json, incidents.json and scheduled-maintenances.json of /api/v2/ are read"
        imported.refused(Ref(given.path), "there is nothing of a status page in it", hint)


def _size(saved: Saved) -> int:
    return len(saved.components) + len(saved.incidents) + len(saved.maintenances)


def _is_empty(data: object) -> bool:
    """A page with no incident is one too, and so is a file that tells again what another one told."""
    known = ("components", "incidents", "scheduled_maintenances", "status", "incident", "component")
    found = data[0] if isinstance(data, list) and data else data
    return any(key in table(found) for key in known) or "incident_updates" in table(found)


def _page(data: object, saved: Saved) -> None:
    page = table(data)
    saved.name = saved.name or one_line(page.get("name"))
    url = page.get("url")
    if not saved.url and isinstance(url, str) and _URL.fullmatch(url):
        saved.url = url.rstrip("/")


def _take(data: Json, path: str, saved: Saved) -> None:
    for key in ("components", "component"):
        for each in tables(data.get(key)):
            _newer(saved.components, each, path)
    for each in (*tables(data.get("incidents")), *tables(data.get("incident"))):
        _event(each, path, saved)
    for each in tables(data.get("scheduled_maintenances")):
        _event(each, path, saved)
    if "incident_updates" in data:
        _event(data, path, saved)
    elif "group_id" in data:
        _newer(saved.components, data, path)


def _event(data: Json, path: str, saved: Saved) -> None:
    """A maintenance is an incident with a window."""
    planned = data.get("scheduled_for") is not None or data.get("impact") == "maintenance"
    _newer(saved.maintenances if planned else saved.incidents, data, path)
    for each in tables(data.get("components")):
        _newer(saved.embedded, each, path)


def _newer(known: dict[str, Thing], data: Json, path: str) -> None:
    key = text(data.get("id")) or f"{text(data.get('name'))} {text(data.get('created_at'))}"
    before = known.get(key)
    if before is None or text(data.get("updated_at")) > text(before.data.get("updated_at")):
        # The place of the first one is kept: the order of the file is the page's.
        known[key] = Thing(path, data)


def table(value: object) -> Json:
    """The value, where it is an object."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> Iterator[Json]:
    """The objects of a list, or the one that stands there alone."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def text(value: object) -> str:
    """The value, where it is text."""
    return value if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """An instant in UTC without parts of a second; None for all else, and for years that nobody means."""
    try:
        found = datetime.fromisoformat(text(value).strip())
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return found if _FIRST <= found.year <= _LAST else None
