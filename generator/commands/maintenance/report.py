"""`tocsin maintenance list`: what is planned, what is going on, and for how long. Nothing is asked of a network."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from generator import times
from generator.analysis.status.maintenances import MaintenanceState, maintenance_states
from generator.commands.status.moments import written
from generator.commands.status.opened import Opened, opened
from generator.commands.tables import aligned
from generator.errors import Exit

HEADS = ("Maintenance", "State", "From (UTC)", "Until (UTC)", "When", "Components", "Title")


def run(arguments: argparse.Namespace) -> Exit:
    """Prints them, the earliest first."""
    here = opened(arguments)
    every = [each for each in maintenance_states(here.catalog, here.now) if arguments.all or not each.is_over]
    if arguments.format == "json":
        sys.stdout.write(json.dumps([_plain(each, here) for each in every], ensure_ascii=False, indent=2) + "\n")
    elif every:
        sys.stdout.writelines(f"{line}\n" for line in aligned([HEADS, *(_row(each, here) for each in every)]))
    else:
        print("there is no maintenance" if arguments.all else "no maintenance is planned or going on")
    for path in sorted(here.catalog.unread):
        if path.startswith("status/"):
            sys.stderr.write(f"tocsin: {path} could not be read: what it says is missing here, see: tocsin check\n")
    return Exit.WELL


def _row(each: MaintenanceState, here: Opened) -> tuple[str, ...]:
    start, end = each.window
    return (
        each.maintenance.id,
        each.status,
        written(start),
        written(end),
        _when(each, here.now),
        ", ".join(each.maintenance.components) or "-",
        _title(each, here),
    )


def _when(each: MaintenanceState, now: datetime) -> str:
    start, end = each.window
    if each.status == "scheduled":
        return f"in {times.words(start - now)}" if start > now else "late"
    if each.is_over:
        return f"over since {times.words(now - each.changes[-1][0])}"
    return f"ends in {times.words(end - now)}" if end > now else f"late by {times.words(now - end)}"


def _title(each: MaintenanceState, here: Opened) -> str:
    return " ".join(each.maintenance.title.text(here.default, here.default).split())


def _plain(each: MaintenanceState, here: Opened) -> dict[str, Any]:
    """For programs: times in UTC."""
    start, end = each.window
    found = each.maintenance
    return {
        "id": found.id,
        "title": _title(each, here),
        "status": each.status,
        "from": times.iso_utc(start),
        "until": times.iso_utc(end),
        "planned": {"from": times.iso_utc(found.start), "until": times.iso_utc(found.end)},
        "seconds": int((end - start).total_seconds()),
        "components": list(found.components),
        "mute": found.mute,
        "budget": found.budget,
        "source": found.ref.path,
    }
