"""What stands around the text of pages: made once for a folder of pages outside the navigation, not for each of them.

Pages of one folder differ in their title, address, table of contents and text alone. The theme makes one whose four
parts are marks, and a second one shows that nothing else differs; where something does, every page is made in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from posixpath import basename, dirname
from typing import TYPE_CHECKING, Any

from generator.records import dataclass
from generator.targets.site.lean import lean, squeezed
from generator.targets.site.search import sections

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

FEW = 4
"""Fewer pages of a folder than this are made in full: a frame costs as much as two pages."""
_OWN = frozenset({"title", "search"})
"""The front matter that a frame knows."""
_SEARCH = frozenset({"material/search"})
"""The plugins that leave a page as it is (the search does, because we index ourselves)."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished page, and what the search finds on it."""

    page: bytes
    found: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the theme is asked for pages, besides the page."""

    config: MkDocsConfig
    files: Sequence[File]
    nav: Navigation
    env: Environment

    def page(self, page: Page) -> str:
        """A page in full."""
        return self.env.get_template("main.html").render(self._context(page))

    def contents(self, page: Page) -> Callable[[Page], str]:
        """Makes the table of contents of pages in the same folder as this one."""
        context = self._context(page)
        context["lang"] = self.env.get_template("partials/language.html").make_module(context)
        template = self.env.get_template("partials/toc.html")
        return lambda other: template.render({**context, "page": other})

    def _context(self, page: Page) -> dict[str, Any]:
        from mkdocs.commands.build import get_context

        return dict(get_context(self.nav, self.files, self.config, page))


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in pieces; between two that stay is the name of a part."""

    pieces: tuple[str | bytes, ...]
    contents: Callable[[Page], str]

    def around(self, page: Page) -> bytes:
        """The page as the theme would make it, without its blank lines."""
        parts = {
            "title": _bytes(page.meta["title"]),
            "address": _bytes(page.canonical_url or ""),
            "first": _bytes(next(iter(page.toc)).url),
            "contents": squeezed(_bytes(self.contents(page))).strip(),
            "text": _bytes(page.content or ""),
        }
        return b"".join([parts[piece] if isinstance(piece, str) else piece for piece in self.pieces])


@dataclass(slots=True)
class Frames:
    """The frames of a site, and the pages that were made with them."""

    made: dict[str, Made] = field(default_factory=dict)
    """Path of a page in the site → the page."""
    _frames: dict[str, Frame | None] = field(default_factory=dict)
    _pages: Counter[str] = field(default_factory=Counter)

    def install(self) -> None:
        """From now on MkDocs makes pages with frames where it can."""
        from mkdocs.commands import build

        theirs = build._build_page  # noqa: SLF001

        def built(
            page: Page,
            config: MkDocsConfig,
            files: Sequence[File],
            nav: Navigation,
            env: Environment,
            *more: Any,
            **other: Any,
        ) -> None:
            frame = self._frame(page, _Whole(config, files, nav, env))
            if frame is None:
                theirs(page, config, files, nav, env, *more, **other)
            else:
                place = page.file.dest_uri
                address = place.removesuffix("index.html")
                self.made[place] = Made(frame.around(page), list(sections(address, page.content or "")))

        build._build_page = built  # type: ignore[assignment]  # noqa: SLF001

    def _frame(self, page: Page, whole: _Whole) -> Frame | None:
        place = page.file.dest_uri
        listed = page.parent is not None or page in whole.nav.pages
        if listed or not page.toc or set(page.meta) != _OWN or basename(place) != "index.html":
            return None
        if not self._pages:
            self._pages.update(dirname(dirname(each.dest_uri)) for each in whole.files)
        folder = dirname(dirname(place))
        if folder not in self._frames:
            many = self._pages[folder] >= FEW and set(whole.config.plugins) <= _SEARCH
            self._frames[folder] = _made(folder, whole) if many else None
        return self._frames[folder]


def _made(folder: str, whole: _Whole) -> Frame | None:
    """The frame of a folder; None where the theme does more with a page than we know."""
    first, other = _page("tocsin-one", folder, whole.config), _page("tocsin-two", folder, whole.config)
    contents = whole.contents(first)
    marks = {
        "contents": contents(first),
        "title": first.meta["title"],
        "address": first.canonical_url or "",
        "first": next(iter(first.toc)).url,
        "text": first.content or "",
    }
    text = whole.page(first)
    for name, mark in marks.items():
        # Between line breaks, because blank lines around the table of contents go with those around it.
        text = text.replace(mark, f"\n\0{name}\0\n" if name == "contents" else f"\0{name}\0") if mark else text
    split = re.split(rb"\0([a-z]+)\0", lean(_bytes(text)))
    pieces = tuple(piece.decode() if number % 2 else piece for number, piece in enumerate(split))
    frame = Frame(pieces, contents)
    return frame if frame.around(other) == lean(_bytes(whole.page(other))) else None


def _page(name: str, folder: str, config: MkDocsConfig) -> Page:
    """A page that is not one of the site's: every part of it can be found again in what becomes of it."""
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import get_toc

    page = Page(None, File.generated(config, f"{folder}/{name}/index.md".lstrip("/"), content=""), config)
    page.meta = {"title": f"{name}-title &amp; &lt;b&gt; &quot;", "search": {"exclude": True}}
    page.markdown, page.content = "", f"<h1>{name}-text</h1>\n<p>a\n\n  b</p>"
    inner = {"level": 2, "id": f"{name}-inner", "name": f"{name}-inner &lt;<code>", "children": []}
    page.toc = get_toc([{"level": 1, "id": f"{name}-first", "name": f"{name}-first", "children": [inner]}])  # type: ignore[list-item]
    page.active = True
    return page


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "xmlcharrefreplace")
