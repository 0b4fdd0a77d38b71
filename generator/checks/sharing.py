"""Two processes look at a large repository: one core would wait while the other checks.

The second one is a copy of this one that does some families of checks. Where a repository is small or no copy is
possible this process does all of it, and so it does where the copy fails: what is found is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from generator.checks.base import Check
from generator.context import Context
from generator.copies import Copy, is_possible
from generator.findings import Finding
from generator.kinds.team import Schedule

if TYPE_CHECKING:
    from generator.catalog import Catalog

Found = dict[str, list[Finding]]
"""What each check found, by its id."""
Finish = Callable[[Finding], Finding]
"""What is done with every finding, and may as well be done in the copy."""
MANY = 300
"""A repository of so many sources takes longer to check than a process to copy."""
TOGETHER = ("runbook/", "command/", "pagerduty/")
"""Checks of one part share what they have calculated: these, and those of `PEOPLE`, are half of the work."""
PEOPLE = (
    *("oncall/country", "oncall/leave", "oncall/left", "oncall/leaving", "oncall/never", "oncall/only-nights"),
    *("oncall/unfair", "oncall/back-to-back", "oncall/bus-factor", "oncall/load", "oncall/rest", "oncall/holiday"),
    *("oncall/small-team", "oncall/handoff-holiday"),
)


def findings_of(checks: Mapping[str, Check], catalog: Catalog, context: Context, finish: Finish) -> Found:
    """What every check finds, finished, in the order of the checks."""
    theirs = [check for check in checks.values() if check.id.startswith(TOGETHER) or check.id in PEOPLE]
    ours = [check for check in checks.values() if check not in theirs]
    if not (theirs and ours and _worth_it(catalog)):
        return _run(checks.values(), catalog, context, finish)
    _prepare(catalog, context)
    copy = Copy(lambda: _run(theirs, catalog, context, finish))
    try:
        found = _run(ours, catalog, context, finish)
        said = copy.said()
    finally:
        copy.end()
    found |= _run(theirs, catalog, context, finish) if said is None else said
    return {ident: found[ident] for ident in checks}


def _prepare(catalog: Catalog, context: Context) -> None:
    """What the checks of both ask for first is calculated once, and is there in the copy too."""
    schedules = catalog.all(Schedule)
    if schedules:
        from generator.analysis.oncall.load.coming import coming_windows
    for schedule in schedules:
        coming_windows(catalog, schedule, context.now)


def _run(checks: Iterable[Check], catalog: Catalog, context: Context, finish: Finish) -> Found:
    return {check.id: [finish(each) for each in check.run(catalog, context)] for check in checks}


def _worth_it(catalog: Catalog) -> bool:
    """Whether there is enough to do, and a second core to do it on."""
    return len(catalog.documents) >= MANY and is_possible()
