"""From which files a page is made: they stand in the manifest."""

from __future__ import annotations

from collections.abc import Iterable

from generator.analysis.status.catalogues import CATALOGUE
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.status import Component
from generator.records import dataclass
from generator.settings import LANGUAGES
from generator.targets.status.events import Event
from generator.targets.status.facts import KINDS


@dataclass(frozen=True, slots=True)
class Sources:
    """`base` is what every page shows something of: components, and catalogues of the repository's own."""

    base: tuple[str, ...]
    everything: tuple[str, ...]

    def of(self, *paths: str) -> tuple[str, ...]:
        """The sources of a page about what stands in some files."""
        return (*self.base, *paths)

    def of_events(self, events: Iterable[Event]) -> tuple[str, ...]:
        """The sources of a page about some events."""
        return self.of(*dict.fromkeys(event.source for event in events))


def sources(catalog: Catalog, context: Context) -> Sources:
    """The sources of one build."""
    paths = {kind: tuple(dict.fromkeys(entity.ref.path for entity in catalog.all(kind))) for kind in KINDS}
    own = (CATALOGUE.format(code=code) for code in catalog.settings.get(LANGUAGES))
    base = (*paths[Component], *(path for path in own if context.read(path) is not None))
    others = (path for kind in KINDS if kind is not Component for path in paths[kind])
    return Sources(base, (*base, *others))
