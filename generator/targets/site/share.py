"""Runs MkDocs on every nth page: `python -m generator.targets.site.share 0/2 build …`, one of two processes.

A page of ours needs no other page to be made: it knows where the others are, but not what is in them. So a site of
thousands of pages is made by as many processes as there are processors, each with a folder of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

MANY = 400
"""Fewer pages than this are made sooner than a second process has started."""


def shares(pages: int, processors: int) -> int:
    """How many processes make so many pages."""
    return max(1, min(processors, pages // MANY + 1, 8))


def only(share: int, of: int) -> None:
    """From now on MkDocs makes only every nth page; it still knows of all the files."""
    from mkdocs.structure.files import File, Files

    every = Files.documentation_pages

    def some(self: Files, **which: Any) -> Sequence[File]:
        return every(self, **which)[share::of]

    Files.documentation_pages = some  # type: ignore[method-assign]


def main(arguments: Sequence[str]) -> None:
    """The program."""
    from mkdocs.__main__ import cli

    share, _, of = arguments[0].partition("/")
    only(int(share), int(of))
    cli(list(arguments[1:]), prog_name="mkdocs")


if __name__ == "__main__":
    main(sys.argv[1:])
