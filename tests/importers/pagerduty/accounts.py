"""What tests import: answers of the API as they are saved, and what comes of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from generator.catalog import Catalog
from generator.importers import Given, Imported, Options
from generator.importers.pagerduty import read
from generator.importers.prove import prove
from generator.importers.write import render
from tests.catalogs import make_catalog

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEAM = {"id": "PTEAM1", "type": "team_reference", "summary": "Shop"}


def user(ident: str, name: str, **more: Any) -> dict[str, Any]:
    """A user."""
    return {"id": ident, "type": "user", "name": name, "email": f"{ident}@example.com".lower(), "teams": [], **more}


def layer(*users: str, **more: Any) -> dict[str, Any]:
    """A layer that hands over every week."""
    start = "2026-01-05T09:00:00+01:00"
    return {
        "name": "Layer 1",
        "start": start,
        "end": None,
        "rotation_virtual_start": start,
        "rotation_turn_length_seconds": 604800,
        "users": [{"user": {"id": each, "type": "user_reference", "summary": each}} for each in users],
        "restrictions": [],
        **more,
    }


def schedule(ident: str, name: str, *layers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A schedule as GET /schedules/ID gives it: the layer that wins comes first."""
    return {
        "id": ident,
        "type": "schedule",
        "name": name,
        "time_zone": "Europe/Madrid",
        "teams": [TEAM],
        "schedule_layers": list(layers),
        **more,
    }


def policy(ident: str, name: str, *steps: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """A policy whose steps call (type, id)."""
    rules = [
        {
            "escalation_delay_in_minutes": 15,
            "targets": [{"type": f"{kind}_reference", "id": target} for kind, target in step],
        }
        for step in steps
    ]
    return {
        "id": ident,
        "type": "escalation_policy",
        "name": name,
        "num_loops": 1,
        "teams": [TEAM],
        "escalation_rules": rules,
        **more,
    }


def imported(*documents: Any, known: Catalog | None = None, now: datetime = NOW, **named: str | bytes) -> Imported:
    """What comes of documents, each a file, and of files by name (`main_tf` is main.tf)."""
    files = [Given(f"{number}.json", json.dumps(each).encode()) for number, each in enumerate(documents)]
    for name, text in named.items():
        files.append(Given(name.replace("_", "."), text.encode() if isinstance(text, str) else text))
    return read(files, Options(catalog=known or make_catalog({"tocsin.yaml": "name: Test\n"}), now=now))


def texts(found: Imported) -> dict[str, str]:
    """Path → text, each proven to be what was meant and valid by its schema."""
    out = {path: render(source) for path, source in found.sources.items()}
    before = len(found.notes)
    assert all(prove(path, text, found.sources[path], found) for path, text in out.items())
    assert found.notes[before:] == []
    return out


def said(found: Imported) -> list[str]:
    """The notes."""
    return [f"{note.check.removeprefix('import/')}: {note.message}" for note in found.notes]
