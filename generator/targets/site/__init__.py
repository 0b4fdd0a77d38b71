"""The runbook site: pages are made first, then a site builder turns them into HTML. See docs/targets/site.md."""

from __future__ import annotations

from collections.abc import Iterable

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.targets.base import Target


def render(catalog: Catalog, context: Context) -> Iterable[Artifact]:
    """Every file of the site, below `site/`."""
    from generator.targets.site.builder import build
    from generator.targets.site.pages import all_pages
    from generator.targets.site.site import Site

    return build(catalog, context, all_pages(Site(catalog, context)))


def applies(catalog: Catalog) -> bool:
    """Whether there is anything to show."""
    return bool(catalog.entities)


TARGET = Target(name="site", summary="the runbook site", render=render, applies=applies)
