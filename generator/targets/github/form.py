"""The form of the workflow that posts an update: what a phone's browser offers to choose from."""

from __future__ import annotations

from typing import NamedTuple

from generator.catalog import Catalog
from generator.kinds.status import Component
from generator.settings import LANGUAGES

NONE = "-"
"""The choice of nothing: a form's drop-down has no empty one."""


class Form(NamedTuple):
    """The drop-downs' choices, and what the texts ask for."""

    components: tuple[str, ...]
    """Ids, in the order of the page; groups have no status of their own."""
    languages: tuple[str, ...]
    """The first is the default."""
    severities: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The languages beside the default one."""
        return self.languages[1:]


def form(catalog: Catalog) -> Form:
    """From the components and the settings."""
    components = [each for each in catalog.all(Component) if not each.is_group]
    paths = tuple(dict.fromkeys(each.ref.path for each in components))
    return Form(
        components=(NONE, *(each.id for each in components)),
        languages=catalog.settings.get(LANGUAGES),
        severities=(NONE, *(each.id for each in catalog.severities)),
        sources=paths or ("status",),
    )
