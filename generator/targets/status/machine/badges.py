"""Badges: the state of the whole, or of one component, as a picture of two words for other pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.machine.links import folder
from generator.targets.status.machine.markup import element
from generator.targets.status.machine.stories import Stories
from generator.targets.status.machine.story import Story
from generator.targets.status.machine.text import line
from generator.targets.status.places import component_page
from generator.targets.status.sources import Sources

LABEL = "#3a4350"
COLOURS = {
    "operational": "#13714a",
    "under_maintenance": "#2a5bbd",
    "degraded_performance": "#855a00",
    "partial_outage": "#ad4408",
    "major_outage": "#b81f30",
}
"""White text can be read on each of them."""
_INDICATORS = {
    "none": "operational",
    "maintenance": "under_maintenance",
    "minor": "degraded_performance",
    "major": "partial_outage",
    "critical": "major_outage",
}
_LONGEST = 40
_HEIGHT, _SIZE, _MARGIN = 20, 11, 8
_NARROW, _WIDE, _USUAL, _BROAD = 0.36, 0.92, 0.64, 1.15
"""Widths of characters in parts of their height, in the widest of the fonts that may be there."""


def badges(facts: Facts, told: Stories, language: Language, named: Sources) -> Iterator[Artifact]:
    """One language's."""
    indicator, label = facts.board.overall
    colour = COLOURS[_INDICATORS[indicator]]
    made = badge(facts.name, language.word(label), colour, language.code)
    yield Artifact.text(f"status/{folder(language)}badge.svg", made, named.everything, uses_now=True)
    touching = _touching(told)
    for component in told.components:
        status = facts.board.statuses.get(component.id, "operational")
        made = badge(language.text(component.name), language.word(status), COLOURS[status], language.code)
        path = f"status/{folder(language)}{component_page(component.id)}badge.svg"
        sources = (*named.base, *(story.path for story in touching.get(component.id, ())))
        yield Artifact.text(path, made, sources, uses_now=True)


def _touching(told: Stories) -> dict[str, list[Story]]:
    found: dict[str, list[Story]] = {}
    for story in (*told.incidents, *told.maintenances):
        for ident in told.touched(story):
            found.setdefault(ident, []).append(story)
    return found


def badge(name: str, word: str, colour: str, language: str) -> str:
    """The picture as a file. The name is shortened where it is long; the title says it whole."""
    shown = _shortened(line(name))
    left, right = width(shown) + 2 * _MARGIN, width(word) + 2 * _MARGIN
    spoken = f"{line(name)}: {word}"
    box = {"height": str(_HEIGHT)}
    whole = {"xmlns": "http://www.w3.org/2000/svg", "width": str(left + right), "role": "img", "aria-label": spoken}
    attributes = {**whole, **box, "xml_lang": language}
    return "".join(
        [
            element("svg", "", **attributes).removesuffix("</svg>"),
            element("title", spoken),
            element("rect", width=str(left + right), rx="3", fill=LABEL, **box),
            element("path", d=_right(left, right), fill=colour),
            '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
            _text(shown, left / 2, left),
            _text(word, left + right / 2, right),
            "</g></svg>\n",
        ]
    )


def _right(left: int, right: int) -> str:
    """The right half, with round corners on its right."""
    return f"M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h{3 - right}z"


def _text(text: str, middle: float, room: int) -> str:
    """Text of a certain width, whatever font there is."""
    sizes = {"textLength": str(room - 2 * _MARGIN), "lengthAdjust": "spacingAndGlyphs", "aria-hidden": "true"}
    return element("text", text, x=f"{middle:g}", y="14", **sizes)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def width(text: str) -> int:
    """About how wide a text is, in pixels."""
    return max(round(sum(map(_width, text)) * _SIZE), 1)


def _width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _BROAD
    if character in "iIjltfr.,:;'|!()[] ":
        return _NARROW
    return _WIDE if character in "mwMW%@" else _USUAL
