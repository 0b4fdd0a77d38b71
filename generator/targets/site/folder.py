"""What a site builder is given: a folder of finished Markdown, our assets, and a configuration.

All paths in it are relative, and nothing in it is MkDocs' alone, so that another builder can take its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.analysis.addresses import RUNBOOKS
from generator.artifacts import Page, PageFile
from generator.catalog import Catalog
from generator.documents import read_document
from generator.messages import ENGLISH, Speech, marked, speech
from generator.settings import LANGUAGES, NAME
from generator.targets.markdown import escape, plain
from generator.targets.rendering import yaml
from generator.targets.site import own_configuration
from generator.targets.site.site import HOME

_ASSETS = Path(__file__).parent / "assets"
WORKER = "assets/worker.js"
IN_SCRIPT = (
    marked("Search for “{words}”"),
    marked("{name} is {value}, which is the default"),
    marked("{name} is {value}, from the address of this page"),
    marked("{name} is empty, so commands keep the placeholder"),
    marked("the address has another value, which is not filled into commands"),
    marked("Filled into 1 block of commands"),
    marked("Filled into {number} blocks of commands"),
)
"""What the script says."""
TOGGLES = (
    marked("Switch to the light theme"),
    marked("Switch to the dark theme"),
    marked("Do as the system does"),
)
"""How mkdocs.yml names the buttons that change the colours."""


def configuration(catalog: Catalog, parent: Path, pages: Sequence[Page], *, offline: bool = False) -> dict[str, Any]:
    """What follows from the sources; the rest is inherited. The navigation is in every page, so it is short.

    `offline`: links lead to files instead of folders, and a worker is not needed.
    """
    address = catalog.settings.get(RUNBOOKS).url
    return {
        "INHERIT": str(parent),
        "site_name": _site_name(catalog.settings.get(NAME)),
        **({"site_url": f"{address.rstrip('/')}/"} if address and not offline else {}),
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": not offline,
        **({"extra": {"polyfills": [WORKER]}} if offline else {}),
        "theme": _theme(catalog, parent),
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


def write(
    root: Path, texts: Mapping[str, str], files: Iterable[PageFile], config: Mapping[str, Any], code: str = ENGLISH
) -> None:
    """Fills the folder; `texts`: path of a page → its Markdown, `code`: the language of the scripts on them."""
    docs = root / "docs"
    assets = {f"assets/{asset.name}": asset.read_bytes() for asset in sorted(_ASSETS.iterdir())}
    if "extra" in config:
        assets[WORKER] = (_ASSETS.parent / "assets_offline/worker.js").read_bytes()
    for path, before in in_language(code).items():
        assets[path] = before + assets[path]
    pages = {path: text.encode() for path, text in texts.items()}
    for path, content in {**pages, **{file.path: file.content for file in files}, **assets}.items():
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    # Quoted text cannot be taken for a tag. JSON would do but for emoji, which YAML does not know as two halves.
    (root / "mkdocs.yml").write_text(f"{yaml(config)}\n", encoding="utf-8")


def in_language(code: str) -> dict[str, bytes]:
    """What stands before an asset of ours in another language than English: the words that it says."""
    language = speech(code)
    said = {text: language.texts[text][0] for text in IN_SCRIPT if text in language.texts}
    if not said:
        return {}
    # Neither text can end a string of the other language, nor its script: both are JSON without `<`.
    words = json.dumps(said, sort_keys=True).replace("<", "\\u003c")
    over = json.dumps(language.say("(over; see the shifts)"), ensure_ascii=False)
    return {
        "assets/tocsin.js": f"window.TOCSIN_WORDS = {words};\n".encode(),
        "assets/tocsin.css": f":root {{ --tocsin-over: {over}; }}\n".encode(),
    }


def _theme(catalog: Catalog, parent: Path) -> dict[str, Any]:
    """The language, and the names of the buttons that change the colours in it."""
    language = speech(catalog.settings.get(LANGUAGES)[0])
    document, _ = read_document(own_configuration.NAME, parent.read_bytes())
    theme = document.data.get("theme") if document is not None and isinstance(document.data, dict) else None
    palette = theme.get("palette") if isinstance(theme, dict) else None
    translated = [_palette(each, language) for each in palette] if isinstance(palette, list) else None
    written = theme.get("language", ENGLISH) if isinstance(theme, dict) else ENGLISH
    return {
        "language": language.code if written == ENGLISH else written,
        **({"palette": translated} if translated else {}),
    }


def _palette(entry: Any, language: Speech) -> Any:
    toggle = entry.get("toggle") if isinstance(entry, dict) else None
    if not isinstance(toggle, dict) or toggle.get("name") not in TOGGLES:
        return entry
    return {**entry, "toggle": {**toggle, "name": language.say(str(toggle["name"]))}}


def text(page: Page, *, searched: bool = True) -> str:
    """A page's Markdown with its front matter; `searched`: the site builder makes the index for the search."""
    heading = "" if page.markdown.lstrip().startswith("# ") else f"# {escape(page.title)}\n\n"
    # Left to itself, the theme takes the heading, makes text of it again and puts that into the page as it is.
    title = {} if page.path == HOME else {"title": _as_html(page.title)}
    meta = {**page.meta, **title, **({} if searched else {"search": {"exclude": True}})}
    head = f"---\n{yaml(meta)}\n---\n\n" if meta else ""
    return f"{head}{heading}{page.markdown}\n"
