"""What a site builder is given: a folder of finished Markdown, our assets, and a configuration.

All paths in it are relative, and nothing in it is MkDocs' alone, so that another builder can take its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Page
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


def write(root: Path, pages: Sequence[Page], config: Mapping[str, Any], *, searched: bool = True) -> None:
    """Fills the folder; `searched`: the site builder makes the index for the search."""
    docs = root / "docs"
    for page in pages:
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_text(page, searched), encoding="utf-8", newline="\n")
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


def _text(page: Page, searched: bool) -> str:  # noqa: FBT001
    heading = "" if page.markdown.lstrip().startswith("# ") else f"# {escape(page.title)}\n\n"
    # Left to itself, the theme takes the heading, makes text of it again and puts that into the page as it is.
    title = {} if page.path == HOME else {"title": _as_html(page.title)}
    meta = {**page.meta, **title, **({} if searched else {"search": {"exclude": True}})}
    head = f"---\n{yaml(meta)}\n---\n\n" if meta else ""
    return f"{head}{heading}{page.markdown}\n"
