"""Two processes look at a large repository: one core would wait while the other checks.

The second one is a copy of this one (`fork`) that shares all that was read, does some families of checks, and says what
it found through a pipe. Where anything is in the way (a small repository, one core, another system, threads) this
process does all of it, and so it does where the copy fails: what is found is the same.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from generator.checks.base import Check
from generator.context import Context
from generator.findings import Finding

if TYPE_CHECKING:
    from generator.catalog import Catalog

Found = dict[str, list[Finding]]
"""What each check found, by its id."""
Finish = Callable[[Finding], Finding]
"""What is done with every finding, and may as well be done in the copy."""
MANY = 300
"""A repository of so many sources takes longer to check than a process to copy."""
TOGETHER = ("runbook/", "command/")
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
    copy = _Copy(lambda: _run(theirs, catalog, context, finish))
    try:
        found = _run(ours, catalog, context, finish)
        said = copy.said()
    finally:
        copy.end()
    found |= _run(theirs, catalog, context, finish) if said is None else said
    return {ident: found[ident] for ident in checks}


def _run(checks: Iterable[Check], catalog: Catalog, context: Context, finish: Finish) -> Found:
    return {check.id: [finish(each) for each in check.run(catalog, context)] for check in checks}


def _worth_it(catalog: Catalog) -> bool:
    """Whether there is enough to do, and a second core to do it on. A process with threads must not be copied."""
    try:
        return (
            len(catalog.documents) >= MANY
            and len(os.sched_getaffinity(0)) > 1
            and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  # names alone, many times faster
        )
    except (AttributeError, OSError):  # not on Linux
        return False


class _Copy:
    """A copy of this process that does one thing, and says what came out."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._pipe, into = os.pipe()
        self._process = os.fork()
        if not self._process:
            self._be(work, into)
        os.close(into)

    def _be(self, work: Callable[[], Found], into: int) -> None:
        """The copy's whole life. Nothing that this process would do at its end is done twice."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # this process is stopped, and ends the copy
            with os.fdopen(into, "wb") as pipe:
                pipe.write(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
            status = 0
        finally:
            os._exit(status)

    def said(self) -> Found | None:
        """What came out; None where it failed."""
        with os.fdopen(self._pipe, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        found: Found = pickle.loads(said) if status == 0 else {}  # noqa: S301  # a copy of ourselves wrote it
        return found or None

    def end(self) -> None:
        """Ends it where nobody waits for it any more."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            os.close(self._pipe)
            self._process = 0
