"""What a site builder is given: a folder of finished Markdown, our assets, and a configuration.

All paths in it are relative, and nothing in it is MkDocs' alone, so that another builder can take its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Page, PageFile
from generator.catalog import Catalog
from generator.settings import NAME
from generator.targets.markdown import escape, plain
from generator.targets.rendering import yaml
from generator.targets.site.site import HOME

_ASSETS = Path(__file__).parent / "assets"


def configuration(catalog: Catalog, parent: Path, pages: Sequence[Page]) -> dict[str, Any]:
    """What follows from the sources; the rest is inherited. The navigation is in every page, so it is short."""
    address = catalog.settings.get(RUNBOOKS).url
    return {
        "INHERIT": str(parent),
        "site_name": _site_name(catalog.settings.get(NAME)),
        **({"site_url": f"{address.rstrip('/')}/"} if address else {}),
        "docs_dir": "docs",
        "site_dir": "site",
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


def write(root: Path, texts: Mapping[str, str], files: Iterable[PageFile], config: Mapping[str, Any]) -> None:
    """Fills the folder; `texts`: path of a page → its Markdown."""
    docs = root / "docs"
    assets = {f"assets/{asset.name}": asset.read_bytes() for asset in sorted(_ASSETS.iterdir())}
    pages = {path: text.encode() for path, text in texts.items()}
    for path, content in {**pages, **{file.path: file.content for file in files}, **assets}.items():
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    # Quoted text cannot be taken for a tag. JSON would do but for emoji, which YAML does not know as two halves.
    (root / "mkdocs.yml").write_text(f"{yaml(config)}\n", encoding="utf-8")


def text(page: Page, *, searched: bool = True) -> str:
    """A page's Markdown with its front matter; `searched`: the site builder makes the index for the search."""
    heading = "" if page.markdown.lstrip().startswith("# ") else f"# {escape(page.title)}\n\n"
    # Left to itself, the theme takes the heading, makes text of it again and puts that into the page as it is.
    title = {} if page.path == HOME else {"title": _as_html(page.title)}
    meta = {**page.meta, **title, **({} if searched else {"search": {"exclude": True}})}
    head = f"---\n{yaml(meta)}\n---\n\n" if meta else ""
    return f"{head}{heading}{page.markdown}\n"
