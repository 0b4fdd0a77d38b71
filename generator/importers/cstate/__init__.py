"""`tocsin import cstate`: a cState site: its systems and its issues."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.cstate.config import read_config
from generator.importers.cstate.issues import Issues
from generator.importers.cstate.places import site, tell_others
from generator.importers.status_page.page import Losses
from generator.importers.status_page.sources import Sources

NEXT = """\
next:
  tocsin check status                what it thinks of them: texts that leak, incidents that nobody closed
  tocsin build --target status       the page, with its feeds and its JSON
"""


def read(files: Sequence[Given], options: Options) -> Imported:
    """One page from a site's folder."""
    imported = Imported()
    losses = Losses(imported)
    own = site(files)
    issues = Issues(read_config(own.configs, losses), losses)
    for file in own.issues:
        issues.add(file)
    tell_others(own, losses)
    Sources(issues.page(), options, imported, losses).write()
    losses.tell()
    return imported


IMPORTER = Importer(
    "cstate",
    "the folder of a cState site: its systems, its issues",
    read,
    (".md", ".yml", ".yaml", ".toml", ".json"),
    is_yaml=False,
    next_steps=NEXT,
)
