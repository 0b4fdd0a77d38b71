"""Runs MkDocs on some of the pages: `python -m generator.targets.site.share LIST FOLDER build …`.

A page of ours needs no other page to be made: it knows where the others are, but not what is in them. So a site of
thousands of pages is made by as many processes as there are processors, each with a folder of its own.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.targets.site.frames import Frames, Made
from generator.targets.site.lean import lean
from generator.targets.site.search import documents
from generator.targets.site.spared import spare

MANY = 400
"""Fewer pages than this are made sooner than a second process has started."""
PAGES = "pages.json"
"""Beside MkDocs' configuration: path of a page → its Markdown; null where the page is there and need not be made."""
FOUND, MADE = "found.json", "pages.bin"
"""Beside the site's files: path of a page → what the search finds on it, with where it begins and ends in the other
file, or null where it is a file; and pages one after the other. Thousands of files would be written to be read once."""


def shares(pages: int, processors: int) -> int:
    """How many processes make so many pages; one at least, for what is no page."""
    return max(1, min(processors, pages // MANY + 1, 8))


def only(wanted: frozenset[str], texts: Mapping[str, str | None]) -> None:
    """From now on MkDocs makes only some of these pages; it still knows of all of them, and of the files there are."""
    from mkdocs.commands import build
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files, get_files

    def gathered(config: MkDocsConfig) -> Files:
        pages = (File.generated(config, path, content=text or "") for path, text in texts.items())
        return Files([*get_files(config), *pages])

    every = Files.documentation_pages

    def some(self: Files, **which: Any) -> Sequence[File]:
        return [file for file in every(self, **which) if file.src_uri in wanted]

    build.get_files = gathered  # type: ignore[attr-defined]  # it comes from `files`, and is called from there
    Files.documentation_pages = some  # type: ignore[method-assign]


def finish(folder: Path, made: Mapping[str, Made]) -> None:
    """Writes the pages and what the search finds on them; those that MkDocs wrote itself are made lean first."""
    found: dict[str, Any] = {}
    for file in folder.rglob("*.html"):
        content = lean(file.read_bytes())
        file.write_bytes(content)
        path = file.relative_to(folder).as_posix()
        address = path.removesuffix("index.html")
        found[path] = (list(documents(address, content.decode("utf-8", "replace"))), None)
    end = 0
    with (folder / MADE).open("wb") as output:
        for path, each in made.items():
            start, end = end, end + output.write(each.page)
            found[path] = (each.found, (start, end))
    (folder / FOUND).write_text(json.dumps(found), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """The program: a file with the paths of the pages, the folder of the site, and MkDocs' arguments."""
    from mkdocs.__main__ import cli

    todo, folder, *theirs = arguments
    texts = json.loads(Path(PAGES).read_text(encoding="utf-8"))
    frames = Frames()
    # Looking for garbage among ten thousand pages that are all in use takes longer the more there are.
    gc.set_threshold(200_000, 20, 100)
    only(frozenset(json.loads(Path(todo).read_text(encoding="utf-8"))), texts)
    frames.install()
    spare()
    try:
        cli([*theirs, "--site-dir", folder], prog_name="mkdocs")
    except SystemExit as end:
        if not end.code:
            finish(Path(folder), frames.made)
        raise


if __name__ == "__main__":
    main(sys.argv[1:])
