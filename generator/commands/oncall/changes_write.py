"""A change of a schedule is written, read back, and told in words."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from generator.analysis.oncall.changes.moved import moved
from generator.analysis.oncall.changes.words import said
from generator.catalog import Catalog, load
from generator.commands.oncall.changes_text import rewritten
from generator.errors import EditRefused
from generator.git import Memory, Overlay, work_tree
from generator.kinds.team import Schedule

if TYPE_CHECKING:
    from generator.analysis.oncall.changes.reanchor import Change
    from generator.commands.workspace import Workspace
    from generator.kinds.team import Layer

AHEAD = timedelta(weeks=12)
SHOWN = 24
"""So many changes are told one by one."""


def put(workspace: Workspace, schedule: Schedule, layer: Layer, change: Change, *, dry: bool) -> Catalog:
    """The catalog with the change; it is written unless `dry`, which shows the lines that would change instead.

    Raises EditRefused where it cannot be written, or would not read back.
    """
    path = schedule.ref.path
    before = text_of(workspace, path)
    after = rewritten(before, path, schedule, layer, change)
    return written(workspace, path, before, after, dry=dry)


def written(workspace: Workspace, path: str, before: str, after: str, *, dry: bool) -> Catalog:
    """The catalog with another text of one source, which is written unless `dry`."""
    from generator.edit import write_source

    catalog = load(Overlay(Memory({path: after.encode()}), work_tree(workspace.root)))
    if path in catalog.unread:
        raise EditRefused(f"{path} was not changed: it would not be valid", "run `tocsin check`, or change it by hand")
    if dry:
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), path, path, n=2, lineterm="")
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    else:
        write_source(workspace.root, path, after)
    return catalog


def text_of(workspace: Workspace, path: str) -> str:
    """What a source says, with its line breaks; nothing where it is not there."""
    place = workspace.root / path
    try:
        return place.read_bytes().decode("utf-8") if place.exists() else ""
    except UnicodeDecodeError:
        raise EditRefused(f"{path} was not changed: it is not UTF-8", "run `tocsin check`") from None


def told(workspace: Workspace, schedule: Schedule, after: Catalog) -> Iterator[str]:
    """Who is on call differently in the coming weeks."""
    now, new = workspace.context.now, after.get(Schedule, schedule.id)
    runs = moved((workspace.catalog, schedule), (after, new), now, now + AHEAD) if new else ()
    if not runs:
        yield "in the next 12 weeks everybody is on call as before"
        return
    yield "in the next 12 weeks:"
    for run in runs[:SHOWN]:
        yield f"  {said(run, schedule, now)}"
    if len(runs) > SHOWN:
        yield f"  and {len(runs) - SHOWN} more"
