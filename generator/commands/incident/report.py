"""`tocsin incident list|show`: what is open, for how long, and all that is known of one. No network is asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from generator import times
from generator.analysis.postmortems.timeline import timeline
from generator.analysis.status.incidents import OPERATIONAL
from generator.commands.incident.naming import meant
from generator.commands.incident.plan_face import statuses
from generator.commands.incident.records import Incident, incidents
from generator.commands.status.moments import written
from generator.commands.status.opened import Opened, opened
from generator.commands.status.texts import flat
from generator.commands.tables import aligned
from generator.errors import Exit
from generator.kinds.status import Update

HEADS = ("Incident", "State", "Severity", "Impact", "Since", "Lasted", "Components", "Title")


def run(arguments: argparse.Namespace) -> Exit:
    """Prints it."""
    here = opened(arguments)
    if arguments.action == "show":
        found = _shown(here, arguments)
        text = _json(_plain(found, here.now, whole=True)) if arguments.format == "json" else _text(found, here)
        sys.stdout.write(text)
        return Exit.WELL
    every = [each for each in incidents(here.catalog, here.now) if arguments.all or each.is_open]
    if arguments.format == "json":
        sys.stdout.write(_json([_plain(each, here.now) for each in every]))
    elif every:
        sys.stdout.writelines(f"{line}\n" for line in aligned([HEADS, *(_row(each, here.now) for each in every)]))
    else:
        print("there is no incident" if arguments.all else "no incident is open")
    for path in sorted(here.catalog.unread):
        if path.startswith(("status/", "postmortems/")):
            sys.stderr.write(f"tocsin: {path} could not be read: what it says is missing here, see: tocsin check\n")
    return Exit.WELL


def _shown(here: Opened, arguments: argparse.Namespace) -> Incident:
    """The one that is named, else the one that is open."""
    return meant(here.catalog, arguments.named or arguments.incident, here.now)


def _row(each: Incident, now: datetime) -> tuple[str, ...]:
    started = each.started
    return (
        each.id,
        each.status,
        each.severity or "-",
        each.state.impact if each.state is not None else "internal",
        written(started) if started is not None else "-",
        _lasted(each, now) or "-",
        ", ".join(f"{name}={word}" for name, word in _affected(each).items()) or "-",
        each.title(),
    )


def _affected(each: Incident) -> dict[str, str]:
    return {name: word for name, word in statuses(each.state).items() if word != OPERATIONAL}


def _lasted(each: Incident, now: datetime) -> str:
    seconds = _seconds(each, now)
    return "" if seconds is None else times.words(times.parse_duration(f"{seconds}s"))


def _seconds(each: Incident, now: datetime) -> int | None:
    """From the start until it was resolved, or until now where it is open."""
    started, end = each.started, each.resolved or (now if each.is_open else None)
    return None if started is None or end is None or end < started else int((end - started).total_seconds())


def _text(each: Incident, here: Opened) -> str:
    lasted = _lasted(each, here.now)
    facts = [
        ("state", each.status),
        ("severity", each.severity or "nobody has said"),
        ("impact", each.state.impact if each.state is not None else "internal: customers read nothing of it"),
        ("started", f"{written(each.started)} UTC" if each.started is not None else "not known"),
        ("lasted" if each.resolved is not None else "lasts", lasted or "not known"),
        ("alerts", ", ".join(each.record.alerts) if each.record is not None else ""),
        ("record", f"{each.record.ref.path} ({each.record.status})" if each.record is not None else "none"),
        ("public", each.face.ref.path if each.face is not None else "no"),
    ]
    lines = [f"{each.id}  {each.title()}", *aligned([(f"  {name}", value) for name, value in facts if value])]
    lines += [f"  component {name}: {word}" for name, word in statuses(each.state).items()]
    return "".join(f"{line}\n" for line in [*lines, *_told(each, here)])


def _told(each: Incident, here: Opened) -> Iterator[str]:
    """What customers were told, and the timeline of the record."""
    updates = each.state.updates if each.state is not None else ()
    if updates:
        yield "told customers (UTC):"
    for update in updates:
        yield f"  {written(update.at)}  {update.status}: {flat(update.message.text(here.default, here.default))}"
    events = timeline(each.catalog, each.record).events if each.record is not None else ()
    if events:
        yield "timeline (UTC):"
    for event in events:
        yield f"  {written(event.at) if event.at is not None else event.at_text or '-':<16}  {flat(event.text)}"


def _plain(each: Incident, now: datetime, *, whole: bool = False) -> dict[str, Any]:
    """For programs: times in UTC, durations in seconds; what is not known is null."""
    started, resolved = each.started, each.resolved
    found: dict[str, Any] = {
        "id": each.id,
        "title": each.title(),
        "open": each.is_open,
        "status": each.status,
        "severity": each.severity or None,
        "public": each.face is not None,
        "impact": each.state.impact if each.state is not None else None,
        "started": None if started is None else times.iso_utc(started),
        "resolved": None if resolved is None else times.iso_utc(resolved),
        "seconds": _seconds(each, now),
        "components": statuses(each.state),
        "record": None if each.record is None else each.record.ref.path,
        "record_status": None if each.record is None else each.record.status,
    }
    if whole:
        found["updates"] = [_update(update) for update in (each.state.updates if each.state is not None else ())]
        found["timeline"] = [
            {"at": None if event.at is None else times.iso_utc(event.at), "text": event.text, "moment": event.moment}
            for event in (timeline(each.catalog, each.record).events if each.record is not None else ())
        ]
    return found


def _update(update: Update) -> dict[str, Any]:
    return {
        "at": times.iso_utc(update.at),
        "status": update.status,
        "message": dict(update.message) if "" not in update.message else update.message.text(),
        "components": dict(update.components),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
