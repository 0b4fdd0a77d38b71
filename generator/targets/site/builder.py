"""From pages to a site: the only module that knows MkDocs.

Pages and a configuration go into a folder that is removed afterwards; MkDocs runs there as a program of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import generator
from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Artifact, Page
from generator.catalog import Catalog
from generator.context import Context
from generator.errors import TocsinError
from generator.settings import NAME, PATH
from generator.targets.markdown import escape, plain
from generator.targets.rendering import yaml
from generator.targets.site import own_configuration
from generator.targets.site.not_found import helpful
from generator.targets.site.site import HOME

_ASSETS = Path(__file__).parent / "assets"
_LAST_LINES = 8
START_SECONDS, PAGE_SECONDS = 120, 1
"""How long MkDocs may take: some twenty times what it does, since a machine may be slow. Patterns of the Markdown
library go on for hours over a hostile line."""
# For search engines and for debuggers: an internal site needs neither, and the first changes every day.
_LEFT_OUT = ("sitemap.xml", "sitemap.xml.gz")


def build(catalog: Catalog, context: Context, pages: Sequence[Page]) -> Iterator[Artifact]:
    """Every file of the site.

    Raises:
        TocsinError: the site builder refuses; its own last lines say why.
    """
    parent = own_configuration.parent(Path(context.root))
    with TemporaryDirectory(prefix="tocsin-site-") as folder:
        root = Path(folder)
        _write(root, pages, configuration(catalog, root, parent, pages))
        _run(root, context, START_SECONDS + PAGE_SECONDS * len(pages))
        yield from _artifacts(root / "site", _sources(pages, parent, Path(context.root)), catalog)


def configuration(catalog: Catalog, root: Path, parent: Path, pages: Sequence[Page]) -> dict[str, Any]:
    """What follows from the sources; the rest is inherited. The navigation is in every page, so it is short."""
    address = catalog.settings.get(RUNBOOKS).url
    return {
        "INHERIT": str(parent),
        "site_name": _site_name(catalog.settings.get(NAME)),
        **({"site_url": f"{address.rstrip('/')}/"} if address else {}),
        "docs_dir": str(root / "docs"),
        "site_dir": str(root / "site"),
        "use_directory_urls": True,
        "nav": navigation(pages),
        "not_in_nav": "/**",
        # A link that somebody wrote wrong is shown on the health page; it stops nobody else's pages.
        "validation": {
            "nav": {"omitted_files": "ignore", "not_found": "warn"},
            "links": {"not_found": "info", "anchors": "info", "absolute_links": "ignore", "unrecognized_links": "info"},
        },
    }


def _site_name(name: str) -> str:
    """The theme escapes it in some places and not in others, so an ampersand stays one."""
    return plain(name).replace("<", "&lt;").replace(">", "&gt;").replace('"', "”")


def navigation(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """The pages that have a place in it, in their order; titles are text."""
    top: list[dict[str, Any]] = []
    for page in pages:
        if page.in_nav is None:
            continue
        level = top
        for title in map(_as_html, page.in_nav[:-1]):
            inner = next((each[title] for each in level if isinstance(each.get(title), list)), None)
            if inner is None:
                inner = []
                level.append({title: inner})
            level = inner
        level.append({_as_html(page.in_nav[-1]): page.path})
    return top


def _as_html(text: str) -> str:
    """MkDocs puts titles into its pages as they are."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _write(root: Path, pages: Sequence[Page], config: Mapping[str, Any]) -> None:
    docs = root / "docs"
    for page in pages:
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_text(page), encoding="utf-8", newline="\n")
    for file in (file for page in pages for file in page.files):
        target = docs / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    for asset in sorted(_ASSETS.iterdir()):
        target = docs / "assets" / asset.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.read_bytes())
    # Quoted text cannot be taken for a tag. JSON would do but for emoji, which YAML does not know as two halves.
    (root / "mkdocs.yml").write_text(f"{yaml(config)}\n", encoding="utf-8")


def _text(page: Page) -> str:
    import frontmatter

    heading = "" if page.markdown.lstrip().startswith("# ") else f"# {escape(page.title)}\n\n"
    # Left to itself, the theme takes the heading, makes text of it again and puts that into the page as it is.
    title = {} if page.path == HOME else {"title": _as_html(page.title)}
    post = frontmatter.Post(heading + page.markdown)
    post.metadata.update({**page.meta, **title})
    return f"{frontmatter.dumps(post)}\n"


def _run(root: Path, context: Context, seconds: int) -> None:
    """MkDocs, in an environment in which only the pages and the present time count, for so many seconds at most."""
    place = Path(generator.__file__).parents[1]
    environment = {
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
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml")]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter
            command,
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TocsinError(
            f"the site was not built within {seconds} seconds, so mkdocs was stopped",
            "look for a Markdown source with very long lines or thousands of brackets, backticks or comments",
        ) from None
    if done.returncode:
        said = [line.rstrip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        lines = "\n".join(said[-_LAST_LINES:]).replace(str(root), "")
        deep = "RecursionError" in done.stderr
        suspect = "a Markdown source nests lists or quotes too deep" if deep else "mkdocs.yml is the usual suspect"
        raise TocsinError(f"the site could not be built; mkdocs says:\n{lines}", suspect)


def _sources(pages: Sequence[Page], parent: Path, root: Path) -> dict[str, tuple[str, ...]]:
    """Path of a file of the site → its sources."""
    own = ("mkdocs.yml",) if parent == root.resolve() / "mkdocs.yml" else ()
    every = tuple(sorted({source for page in pages for source in page.sources} | set(own)))
    found = {_html(page.path): tuple(sorted({*page.sources, *own})) for page in pages}
    found |= {file.path: tuple(sorted({file.source, *own})) for page in pages for file in page.files}
    return {**found, "search/search_index.json": every, "": own}


def _html(path: str) -> str:
    return f"{path.removesuffix('.md')}.html" if path.endswith("index.md") else f"{path.removesuffix('.md')}/index.html"


def _artifacts(site: Path, sources: Mapping[str, tuple[str, ...]], catalog: Catalog) -> Iterator[Artifact]:
    fallback = sources[""] or ((PATH,) if PATH in catalog.documents else ())
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if not file.is_file() or path in _LEFT_OUT or path.endswith(".map"):
            continue
        content = file.read_bytes()
        if path == "404.html":
            content = helpful(content, urlsplit(catalog.settings.get(RUNBOOKS).url or "").path)
        yield Artifact(f"site/{path}", content, sources.get(path, fallback), uses_now=True)
