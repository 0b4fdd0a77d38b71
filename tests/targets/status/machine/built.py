"""The files for machines, made of sources and read back by parsers that others wrote."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import icalendar
from jsonschema import Draft202012Validator

from generator.catalog import Catalog
from generator.targets.status.facts import facts
from generator.targets.status.languages import languages
from generator.targets.status.machine import artifacts
from tests.analysis.status.status_sources import catalog, component, incident, maintenance, update
from tests.catalogs import NOW
from tests.targets.status.conftest import outside_git

URL = "https://status.example.com"
OPEN = [update("2026-11-24 10:00", "investigating", {"web": "major_outage"})]
Files = dict[str, bytes]


def build(sources: Catalog, now: datetime = NOW, **more: Any) -> Files:
    """The content of every file, by its path below `status/`."""
    context = outside_git(now, **more)
    shown = facts(sources, context)
    made = artifacts(sources, context, shown, languages(sources, context, shown.zone))
    return {each.path.removeprefix("status/"): each.content for each in made}


def api(files: Files) -> dict[str, Any]:
    """The files of the API, by their name without suffix."""
    return {
        path.removeprefix("api/v2/").removesuffix(".json"): json.loads(content)
        for path, content in files.items()
        if path.startswith("api/")
    }


@cache
def _contract() -> Draft202012Validator:
    return Draft202012Validator(json.loads(Path(__file__).with_name("contract.json").read_text(encoding="utf-8")))


def breaches(files: Files) -> list[str]:
    """Where the files do not keep the contract."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _contract().iter_errors(api(files))]


def feed(files: Files, path: str = "history.atom") -> Any:
    """A feed; what feedparser complains about is an error."""
    read = feedparser.parse(files[path], sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo, read.get("bozo_exception")
    return read


def events(files: Files, path: str = "calendar.ics") -> list[Any]:
    """The events of a calendar; what does not parse is an error."""
    found: list[Any] = list(icalendar.Calendar.from_ical(files[path]).walk("VEVENT"))
    assert not [event.errors for event in found if event.errors]
    return found


def xml(content: bytes) -> ET.Element:
    """A file of XML; what is not well-formed is an error."""
    return ET.fromstring(content)  # noqa: S314  # our own file


def commit(folder: Path, *arguments: str, when: str = "2026-11-01T10:00:00Z") -> None:
    """Runs Git as somebody, at a time."""
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    environment = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, env=environment, capture_output=True)


def words(html: str) -> str:
    """HTML without its tags, entities read."""
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", html))


def small(*more: Any, **settings: Any) -> Catalog:
    """One component in a group, one without, and what is given."""
    return catalog(
        component("web", "Website", since="2026-01-01", position=1),
        component("api", "API", is_group=True, position=2),
        component("rest", "REST", group="api", position=3),
        *more,
        **{"name": "Example", "languages": ["en", "es"], "status": {"url": URL}, **settings},
    )


__all__ = ["NOW", "catalog", "component", "incident", "maintenance", "update"]
