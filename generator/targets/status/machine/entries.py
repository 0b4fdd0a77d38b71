"""What a feed's entry says, in one language; both formats write the same."""

from __future__ import annotations

from datetime import datetime
from html import escape

from generator.analysis.status.maintenances import MaintenanceState
from generator.records import dataclass
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.ids import urn
from generator.targets.status.machine.links import Links, links
from generator.targets.status.machine.markup import escaped
from generator.targets.status.machine.story import PHRASES, Story, Told
from generator.targets.status.machine.text import line
from generator.targets.status.markdown import is_allowed, to_html


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is the same in every language and in every build. All texts are escaped for XML, once for both formats."""

    id: str
    title: str
    link: str
    at: datetime
    html: str
    categories: tuple[str, ...]


class Entries:
    """Makes entries, each once: several feeds hold it."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self._facts = facts
        self._language = language
        self._links: Links = links(facts)

    def entry(self, story: Story, told: Told) -> Entry:
        """The entry of one thing that was said."""
        language = self._language
        return Entry(
            id=urn("entry", story.kind, story.id, told.key),
            title=escaped(line(f"{language.text(story.title)}: {language.word(told.status)}")),
            link=escaped(self._links.to(story.page, language)),
            at=told.at,
            html=escaped("\n".join(self._parts(story, told))),
            categories=(told.status, *story.components),
        )

    def _parts(self, story: Story, told: Told) -> list[str]:
        language = self._language
        at = "" if told.is_announcement else f" · {language.moment(told.at)}"
        parts = [f"<p><strong>{escape(language.word(told.status))}</strong>{at}</p>"]
        if isinstance(story.state, MaintenanceState):
            parts.append(self._window(story.state))
        parts.append(self._message(told))
        changes = [f"<li>{self._name(ident)}: {language.word(after)}</li>" for ident, _, after in told.changed]
        if changes:
            parts.append(f"<ul>{''.join(changes)}</ul>")
        if told.postmortem and is_allowed(told.postmortem):
            parts.append(f'<p><a href="{escape(told.postmortem)}">{escape(language.word("postmortem"))}</a></p>')
        return parts

    def _window(self, state: MaintenanceState) -> str:
        start, end = state.maintenance.start, state.maintenance.end
        return f"<p>{self._language.beginning(start, end)} – {self._language.until(start, end)}</p>"  # a dash of dates

    def _message(self, told: Told) -> str:
        if told.message is None:
            return f"<p>{escape(self._language.say(PHRASES[told.status]))}</p>"
        said = to_html(self._language.text(told.message), self._links.root)
        code = self._language.foreign(told.message)
        foreign = "" if code is None else f' lang="{escape(code)}"'
        return f'<div dir="auto"{foreign}>{said}</div>'

    def _name(self, ident: str) -> str:
        return f"<bdi>{escape(self._language.text(self._facts.names[ident]))}</bdi>"
