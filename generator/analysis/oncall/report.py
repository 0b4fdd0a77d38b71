"""An expansion in words: who, from when until when, and why. What commands print and pages may show."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.oncall.shifts import Shift, shadow_shifts, shifts
from generator.analysis.windows import Window, subtraction
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.team import Schedule


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a schedule's time. `person` None: nobody is on call. `why` says what gives it, in words."""

    schedule: str
    start: datetime
    end: datetime
    person: str | None
    name: str
    why: str
    layer: str | None = None
    turn: int | None = None
    override: bool = False
    shadow: bool = False


def pieces(catalog: Catalog, schedule: Schedule, start: datetime, end: datetime) -> tuple[Piece, ...]:
    """Everything of a schedule between two instants, cut at both, in order: shifts, the gaps between, shadows."""
    found = shifts(catalog, schedule, start, end)
    empty = subtraction([Window(start, end)], (shift.window for shift in found))
    every = [
        *(_of_shift(catalog, schedule, shift) for shift in found),
        *(Piece(schedule.id, gap.start, gap.end, None, "nobody", "No layer and no override") for gap in empty),
        *(_of_shift(catalog, schedule, shift, shadow=True) for shift in shadow_shifts(schedule, start, end)),
    ]
    return tuple(sorted(every, key=lambda piece: (piece.start, piece.shadow, piece.layer or "")))


def person_name(catalog: Catalog, ident: str) -> str:
    """The name of a person; the id where nobody is known by it."""
    person = catalog.get(Person, ident)
    return ident if person is None else person.name


def why(catalog: Catalog, shift: Shift) -> str:
    """What gives a shift: `Turn 12 of Weekly Rotation`, `Override for Bob: holidays`."""
    if shift.override is None:
        return f"Turn {shift.turn} of {shift.layer}"
    instead = f" for {person_name(catalog, shift.override.instead_of)}" if shift.override.instead_of else ""
    reason = f": {shift.override.why}" if shift.override.why else ""
    return f"Override{instead}{reason}"


def _of_shift(catalog: Catalog, schedule: Schedule, shift: Shift, *, shadow: bool = False) -> Piece:
    return Piece(
        schedule.id,
        shift.start,
        shift.end,
        shift.person,
        person_name(catalog, shift.person),
        f"Learning: {why(catalog, shift)}" if shadow else why(catalog, shift),
        shift.layer,
        shift.turn,
        shift.override is not None,
        shadow,
    )
