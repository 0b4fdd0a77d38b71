"""`tocsin maintenance start|finish|cancel`: one step of work that was announced."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.status.maintenances import MaintenanceState, maintenance_state, maintenance_states
from generator.analysis.status.settings import STATUS
from generator.commands.maintenance.plan import Step, is_done, one, plan_step, refuse
from generator.commands.status.asking import can_ask, choose
from generator.commands.status.carrying import Carrying, carry_out, key_of, require_ready
from generator.commands.status.moments import said, written
from generator.commands.status.opened import Opened, opened
from generator.commands.status.public import refuse_leaks, will_read
from generator.commands.status.speaking import Speaking, messages
from generator.commands.status.texts import Texts, given_messages
from generator.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDINGS = {"start": "maintenance-started", "finish": "maintenance-finished", "cancel": "maintenance-cancelled"}
BECOMES = {"start": "in_progress", "finish": "completed", "cancel": "cancelled"}
RECENT = timedelta(days=1)


def run(arguments: argparse.Namespace) -> Exit:
    """Puts the step together, shows it, and takes it."""
    here = opened(arguments)
    require_ready(here.root, here.catalog, arguments)
    kind = arguments.action
    state = _meant(here, arguments.named or arguments.maintenance, kind)
    found = state.maintenance
    done = is_done(state, kind)
    if not done:
        refuse(state, kind)
    message = {} if done else _message(arguments, here, state, kind)
    at = here.now if arguments.at is None else said("--at", arguments.at)
    if at > here.now:
        raise UsageError(f"--at {arguments.at} is still to come", "leave it out: it is told now")
    refuse_leaks(here.catalog, message.values())
    step = Step(found.id, kind, message, at, here.now, here.default)
    title = {code or here.default: text for code, text in found.title.items()}
    components = dict.fromkeys(found.components, "under_maintenance" if kind == "start" else "operational")
    lines = will_read(here.catalog, title, BECOMES[kind], message, components)
    key = key_of("maintenance", kind, found.id, dict(message), arguments.at)
    branch = here.catalog.settings.get(STATUS).branch
    carrying = Carrying(here.root, here.tree, here.now, branch, lambda tree: plan_step(tree, step), key, tuple(lines))
    return carry_out(carrying, arguments)


def _message(arguments: argparse.Namespace, here: Opened, state: MaintenanceState, kind: str) -> Texts:
    """The words: what is said; else those of the template, which a terminal offers."""
    found = state.maintenance
    about = Speaking(here.tree, here.catalog, WORDINGS[kind], found.components, dict(found.title), public=True)
    if not given_messages(arguments, here.catalog) and arguments.template is None and (arguments.yes or not can_ask()):
        arguments.template = WORDINGS[kind]
    return messages(about, arguments)


def _meant(here: Opened, given: str | None, kind: str) -> MaintenanceState:
    """The maintenance of that id, or of the end of an id; without one, the only one that it can be."""
    every = maintenance_states(here.catalog, here.now)
    if given is not None:
        ends = [each.maintenance.id for each in every if each.maintenance.id[11:] == given]
        return maintenance_state(one(here.tree, ends[0] if len(ends) == 1 else given), here.now)
    fitting = _fitting(every, kind, here.now)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        what = {"start": "no maintenance is planned", "finish": "no maintenance is going on"}.get(
            kind, "no maintenance is planned or going on"
        )
        raise UsageError(what, "all of them: tocsin maintenance list --all")
    known = {each.maintenance.id: f"{each.status}, {written(each.maintenance.start)} UTC" for each in fitting}
    if not can_ask():
        raise UsageError(f"it may be {' or '.join(known)}", f"say which: tocsin maintenance {kind} ID")
    chosen = choose("Which maintenance?", known)
    return next(each for each in fitting if each.maintenance.id == chosen)


def _fitting(every: Sequence[MaintenanceState], kind: str, now: datetime) -> list[MaintenanceState]:
    """Those for which the step makes sense; else those for which it was just taken."""
    planned = [each for each in every if each.status == "scheduled"]
    active = [each for each in every if each.is_active]
    fitting = {"start": planned, "finish": active, "cancel": [*active, *planned]}[kind]
    near = [each for each in fitting if each.maintenance.start - now <= RECENT]
    lately = [each for each in every if is_done(each, kind) and each.changes and now - each.changes[-1][0] <= RECENT]
    return near or fitting or lately
