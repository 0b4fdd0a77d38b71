"""What every page has around its content: the style, the policy that allows it and nothing else, and the templates."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from generator.targets.rendering import environment, header
from generator.targets.status import colours
from generator.targets.status.bars import HEIGHT
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.markdown import is_allowed
from generator.targets.status.pieces import Pieces
from generator.targets.status.places import HISTORY, Place, incident_page, maintenance_page

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_HERE = Path(__file__).parent
_ICONS = {"none": "#168a56", "maintenance": "#2f63c9", "minor": "#a06800", "major": "#c2500f", "critical": "#cc2336"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts that are the same on every page of every language."""

    comment: Markup
    """Who made the page."""
    style: Markup
    policy: str
    icon: str
    """The picture in the browser's tab, as an address; its colour is the overall state."""


def frame(facts: Facts) -> Frame:
    """The frame of one build."""
    from markupsafe import Markup

    style = _style(facts.settings.accent)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return Frame(
        Markup(header(["status"], "<!--", "-->")),  # noqa: S704  # our own text
        Markup(style),  # noqa: S704  # our own text; the accent in it has been read as a colour
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        _icon(facts.board.overall[0]),
    )


def _style(accent: str) -> str:
    """The stylesheet on few lines: comments and indentation are for those who write it."""
    written = (_HERE / "templates" / "style.css").read_text(encoding="utf-8")
    compact = re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL))
    for name, background in (("light", colours.LIGHT), ("dark", colours.DARK)):
        compact = compact.replace(f"ACCENT_{name.upper()}", colours.readable(accent, background))
    return compact


def _icon(indicator: str) -> str:
    circle = f'<circle cx="8" cy="8" r="7" fill="{_ICONS[indicator]}"/>'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{circle}</svg>'
    return f"data:image/svg+xml,{quote(drawn)}"


class Link(NamedTuple):
    """The same page in a language."""

    code: str
    name: str
    href: str


class Pages:
    """Renders the pages of one language."""

    def __init__(self, facts: Facts, around: Frame, language: Language, languages: tuple[Language, ...]) -> None:
        self._language = language
        self._languages = languages if len(languages) > 1 else ()
        self._environment = _environment(facts, around, language)

    def render(self, template: str, page: str, **values: Any) -> tuple[str, str]:
        """The path and the text of a page."""
        place = Place(page, self._language.code, self._language.default)
        links = [Link(each.code, each.say("language"), place.to(page, each.code)) for each in self._languages]
        made = self._environment.get_template(template)
        return place.path, made.render(place=place, links=links, **values)


def _environment(facts: Facts, around: Frame, language: Language) -> Environment:
    pieces = Pieces(language)
    return environment(
        _HERE,
        written=pieces.written,
        message=pieces.message,
        moment=pieces.moment,
        period=pieces.period,
        facts=facts,
        frame=around,
        language=language,
        site=language.say("site", name=facts.name),
        say=language.say,
        words=language.texts,
        bar_height=HEIGHT,
        history_page=HISTORY,
        incident_page=incident_page,
        maintenance_page=maintenance_page,
        is_web=lambda address: bool(address) and is_allowed(address) and address.lower().startswith("http"),
    )
