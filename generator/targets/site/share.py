"""Runs MkDocs on some of the pages: `python -m generator.targets.site.share LIST build …`.

A page of ours needs no other page to be made: it knows where the others are, but not what is in them. So a site of
thousands of pages is made by as many processes as there are processors, each with a folder of its own.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MANY = 400
"""Fewer pages than this are made sooner than a second process has started."""


def shares(pages: int, processors: int) -> int:
    """How many processes make so many pages; one at least, for what is no page."""
    return max(1, min(processors, pages // MANY + 1, 8))


def only(wanted: frozenset[str]) -> None:
    """From now on MkDocs makes only these pages; it still knows of all the files."""
    from mkdocs.structure.files import File, Files

    every = Files.documentation_pages

    def some(self: Files, **which: Any) -> Sequence[File]:
        return [file for file in every(self, **which) if file.src_uri in wanted]

    Files.documentation_pages = some  # type: ignore[method-assign]


def main(arguments: Sequence[str]) -> None:
    """The program: a file with the paths of the pages, a line each, and the arguments of MkDocs."""
    from mkdocs.__main__ import cli

    # Looking for garbage among ten thousand pages that are all in use takes longer the more there are.
    gc.set_threshold(200_000, 20, 100)
    only(frozenset(Path(arguments[0]).read_text(encoding="utf-8").splitlines()))
    cli(list(arguments[1:]), prog_name="mkdocs")


if __name__ == "__main__":
    main(sys.argv[1:])
