"""Feeds of everything and of every component and group, in both formats and every language.

They are written here and by no library: what a feed library makes cannot be shared between feeds, and an update of a
group of many components is in many. Parsers that others wrote judge them in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from generator.artifacts import Artifact
from generator.records import dataclass
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine import atom, rss
from generator.targets.status.machine.api import is_open
from generator.targets.status.machine.entries import Entries
from generator.targets.status.machine.ids import urn
from generator.targets.status.machine.links import folder, links
from generator.targets.status.machine.stories import UNKNOWN, Stories
from generator.targets.status.machine.story import Story, Told
from generator.targets.status.machine.text import line
from generator.targets.status.places import component_page
from generator.targets.status.sources import Sources

NEWEST, NEWEST_OF_COMPONENT = 100, 50
"""So many entries are in the feed of everything, and in that of a component or a group; what is planned is always."""
FORMATS = {"atom": atom, "rss": rss}


@dataclass(frozen=True, slots=True)
class Feed:
    """What both formats say of a feed. Links are absolute where the page's address is known."""

    id: str
    title: str
    description: str
    author: str
    language: str
    link: str
    """The page that it is the feed of."""
    itself: str
    """Its own address, without the format's suffix."""
    updated: datetime


def feeds(facts: Facts, told: Stories, language: Language, named: Sources) -> Iterator[Artifact]:
    """One language's."""
    written = _Written(Entries(facts, language))
    for page, chosen in feed_entries(told).items():
        sources = named.everything if not page else (*named.base, *dict.fromkeys(story.path for story, _ in chosen))
        feed = _feed(facts, language, page, chosen)
        texts = [written.entry(story, each) for story, each in chosen]
        for index, (name, form) in enumerate(FORMATS.items()):
            path = f"status/{folder(language)}{page}history.{name}"
            yield Artifact.text(path, form.feed(feed, (text[index] for text in texts)), sources, uses_now=True)


def feed_entries(told: Stories) -> Mapping[str, Sequence[tuple[Story, Told]]]:
    """The newest entries of each feed, by the page that it belongs to; the first one is of everything."""
    found: dict[str, list[tuple[Story, Told]]] = {"": []}
    found.update((component_page(component.id), []) for component in told.components)
    touched: dict[str, list[str]] = {}
    for story, each in told.entries:
        if story.page not in touched:
            touched[story.page] = ["", *(component_page(ident) for ident in told.touched(story))]
        planned = each.is_announcement and is_open(story)
        for page in touched[story.page]:
            if planned or len(found[page]) < (NEWEST_OF_COMPONENT if page else NEWEST):
                found[page].append((story, each))
    return found


class _Written:
    """Entries as text, in the order of the formats; each is written once, though many feeds hold it."""

    def __init__(self, made: Entries) -> None:
        self._made = made
        self._known: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def entry(self, story: Story, told: Told) -> tuple[str, ...]:
        """The entry of one thing that was said."""
        key = (story.kind, story.id, told.key)
        if key not in self._known:
            made = self._made.entry(story, told)
            self._known[key] = tuple(form.entry(made) for form in FORMATS.values())
        return self._known[key]


def _feed(facts: Facts, language: Language, page: str, chosen: Sequence[tuple[Story, Told]]) -> Feed:
    place, ident = links(facts), page.removeprefix("components/").strip("/")
    whole = language.say("{name} status", name=facts.name)
    title = f"{whole}: {language.text(facts.names[ident])}" if ident else whole
    return Feed(
        id=urn("feed", facts.settings.url or facts.name, page, language.code),
        title=line(title),
        description=language.say("Incidents and maintenance, every update"),
        author=line(facts.name),
        language=language.code,
        link=place.to(page, language),
        itself=place.to(f"{page}history", language),
        updated=chosen[0][1].at if chosen else UNKNOWN,
    )
