"""From pages to a site: the only room that knows MkDocs (with `share`).

Pages and a configuration go into a folder that is removed afterwards; MkDocs runs there as a program of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import generator
from generator.artifacts import Artifact, Page
from generator.catalog import Catalog
from generator.context import Context
from generator.errors import TocsinError
from generator.settings import LANGUAGES
from generator.targets.site import kept, own_configuration
from generator.targets.site.finish import SCRIPT, contents, finished, html_of
from generator.targets.site.folder import configuration, text, write
from generator.targets.site.share import PAGES, shares

_LAST_LINES = 8
START_SECONDS, PAGE_SECONDS = 120, 1
"""How long MkDocs may take: some twenty times what it does, since a machine may be slow. Patterns of the Markdown
library go on for hours over a hostile line."""


def build(catalog: Catalog, context: Context, pages: Sequence[Page], *, offline: bool = False) -> Iterator[Artifact]:
    """Every file of the site; `offline`: as it works from a folder.

    Raises:
        TocsinError: the site builder refuses; its own last lines say why.
    """
    parent = own_configuration.parent(Path(context.root))
    own = parent == Path(context.root).resolve() / own_configuration.NAME
    config = configuration(catalog, parent, pages, offline=offline)
    language = catalog.settings.get(LANGUAGES)[0]
    # We index ourselves (`search`), so MkDocs need not.
    texts = {page.path: text(page, searched=False) for page in pages}
    frame = f"{sorted(config.items())}".encode() + parent.read_bytes()
    keys = {path: kept.key(frame, each) for path, each in texts.items()}
    same = kept.unchanged(keys)
    with TemporaryDirectory(prefix="tocsin-site-") as folder:
        root = Path(folder)
        write(root, {}, [file for page in pages for file in page.files], config, language)
        known = {path: None if path in same else each for path, each in texts.items()}
        (root / PAGES).write_text(json.dumps(known), encoding="utf-8")
        folders = _run(root, context, [path for path in texts if path not in same])
        files, found = contents(folders)
    files |= {html_of(path): made.page for path, made in same.items()}
    found |= {html_of(path): made.found for path, made in same.items()}
    kept.keep(keys, {path: kept.Made(files[html_of(path)], found[html_of(path)]) for path in texts})
    if offline:
        files[SCRIPT] = b""  # becomes the index in a form that a page from a folder may read
    return finished(files, found, catalog, pages, own=own)


def _run(root: Path, context: Context, paths: Sequence[str]) -> list[Path]:
    """MkDocs, in one process or in several that share the pages; gives the folder of each, the whole site together."""
    of = shares(len(paths), _processors())
    folders = [root / f"site{share or ''}" for share in range(of)]
    outputs = [root / f"said{share}" for share in range(of)]
    environment = _environment(root, context)
    running: list[subprocess.Popen[bytes]] = []
    try:
        for share in range(of):
            todo = root / f"pages{share}"
            todo.write_text(json.dumps(paths[share::of]), encoding="utf-8")
            with outputs[share].open("wb") as output:
                command = _command(root, todo, folders[share])
                running.append(
                    subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603  # our own interpreter
                )
        _wait(running, outputs, root, START_SECONDS + PAGE_SECONDS * len(paths))
    finally:
        for process in running:
            process.kill()
            process.wait()
    return folders


def _wait(running: Sequence[subprocess.Popen[bytes]], outputs: Sequence[Path], root: Path, seconds: int) -> None:
    end = time.monotonic() + seconds
    for process, output in zip(running, outputs, strict=True):
        try:
            status = process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise TocsinError(
                f"the site was not built within {seconds} seconds, so mkdocs was stopped",
                "look for a Markdown source with very long lines or thousands of brackets, backticks or comments",
            ) from None
        if status:
            raise _refused(output.read_text(encoding="utf-8", errors="replace"), root)


def _refused(output: str, root: Path) -> TocsinError:
    said = [line.rstrip() for line in output.splitlines() if line.strip()]
    lines = "\n".join(said[-_LAST_LINES:]).replace(str(root), "")
    deep = "RecursionError" in output
    suspect = "a Markdown source nests lists or quotes too deep" if deep else "mkdocs.yml is the usual suspect"
    return TocsinError(f"the site could not be built; mkdocs says:\n{lines}", suspect)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _command(root: Path, todo: Path, folder: Path) -> list[str]:
    program = [sys.executable, "-P", "-m", "generator.targets.site.share", str(todo), str(folder)]
    return [*program, "build", "--strict", "-f", str(root / "mkdocs.yml")]


def _environment(root: Path, context: Context) -> dict[str, str]:
    """One in which only the pages and the present time count."""
    place = Path(generator.__file__).parents[1]
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(root),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(context.now.timestamp())),
        "TZ": "UTC",
        "NO_COLOR": "1",
        # The theme's words about its future would push what matters out of the last lines.
        "NO_MKDOCS_2_WARNING": "1",
        # In a checkout that is not installed the extension is found here.
        **({} if place.name.endswith("-packages") else {"PYTHONPATH": str(place)}),
    }
