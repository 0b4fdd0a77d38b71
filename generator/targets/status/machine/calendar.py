"""One calendar of incidents and maintenances, to subscribe to.

An event is known by the incident's or maintenance's id: it changes, and no new one appears. All that is in it comes
from what was said; a build at another time is another calendar only where something was said meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from generator.analysis.status.incidents import IncidentState
from generator.analysis.status.maintenances import CANCELLED
from generator.artifacts import Artifact
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.api import is_open
from generator.targets.status.machine.api_incidents import body
from generator.targets.status.machine.ids import uid
from generator.targets.status.machine.links import folder, links
from generator.targets.status.machine.stories import Stories
from generator.targets.status.machine.story import Story, Told
from generator.targets.status.machine.text import line
from generator.targets.status.sources import Sources

if TYPE_CHECKING:
    from icalendar import Event

NEWEST = 100
"""So many events are in it; of what is not over, all."""
REFRESH = timedelta(hours=1)
SHORTEST = timedelta(minutes=15)
"""An event takes some room in a calendar, or nobody sees it."""


def calendar(facts: Facts, told: Stories, language: Language, named: Sources) -> Artifact:
    """One language's."""
    from icalendar import Calendar

    made = Calendar.new(
        prodid="-//Tocsin//Status//EN",
        name=line(language.say("{name} status", name=facts.name)),
        uid=uid("calendar", facts.settings.url or facts.name, language.code),
        subcomponents=[_event(facts, language, story) for story in _chosen(told)],
    )
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    return Artifact(f"status/{folder(language)}calendar.ics", made.to_ical(), named.everything, uses_now=True)


def _chosen(told: Stories) -> list[Story]:
    """The newest ones, and those that are not over, in order of their time."""
    every = [(_span(story)[0], story.kind, story.id, story) for story in (*told.incidents, *told.maintenances)]
    every.sort(key=lambda each: each[:3], reverse=True)
    kept = [each[-1] for index, each in enumerate(every) if index < NEWEST or is_open(each[-1])]
    return kept[::-1]


def _span(story: Story) -> tuple[datetime, datetime]:
    """From its beginning to its end; an incident that is open reaches to the last thing that was said about it."""
    if isinstance(story.state, IncidentState):
        start = story.created
        return start, max(story.state.resolved or story.updated, start + SHORTEST)
    if story.state.status == CANCELLED:
        return story.state.maintenance.start, story.state.maintenance.end
    return story.state.window


def _event(facts: Facts, language: Language, story: Story) -> Event:
    from icalendar import STATUS, TRANSP, Event

    start, end = _span(story)
    status, (sequence, changed) = story.state.status, _revision(story)
    return Event.new(
        uid=uid(story.kind, story.id),
        stamp=changed,
        last_modified=changed,
        created=story.created,
        sequence=sequence,
        start=start,
        end=max(end, start + timedelta(minutes=1)),
        summary=line(f"{language.text(story.title)} ({language.word(status)})"),
        description=_description(facts, language, story),
        categories=[
            line(language.word("impact.maintenance")) if story.kind == "maintenance" else language.say("Incident")
        ],
        status=STATUS.CANCELLED if status == CANCELLED else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        url=links(facts).to(story.page, language) if facts.settings.url else None,
    )


def _revision(story: Story) -> tuple[int, datetime]:
    """How often it changed and when it did last: by what was said, and by commits, which move windows."""
    said, commits = len(story.told) - 1, story.commits
    return (said + commits.count - 1, max(story.updated, commits.last)) if commits else (said, story.updated)


def _description(facts: Facts, language: Language, story: Story) -> str:
    """What was said, the newest first, and which components it is about. The link once more: several show no other."""
    named = ", ".join(line(language.text(facts.names[ident])) for ident in story.components)
    said = [f"{_head(told, language)}\n{_paragraphs(body(told, language))}" for told in reversed(story.told)]
    link = [links(facts).to(story.page, language)] if facts.settings.url else []
    return "\n\n".join([*([named] if named else []), *said, *link])


def _head(told: Told, language: Language) -> str:
    word = line(language.word(told.status))
    return word if told.is_announcement else f"{word}, {language.moment(told.at)}"


def _paragraphs(text: str) -> str:
    """Text with its line ends; what cannot be printed becomes the sign for that."""
    return "\n".join(map(line, text.splitlines()))
