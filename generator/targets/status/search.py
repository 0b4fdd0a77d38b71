"""The index that the history's search reads, on its first word: everything that was said, of a language."""

from __future__ import annotations

import json

from generator.artifacts import Artifact
from generator.targets.status.events import Event
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.places import HISTORY, Place


def index(facts: Facts, language: Language, sources: tuple[str, ...]) -> Artifact:
    """`history/search.json`: for each event its page (from the home page), title, what it is, and all its words."""
    rows = [_row(event, facts, language) for event in facts.all_events]
    folder = Place("", language.code, language.default).folder
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return Artifact.text(f"status/{folder}{HISTORY}search.json", text + "\n", sources, uses_now=True)


def _row(event: Event, facts: Facts, language: Language) -> list[str]:
    impact, status = language.word(f"impact.{event.impact}"), language.word(event.status)
    said = f"{language.date(event.start.astimezone(language.zone).date())} · {impact} · {status}"
    names = (language.text(facts.names[name]) for name in event.components if name in facts.names)
    words = "\n".join([*names, *(language.text(message) for message in event.messages)])
    return [event.page, language.text(event.title), said, words]
