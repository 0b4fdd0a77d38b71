"""Which errors stand in the way of what is to be built: all of them, but for targets that read few of the sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from generator.findings import Finding, Level
from generator.reporters.text import count
from generator.targets import Target


def in_the_way(findings: Sequence[Finding], targets: Iterable[Target]) -> bool:
    """Whether an error concerns one of the targets. Those that concern none are told on standard error, in a line."""
    errors = [each for each in findings if each.level is Level.ERROR]
    chosen = list(targets)
    if any(target.concerns(each) for target in chosen for each in errors):
        return True
    if errors and chosen:
        paths = sorted({each.where.path for each in errors})
        more = f" and {count(len(paths) - 1, 'more file')}" if len(paths) > 1 else ""
        names = " and ".join(target.name for target in chosen)
        said = f"{count(len(errors), 'error')} in {paths[0]}{more}, of which {names} reads nothing"
        print(f"tocsin: note: {said}: passed over (tocsin check shows them)", file=sys.stderr)
    return False
