"""What a check is: a generator of findings with an id, a level and a manual page (its docstring)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import cleandoc

from generator.catalog import Catalog
from generator.context import Context
from generator.findings import Finding, Level
from generator.records import dataclass

Run = Callable[[Catalog, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check; `page` is Markdown and starts with a summary line."""

    id: str
    level: Level
    page: str
    run: Run

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n")[0]

    @property
    def family(self) -> str:
        """What stands before the slash."""
        return self.id.partition("/")[0]


def check(ident: str, level: str = "error") -> Callable[[Run], Check]:
    """Makes a check of a function; the function's docstring is the page that `tocsin explain` shows."""

    def make(run: Run) -> Check:
        return Check(ident, Level(level), cleandoc(run.__doc__ or ""), run)

    return make


def described(ident: str, page: str, level: str = "error") -> Check:
    """A page for something that reading finds on its own, before checks run."""

    def nothing(_catalog: Catalog, _context: Context) -> Iterable[Finding]:
        return ()

    return Check(ident, Level(level), cleandoc(page), nothing)
