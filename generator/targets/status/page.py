"""Renders the pages of one language: the templates, and what they may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from generator.records import dataclass
from generator.targets.rendering import environment
from generator.targets.status.components import Row
from generator.targets.status.facts import Facts
from generator.targets.status.frame import TEMPLATES, Frame
from generator.targets.status.language import Language
from generator.targets.status.lists import Lists
from generator.targets.status.markdown import is_allowed
from generator.targets.status.pieces import Pieces, escaped, safe
from generator.targets.status.places import (
    HISTORY,
    Place,
    component_page,
    incident_page,
    maintenance_page,
    month_page,
)
from generator.targets.status.shell import Shell, shell
from generator.times import iso_utc

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

FOLDED = 400
"""So many runs of days the home page lists; where there are more, they are on the pages of the components."""

IN_FULL = 10
"""So many open incidents the home page shows with what was said last; of more it has the titles."""
TEMPLATES_OF_PAGES = tuple(
    f"{name}.html"
    for name in ("page", "built", "home", "history", "month", "component", "incident", "maintenance", "parts")
)


class Texts(dict[str, str]):
    """What a function says of a text, asked for once: templates look it up, which is cheaper than to call."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say

    def __missing__(self, text: str) -> str:
        said = self[text] = self._say(text)
        return said


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the pages of one language."""

    language: Language
    languages: tuple[Language, ...]
    templates: Mapping[str, Template]
    shell: Shell
    rules: str
    """How uptime is counted."""

    def render(
        self, template: str, page: str, title: str, *, head: str = "", foot: str = "", **values: Any
    ) -> tuple[str, str]:
        """The path and the text of a page; `title` is text, `head` and `foot` are HTML."""
        place = Place(page, self.language.code, self.language.default)
        main = self.templates[template].render(place=place, **values)
        filled = {"title": escaped(title), "head": head, "main": main, "foot": foot}
        return place.path, self.shell.around(place, self.languages, filled)


def pages(facts: Facts, around: Frame, language: Language, languages: tuple[Language, ...]) -> Pages:
    """The pages of a language; everything that is the same on all of them is written once."""
    from generator.targets.status.compiled import compiled_once

    pieces, rules = Pieces(language, facts.names), _rules(facts, language)
    made = environment(
        TEMPLATES.parent,
        facts=facts,
        frame=around,
        language=language,
        site=language.say("{name} status", name=facts.name),
        folded=sum(len(row.runs) for block in facts.blocks for row in block.rows) > FOLDED,
        in_full=IN_FULL,
        open_events=facts.open_events,
        webcal=_webcal(facts.settings.url, Place("", language.code, language.default).folder),
        old_after=int(facts.settings.old_after.total_seconds()),
        data_as_of=facts.board.data_as_of,
        next_change=facts.next_change,
        built_at=pieces.moment(facts.board.now, ident="built"),
        rules=rules,
        **_words(language, pieces),
        **_addresses(),
    )
    templates = compiled_once(made, TEMPLATES_OF_PAGES)
    made.globals["built"] = safe(templates["built.html"].render())
    return Pages(language, languages, templates, shell(templates["page.html"], languages), rules)


def _rules(facts: Facts, language: Language) -> str:
    return language.say(
        "A partial outage counts as {percent} of an outage; degraded performance and maintenance do not count.",
        percent=language.weight(facts.weight),
    )


def _words(language: Language, pieces: Pieces) -> dict[str, Any]:
    return {
        "say": language.say,
        "many": language.many,
        "text": Texts(language.say),
        "word": Texts(language.word),
        "phrase": pieces.phrase,
        "written": pieces.written,
        "message": pieces.message,
        "moment": pieces.moment,
        "since": pieces.since,
        "period": pieces.period,
        "uptime_of": pieces.uptime,
        "status_of": pieces.status,
        "impact": pieces.impact,
        "names": pieces.names,
        "updates": pieces.updates,
        "about": pieces.about,
        **_lists(Lists(pieces)),
        "iso": iso_utc,
    }


def _lists(lists: Lists) -> dict[str, Any]:
    def rows(listed: Iterable[Row], place: Place, *, folded: bool) -> Markup:
        return safe("".join(lists.row(row, place, folded=folded) for row in listed))

    return {
        "rows": rows,
        "events": lambda *listed, **how: safe(lists.events(*listed, **how)),
        "bar": lambda row: safe(lists.bar(row)),
        "days": lambda runs: safe(lists.days(runs)),
        "ends": lists.ends(),
    }


def _addresses() -> dict[str, Any]:
    return {
        "history_page": HISTORY,
        "incident_page": incident_page,
        "maintenance_page": maintenance_page,
        "component_page": component_page,
        "month_page": month_page,
        "is_web": lambda address: bool(address) and is_allowed(address) and address.lower().startswith("http"),
    }


def _webcal(url: str | None, folder: str) -> str:
    """The address that calendars subscribe to; empty where nobody knows where the page is served."""
    return f"webcal://{url.split('://', 1)[1]}/{folder}calendar.ics" if url else ""
