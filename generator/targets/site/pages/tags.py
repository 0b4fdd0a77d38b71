"""Tags: the runbooks below each of them, as their sources name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.artifacts import Page
from generator.kinds.runbook import Runbook
from generator.targets.divided import Place, divided
from generator.targets.markdown import escape, page
from generator.targets.site.pages.runbooks import runbook_table
from generator.targets.site.site import TAGS, Site


def pages(site: Site) -> Iterator[Page]:
    """The page, and more where there is much on it; nothing without a tag."""
    tagged = sorted(
        ((tag, runbook) for runbook in site.catalog.all(Runbook) for tag in dict.fromkeys(runbook.tags)),
        key=lambda each: (each[0].casefold(), each[0], each[1].id),
    )
    if not tagged:
        return

    def by_tag(here: str, some: Sequence[tuple[str, Runbook]]) -> str:
        groups = groupby(some, key=lambda each: each[0])
        return page(*(_tag(site, here, tag, [runbook for _, runbook in group]) for tag, group in groups))

    yield from divided(
        Place(TAGS, site.say("Tags"), (site.say("Tags"),), site.speech),
        tagged,
        by_tag,
        lambda each: each[0],
        lambda each: (each[1].ref.path,),
    )


def _tag(site: Site, here: str, tag: str, runbooks: Sequence[Runbook]) -> str:
    return page(f"## {escape(tag)}", runbook_table(site, here, runbooks))
