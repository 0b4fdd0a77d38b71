"""Comments that silence one finding: `# tocsin: ignore[check/id] until 2027-01-31 reason`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Suppression:
    """One such comment. It silences findings of `check` on its own line, or on the next line when it stands alone."""

    check: str
    """The id of the check; several ids in one comment make several suppressions."""
    line: int
    """The line on which the comment stands."""
    column: int
    """The column of its first character (the `#` or the `<!--`)."""
    alone: bool
    """Whether nothing else stands on that line: then it speaks of the next line that has content."""
    target_line: int
    """The line of which it speaks."""
    until: date | None
    """The last day on which it counts; None: for ever."""
    reason: str
    """Why; an empty reason is itself a finding (of the engine that uses suppressions)."""
