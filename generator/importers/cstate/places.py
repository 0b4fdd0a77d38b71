"""Which files of a site's folder are its own: the settings and the issues, not those of its theme."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.importers.base import Given
from generator.importers.status_page.page import Losses
from generator.records import dataclass

NOT_OURS = frozenset(
    {"archetypes", "exampleSite", "layouts", "node_modules", "public", "resources", "static", "themes"}
)
ISSUES = frozenset({"issues", "incidents"})
CONFIGS = ("hugo", "config", "params")
"""Names of Hugo's settings, the one that counts first."""


@dataclass(slots=True)
class Site:
    """The files of a site by what they are."""

    configs: list[Given]
    issues: list[Given]
    others: list[Given]
    """Pages that are no issues."""


def site(files: Sequence[Given]) -> Site:
    """Sorts the files; folders above all of them say nothing, whatever they are called."""
    top = os.path.commonpath([PurePosixPath(file.path).parent.as_posix() for file in files]) if files else ""
    placed = [(PurePosixPath(os.path.relpath(file.path, top or ".")), file) for file in files]
    own = [(path, file) for path, file in placed if NOT_OURS.isdisjoint(path.parts[:-1])]
    pages = [(path, file) for path, file in own if path.suffix == ".md" and path.stem != "_index"]
    inside = [file for path, file in pages if not ISSUES.isdisjoint((*PurePosixPath(top).parts[-1:], *path.parts[:-1]))]
    if not inside:
        inside = [file for path, file in pages if "content" not in path.parts and path.stem.isupper() is False]
    others = [file for path, file in pages if file not in inside and "content" in path.parts]
    found = [
        (path, file)
        for path, file in own
        if path.stem in CONFIGS and path.suffix != ".md" and "content" not in path.parts
    ]
    found.sort(key=lambda each: (CONFIGS.index(each[0].stem), each[0]))
    return Site([file for _, file in found], sorted(inside, key=lambda file: file.path), others)


def tell_others(found: Site, losses: Losses) -> None:
    """Pages that are no issues stay where they are."""
    for file in found.others:
        losses.lost(PurePosixPath(file.path).parent.as_posix(), "a page that is no issue is not kept")
