"""Runs MkDocs on some of the pages: `python -m generator.targets.site.share LIST FOLDER build …`.

A page of ours needs no other page to be made: it knows where the others are, but not what is in them. So a site of
thousands of pages is made by as many processes as there are processors, each with a folder of its own.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.targets.site.lean import lean
from generator.targets.site.search import documents

if TYPE_CHECKING:
    from markdown import Markdown

MANY = 400
"""Fewer pages than this are made sooner than a second process has started."""
FOUND = "found.json"
"""Beside the site's files: path of a page → what the search finds on it."""


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


def one_library() -> None:
    """From now on MkDocs sets the Markdown library up once, instead of for every page."""
    import markdown
    from mkdocs.structure import pages

    @cache
    def first() -> list[Markdown]:
        return []

    def made(**options: Any) -> Markdown:
        ready = first()
        if not ready:
            ready.append(markdown.Markdown(**options))
        ready[0].reset()
        ready[0].toc_tokens = []  # type: ignore[attr-defined]  # the table of contents leaves it there
        return ready[0]

    class Library:
        """What MkDocs uses of the module, with that one change."""

        Markdown = staticmethod(made)

        def __getattr__(self, name: str) -> Any:
            return getattr(markdown, name)

    setattr(pages, "markdown", Library())  # noqa: B010  # it says that it keeps the name to itself


def one_stylesheet() -> None:
    """From now on the colours of code are looked up once, instead of for every block."""
    from pygments.formatters.html import HtmlFormatter

    create = HtmlFormatter._create_stylesheet  # noqa: SLF001
    ready: dict[tuple[object, str], tuple[dict[Any, Any], dict[Any, Any]]] = {}

    def created(self: Any) -> None:
        made_of = (self.style, self.classprefix)
        if made_of not in ready:
            create(self)
            ready[made_of] = self.ttype2class, self.class2style
        first, second = ready[made_of]
        self.ttype2class, self.class2style = dict(first), dict(second)

    HtmlFormatter._create_stylesheet = created  # noqa: SLF001


def finish(folder: Path) -> None:
    """Makes the pages lean, and notes what the search finds on them."""
    found = {}
    for file in folder.rglob("*.html"):
        content = lean(file.read_bytes())
        file.write_bytes(content)
        path = file.relative_to(folder).as_posix()
        found[path] = list(documents(path.removesuffix("index.html"), content.decode("utf-8", "replace")))
    (folder / FOUND).write_text(json.dumps(found), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """The program: a file with the paths of the pages, a line each, the folder of the site, and MkDocs' arguments."""
    from mkdocs.__main__ import cli

    todo, folder, *theirs = arguments
    # Looking for garbage among ten thousand pages that are all in use takes longer the more there are.
    gc.set_threshold(200_000, 20, 100)
    only(frozenset(Path(todo).read_text(encoding="utf-8").splitlines()))
    one_library()
    one_stylesheet()
    try:
        cli([*theirs, "--site-dir", folder], prog_name="mkdocs")
    except SystemExit as end:
        if not end.code:
            finish(Path(folder))
        raise


if __name__ == "__main__":
    main(sys.argv[1:])
