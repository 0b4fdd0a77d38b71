"""How an expansion is printed: lines for people and grep, JSON and CSV for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from generator import times
from generator.analysis.oncall.report import Piece
from generator.commands.tables import aligned
from generator.kinds.team import Schedule

Zones = Mapping[str, tzinfo]
"""The zone in which each schedule is shown."""


def moment(instant: datetime, zone: tzinfo) -> str:
    """`2026-11-24 09:00-03:00`: local time with its offset, seconds only where there are any."""
    local = instant.astimezone(zone)
    exact = "seconds" if local.second or local.microsecond else "minutes"
    return local.replace(microsecond=0).isoformat(" ", exact)


def text(pieces: Iterable[Piece], zones: Zones) -> str:
    """A line a piece: from, until, how long, who, and why."""
    rows = [
        (
            moment(each.start, zones[each.schedule]),
            moment(each.end, zones[each.schedule]),
            times.words(each.end - each.start),
            _who(each),
            each.why,
        )
        for each in pieces
    ]
    return "".join(f"{line}\n" for line in aligned(rows))


def json_text(pieces: Iterable[Piece], zones: Zones) -> str:
    """A list of objects; times with the zone's offset."""
    return json.dumps([_plain(each, zones) for each in pieces], ensure_ascii=False, indent=2) + "\n"


def csv_text(pieces: Iterable[Piece], zones: Zones) -> str:
    """A table with a header; what a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    import csv

    table = csv.writer(out, lineterminator="\n")
    table.writerow(["schedule", "from", "until", "hours", "person", "name", "why"])
    for each in pieces:
        hours = f"{(each.end - each.start).total_seconds() / 3600:.4f}".rstrip("0").rstrip(".")
        row = [each.schedule, *_times(each, zones), hours, each.person or "", each.name, each.why]
        table.writerow([harmless(cell) for cell in row])
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Iterable[Piece], Zones], str]] = {"text": text, "json": json_text, "csv": csv_text}


def shown_now(
    form: str, schedules: Sequence[Schedule], found: Mapping[str, Sequence[Piece]], zone: tzinfo | None
) -> str:
    """Who is on call on each schedule, until when, and who comes then."""
    zones = {each.id: zone or each.zone for each in schedules}
    nows = {ident: _now([each for each in pieces if not each.shadow]) for ident, pieces in found.items()}
    if form == "json":
        plain = [{**_plain(now, zones), "next": _plain(then, zones) if then else None} for now, then in nows.values()]
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    rows = []
    for ident, (now, then) in nows.items():
        until = f"until {moment(now.end, zones[ident])}" if then else "for the coming year"
        rows.append((ident, _who(now), until, f"then {_who(then)}" if then else ""))
    return "".join(f"{line}\n" for line in aligned(rows))


def _now(pieces: Sequence[Piece]) -> tuple[Piece, Piece | None]:
    """The present shift, which may come in several pieces of one person, and the one after it."""
    last = 0
    while last + 1 < len(pieces) and pieces[last + 1].person == pieces[0].person:
        last += 1
    first = pieces[0]
    now = Piece(
        first.schedule, first.start, pieces[last].end, first.person, first.name, first.why, first.layer, first.turn,
        first.override,
    )  # fmt: skip
    return now, pieces[last + 1] if last + 1 < len(pieces) else None


def _who(piece: Piece) -> str:
    return piece.name if piece.person is None else f"{piece.name} ({piece.person})"


def _times(piece: Piece, zones: Zones) -> tuple[str, str]:
    return tuple(each.astimezone(zones[piece.schedule]).isoformat() for each in (piece.start, piece.end))  # type: ignore[return-value]


def _plain(piece: Piece, zones: Zones) -> dict[str, object]:
    start, end = _times(piece, zones)
    return {
        "schedule": piece.schedule,
        "from": start,
        "until": end,
        "person": piece.person,
        "name": piece.name,
        "why": piece.why,
        "layer": piece.layer,
        "turn": piece.turn,
        "override": piece.override,
        "shadow": piece.shadow,
    }


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
