"""What a target is: a pure function from the catalog to artifacts, and the pages it wants shown on the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.artifacts import Artifact, Page
from generator.catalog import Catalog
from generator.context import Context
from generator.findings import Finding
from generator.records import dataclass


def no_pages(_catalog: Catalog, _context: Context) -> Iterable[Page]:
    """Of a target that shows nothing on the site."""
    return ()


def everything(_finding: Finding) -> bool:
    """Of a target that may be wrong wherever anything is."""
    return True


@dataclass(frozen=True, slots=True)
class Target:
    """`applies` says whether the sources hold anything for it; `default` whether `build` renders it unasked.

    `folder` is where in the repository it is written, among files of others; None is the output folder. `concerns`
    says of an error whether it keeps the target from being built alone: whether it is in something that is read.
    """

    name: str
    summary: str
    render: Callable[[Catalog, Context], Iterable[Artifact]]
    applies: Callable[[Catalog], bool]
    pages: Callable[[Catalog, Context], Iterable[Page]] = no_pages
    default: bool = True
    folder: str | None = None
    concerns: Callable[[Finding], bool] = everything
