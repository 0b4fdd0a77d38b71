"""Where the status page is published to, by the setting `publish`, as far as a workflow can reach it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.catalog import Catalog

_BRANCH, _HOST = "branch:", "ssh://"


class Places(NamedTuple):
    """Each as it is written in the settings. Where there are none, the page goes to GitHub Pages."""

    branches: tuple[str, ...]
    hosts: tuple[str, ...]

    @property
    def arguments(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.branches, *self.hosts)


def places(catalog: Catalog) -> Places:
    """Folders are left out: those of a machine that is gone after the run help nobody."""
    written = catalog.settings.values.get("publish")
    listed = written.get("status") if isinstance(written, Mapping) else None
    texts = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    branches, hosts = (tuple(each for each in texts if each.startswith(prefix)) for prefix in (_BRANCH, _HOST))
    return Places(branches, hosts)
