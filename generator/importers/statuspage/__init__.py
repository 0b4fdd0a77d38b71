"""`tocsin import statuspage`: a page from its public JSON (`/api/v2/…`): components, incidents and maintenances.

One file or several, in any mixture: what two of them tell is imported once, as the newer one has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.status_page.page import Losses, Page
from generator.importers.status_page.sources import Sources
from generator.importers.statuspage.components import Components
from generator.importers.statuspage.incidents import Incidents
from generator.importers.statuspage.maintenances import Maintenances
from generator.importers.statuspage.read import Saved, read_saved

NEXT = """\
next:
  tocsin check status                what it thinks of them: texts that leak, incidents that nobody closed
  tocsin build --target status       the page; its JSON has the same addresses as before
"""


def read(files: Sequence[Given], options: Options) -> Imported:
    """One page from all files."""
    imported, saved = Imported(), Saved()
    for file in files:
        read_saved(file, saved, imported)
    losses = Losses(imported)
    components = Components(saved, losses)
    incidents = Incidents(components, losses)
    maintenances = Maintenances(components, losses)
    page = Page(
        parts=components.parts,
        events=[event for thing in saved.incidents.values() for event in incidents.of(thing)],
        works=[work for thing in saved.maintenances.values() for work in maintenances.of(thing)],
        name=saved.name,
        url=saved.url,
    )
    components.tell()
    Sources(page, options, imported, losses).write()
    losses.tell()
    return imported


IMPORTER = Importer(
    "statuspage",
    "a status page's public JSON: the files of its /api/v2/",
    read,
    (".json",),
    is_yaml=False,
    next_steps=NEXT,
)
