"""What comes from outside the sources: the time, Git's history, the base to compare with. Frozen, handed to everybody.

Checks and targets have no other clock and no other way to Git.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from generator.artifacts import Page
from generator.findings import Finding
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import History


@dataclass(frozen=True)
class Context:
    """`now` is aware and in UTC. What costs something is asked for at its first use."""

    now: datetime
    open_history: Callable[[], History] = field(repr=False)
    """Opens Git's history; only `history` calls it."""
    load_base: Callable[[], Catalog | None] = field(default=lambda: None, repr=False)
    """Loads the catalog of the base revision, where one was named."""
    read: Callable[[str], str | None] = field(default=lambda _path: None, repr=False)
    """The text of a file of the tree that is no source (a list of known metrics); None where it cannot be read."""
    read_bytes: Callable[[str], bytes | None] = field(default=lambda _path: None, repr=False)
    """The content of such a file (a picture), with one byte too many where it is larger than a source may be."""
    findings: Sequence[Finding] = ()
    """What the checks found, located; for targets that show it. `build` checks first."""
    pages: Sequence[Page] = ()
    """What the other targets want shown on the site; for the site target alone."""
    tested: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    """What running the tests of alerts has found, by the id of the check that tells it; `check --tests` runs them."""
    root: str = "."
    """The folder of the repository, for the site builder's own files; nothing else reads from it."""

    @cached_property
    def history(self) -> History:
        """Git's history of the sources; says itself why it knows nothing."""
        return self.open_history()

    @cached_property
    def base(self) -> Catalog | None:
        """The catalog that the present one is compared with."""
        return self.load_base()
