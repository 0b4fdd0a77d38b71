"""What machines read: the Statuspage API, feeds, a calendar, badges, and uptime. See docs/targets/status-api.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.api import api
from generator.targets.status.machine.badges import badges
from generator.targets.status.machine.calendar import calendar
from generator.targets.status.machine.feeds import feeds
from generator.targets.status.machine.stories import stories
from generator.targets.status.machine.uptime_files import uptime_files
from generator.targets.status.sources import sources


def artifacts(catalog: Catalog, context: Context, facts: Facts, languages: Sequence[Language]) -> Iterator[Artifact]:
    """The default language comes first; what has words in it is made in every language but the API and the figures."""
    told, named = stories(catalog, context, facts), sources(catalog, context)
    yield from api(facts, told, languages[0], named)
    yield from uptime_files(facts, languages[0], named)
    for language in languages:
        yield from feeds(facts, told, language, named)
        yield calendar(facts, told, language, named)
        yield from badges(facts, told, language, named)
