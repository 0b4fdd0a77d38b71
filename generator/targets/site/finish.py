"""What becomes of the site builder's files: artifacts with their sources, lean pages, our index for the search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Artifact, Page
from generator.catalog import Catalog
from generator.settings import PATH
from generator.targets.site import own_configuration, search
from generator.targets.site.not_found import helpful

INDEX, NOT_FOUND = "search/search_index.json", "404.html"
# For search engines and for debuggers: an internal site needs neither, and the first changes every day.
_LEFT_OUT = frozenset({"sitemap.xml", "sitemap.xml.gz"})
_ARTICLE = re.compile(rb"<article.*?</article>", re.DOTALL)
_BLANK = re.compile(rb"\s*\n\s*")


def finished(files: Mapping[str, bytes], catalog: Catalog, pages: Sequence[Page], *, own: bool) -> Iterator[Artifact]:
    """Every file of the site, by path; `own`: the repository has a mkdocs.yml, which every page then depends on."""
    address = urlsplit(catalog.settings.get(RUNBOOKS).url or "").path
    read: list[tuple[str, str]] = []
    sources = _sources(pages, (own_configuration.NAME,) if own else ())
    fallback = sources[""] or ((PATH,) if PATH in catalog.documents else ())
    for path in sorted(files, key=lambda path: (path == INDEX, path)):
        content = files[path]
        if path == NOT_FOUND:
            content = helpful(content, address)
        elif path == INDEX:
            content = search.index(content, read)
        elif path.endswith(".html"):
            content = lean(content)
            read.append((path.removesuffix("index.html"), content.decode("utf-8", "replace")))
        yield Artifact(f"site/{path}", content, sources.get(path, fallback), uses_now=True)


def lean(page: bytes) -> bytes:
    """The page without the blank lines of the theme's templates, a third of it; what is ours stays as it is."""
    article = _ARTICLE.search(page)
    if article is None:
        return page
    before, after = page[: article.start()], page[article.end() :]
    return _BLANK.sub(b"\n", before) + article[0] + _BLANK.sub(b"\n", after)


def contents(folders: Sequence[Path]) -> dict[str, bytes]:
    """Path → content; the first folder that has it counts, since what is no page is in all of them."""
    found: dict[str, bytes] = {}
    for folder in folders:
        for file in folder.rglob("*"):
            path = file.relative_to(folder).as_posix()
            if path not in found and path not in _LEFT_OUT and not path.endswith(".map") and file.is_file():
                found[path] = file.read_bytes()
    return found


def _sources(pages: Sequence[Page], own: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Path of a file of the site → its sources."""
    every = tuple(sorted({source for page in pages for source in page.sources} | set(own)))
    found = {html_of(page.path): tuple(sorted({*page.sources, *own})) for page in pages}
    files = {file.path: tuple(sorted({file.source, *own})) for page in pages for file in page.files}
    return {**files, **found, INDEX: every, "": own}


def html_of(path: str) -> str:
    """The file that a page becomes."""
    return f"{path.removesuffix('.md')}.html" if path.endswith("index.md") else f"{path.removesuffix('.md')}/index.html"
