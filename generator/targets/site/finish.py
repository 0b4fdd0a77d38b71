"""What becomes of the site builder's files: artifacts with their sources, and our index for the search."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Artifact, Page
from generator.catalog import Catalog
from generator.messages import speech
from generator.settings import LANGUAGES, PATH
from generator.targets.site import own_configuration, search
from generator.targets.site.not_found import helpful
from generator.targets.site.share import FOUND, MADE

Found: TypeAlias = Mapping[str, Sequence[Mapping[str, str]]]
"""Path of a page → the documents of the search on it."""
INDEX, SCRIPT, NOT_FOUND = "search/search_index.json", "search/search_index.js", "404.html"
# For search engines and for debuggers: an internal site needs neither, and the first changes every day.
_LEFT_OUT = frozenset({"sitemap.xml", "sitemap.xml.gz"})


def finished(
    files: Mapping[str, bytes], found: Found, catalog: Catalog, pages: Sequence[Page], *, own: bool
) -> Iterator[Artifact]:
    """Every file of the site, by path; `own`: the repository has a mkdocs.yml, which every page then depends on."""
    address = urlsplit(catalog.settings.get(RUNBOOKS).url or "").path
    sources = _sources(pages, (own_configuration.NAME,) if own else ())
    fallback = sources[""] or ((PATH,) if PATH in catalog.documents else ())
    for path, content in sorted(files.items()):
        if path == NOT_FOUND:
            whole = helpful(content, address, speech(catalog.settings.get(LANGUAGES)[0]).say)
        elif path in {INDEX, SCRIPT}:
            whole = search.index(files[INDEX], _by_file(found) if SCRIPT in files else found)
            whole = b"var __index = " + whole if path == SCRIPT else whole
        else:
            whole = content
        yield Artifact(f"site/{path}", whole, sources.get(path, fallback), uses_now=True)


def _by_file(found: Found) -> Found:
    """In a folder a page is a file; nothing finds it by the folder that it is in."""
    return {path: [{**each, "location": _of(path, each["location"])} for each in some] for path, some in found.items()}


def _of(path: str, location: str) -> str:
    _, mark, fragment = location.partition("#")
    return f"{path}{mark}{fragment}"


def contents(folders: Sequence[Path]) -> tuple[dict[str, bytes], dict[str, Sequence[Mapping[str, str]]]]:
    """Path → content, and what is found on pages; the first folder that has a file counts: all have what is no page."""
    files: dict[str, bytes] = {}
    found: dict[str, Sequence[Mapping[str, str]]] = {}
    for folder in folders:
        for file in folder.rglob("*"):
            path = file.relative_to(folder).as_posix()
            if path not in files and path not in _LEFT_OUT and not path.endswith(".map") and file.is_file():
                files[path] = file.read_bytes()
        made = files.pop(MADE)
        for path, (some, place) in json.loads(files.pop(FOUND)).items():
            found[path] = some
            if place is not None:
                files[path] = made[slice(*place)]
    return files, found


def _sources(pages: Sequence[Page], own: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Path of a file of the site → its sources."""
    every = tuple(sorted({source for page in pages for source in page.sources} | set(own)))
    found = {html_of(page.path): tuple(sorted({*page.sources, *own})) for page in pages}
    files = {file.path: tuple(sorted({file.source, *own})) for page in pages for file in page.files}
    return {**files, **found, INDEX: every, SCRIPT: every, "": own}


def html_of(path: str) -> str:
    """The file that a page becomes."""
    return f"{path.removesuffix('.md')}.html" if path.endswith("index.md") else f"{path.removesuffix('.md')}/index.html"
