"""What targets give: rendered files and pages. Like findings, a lowest layer: it knows no disk and no target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One rendered file.

    `path` is posix and relative to the output folder. `sources` are the paths it was made from, for the manifest.
    `uses_now` says that the content depends on the time of rendering, so that drift renders it with the same time.
    """

    path: str
    content: bytes
    sources: tuple[str, ...]
    uses_now: bool = False

    @classmethod
    def text(cls, path: str, text: str, sources: tuple[str, ...], *, uses_now: bool = False) -> Artifact:
        """An artifact of UTF-8 text; lines end as they are given."""
        return cls(path, text.encode("utf-8"), sources, uses_now)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that pages show, a picture: its path in the site, and the file of the repository that it is."""

    path: str
    content: bytes = field(repr=False)
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a target wants shown on the site.

    `path` is posix and relative to the site's folder of Markdown, with its suffix `.md`. `in_nav` is the page's way
    in the navigation, outermost title first; None keeps it out of there. `meta` becomes its front matter.
    """

    path: str
    title: str
    markdown: str
    sources: tuple[str, ...]
    in_nav: tuple[str, ...] | None = None
    meta: Mapping[str, object] = field(default_factory=dict)
    files: tuple[PageFile, ...] = ()
    """What it shows besides its text."""
