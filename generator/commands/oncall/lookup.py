"""What people name on the command line of `tocsin oncall`: schedules, people, zones and instants."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, tzinfo

from generator import times
from generator.catalog import Catalog
from generator.errors import NothingToDo, UsageError
from generator.findings import did_you_mean
from generator.kinds.people import Person
from generator.kinds.team import Schedule


def refuse_parts(catalog: Catalog, lacks: str) -> None:
    """Ends where a source of on-call could not be read: a result that lacks somebody would be believed."""
    lost = _unread(catalog)
    if lost:
        raise UsageError(f"{lost[0]} could not be read, and {lacks} would lack what it says", "see: tocsin check")


def warn_of_parts(catalog: Catalog) -> None:
    """Says which sources of on-call could not be read, where an answer without them is better than none at night."""
    for path in _unread(catalog):
        sys.stderr.write(f"tocsin: {path} could not be read: what it says is missing here, see: tocsin check\n")


def _unread(catalog: Catalog) -> list[str]:
    return sorted(path for path in catalog.unread if path.startswith("schedules/"))


def schedules_named(catalog: Catalog, named: Sequence[str]) -> list[Schedule]:
    """The schedules meant, by id or by a key that only one team has; all where none is named."""
    every = sorted(catalog.all(Schedule), key=lambda each: each.id)
    if not every:
        raise NothingToDo("there is no schedule", "tocsin new schedule TEAM writes one")
    return [_schedule(name, every) for name in named] if named else every


def _schedule(name: str, every: Sequence[Schedule]) -> Schedule:
    found = [each for each in every if name in (each.id, each.key)]
    found = [each for each in found if each.id == name] or found
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.id for each in found or every)
    if found:
        raise UsageError(f"several teams have a schedule '{name}'", f"write one of {known}")
    raise UsageError(
        f"there is no schedule '{name}'", did_you_mean(name, [each.id for each in every]) or f"there is {known}"
    )


def person_named(catalog: Catalog, name: str) -> str:
    """Somebody's id, known to be one."""
    known = [each.id for each in catalog.all(Person)]
    if name not in known:
        raise UsageError(f"there is nobody '{name}'", did_you_mean(name, known) or f"there are {', '.join(known)}")
    return name


def zone_named(name: str) -> tzinfo:
    """The zone of `--zone`."""
    try:
        return times.zone(name)
    except ValueError as refusal:
        raise UsageError(f"--zone: {refusal}") from None


def instant_said(option: str, text: str, zone: tzinfo) -> datetime:
    """What an option says, in a zone unless it names one."""
    try:
        found = times.parse_instant(text, zone)
    except ValueError as refusal:
        raise UsageError(f"{option}: {refusal}", "write it like 2026-12-24 or 2026-12-24 09:00") from None
    if not times.can_be_present(found):
        raise UsageError(f"{option}: {found.year} is too far away; 1970 to 2105 is possible")
    return found
