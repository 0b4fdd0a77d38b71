"""What a change of a schedule does to the people in it, by comparison with where the change began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from generator.analysis.oncall.changes.moved import Moved, renames
from generator.analysis.oncall.changes.reanchor import name_of
from generator.analysis.oncall.changes.reshuffle import keeping_anchor, reshuffled
from generator.analysis.oncall.changes.words import said
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref
from generator.kinds.team import Layer, Schedule

SHOWN = 3
"""So many shifts are named; the rest is a number."""


@check("oncall/reshuffled", level="warning")
def reshuffled_schedule(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A change takes people out of the shift that they are in, or out of their order.

    Turn k is that of person k modulo the number of people. So one line more or less in `people:` gives nearly every
    turn to somebody else, the one that is running too: bob is off call in the middle of his week, and whoever has
    planned around their own week finds another one. The finding names who leaves what to whom.

    `tocsin oncall add`, `remove` and `swap` write the same change so that the present turn stays whose it is and all
    others keep their order; `--rollout` says from when it counts. By hand it is the `anchor:` of the layer: the start
    of a turn of the first person in the list. For a holiday or one shift, `tocsin oncall cover` writes an override.

    It needs something to compare with, so it speaks only with `tocsin check --since REV`. It says nothing of people who
    join or leave while everybody else stays in order, of two who exchange their turns, of overrides, or of a person who
    has another id and the same PagerDuty user or address.
    """
    if context.base is None:
        return
    renamed = renames(context.base, catalog)
    for schedule in catalog.all(Schedule):
        old = context.base.get(Schedule, schedule.id)
        if old is None:
            continue
        runs = reshuffled((context.base, old), (catalog, schedule), context.now, renamed)
        if runs:
            yield _finding(old, schedule, runs, context.now, renamed)


def _finding(
    old: Schedule, schedule: Schedule, runs: Sequence[Moved], now: datetime, renamed: Mapping[str, str]
) -> Finding:
    words = [said(run, old, now) for run in runs[:SHOWN]]
    rest = [f"and {len(runs) - SHOWN} more"] if len(runs) > SHOWN else []
    was, layer = _changed(old, schedule, renamed)
    return Finding(
        schedule.ref.at("layers") if layer is None else _place(was, layer),
        f"the change reshuffles schedule {schedule.id}: {'; '.join([*words, *rest])}",
        _hint(old, schedule, (was, layer), now, renamed),
        subject=schedule.id,
    )


def _changed(old: Schedule, new: Schedule, renamed: Mapping[str, str]) -> tuple[Layer | None, Layer | None]:
    """The first layer that is another one now, before and after."""
    for number, layer in enumerate(new.layers):
        was = old.layers[number] if number < len(old.layers) else None
        same = was is not None and tuple(renamed.get(each, each) for each in was.people) == layer.people
        if was is None or not same or (was.anchor, was.turn) != (layer.anchor, layer.turn):
            return was, layer
    return None, None


def _place(was: Layer | None, layer: Layer) -> Ref:
    return layer.ref.at("people") if was is not None and was.people != layer.people else layer.ref


def _hint(
    old: Schedule, new: Schedule, pair: tuple[Layer | None, Layer | None], now: datetime, renamed: Mapping[str, str]
) -> str:
    """The command that does it without a reshuffle, and the anchor that mends it by hand."""
    before = {renamed.get(person, person) for layer in old.layers for person in layer.people}
    after = {person for layer in new.layers for person in layer.people}
    doing = [f"add {person} {new.id}" for person in sorted(after - before)]
    doing += [f"remove {person} {new.id}" for person in sorted(before - after)]
    commands = f"undo it and run: tocsin oncall {doing[0]}" if doing else ""
    was, layer = pair
    kept = keeping_anchor(was, layer, now, renamed) if was is not None and layer is not None else None
    if kept is None:
        return commands or "undo it, or tell everybody who is named"
    holder, anchor = kept
    written = anchor.isoformat(" ", "seconds" if anchor.second else "minutes")
    mend = f"write anchor: {written} into layer {name_of(layer) if layer else ''}, and {holder} stays on call"
    return f"{mend}; or {commands}" if commands else mend
