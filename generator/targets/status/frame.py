"""What is the same on every page of a build: style, script, the policy that allows them and nothing else, pictures."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.records import dataclass
from generator.targets.rendering import header
from generator.targets.status import colours
from generator.targets.status.facts import Facts
from generator.targets.status.logo import Logo

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
_ICONS = {"none": "#168a56", "maintenance": "#2f63c9", "minor": "#a06800", "major": "#c2500f", "critical": "#cc2336"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts that are the same on every page of every language."""

    comment: Markup
    """Who made the page."""
    style: Markup
    script: Markup
    policy: str
    icon: str
    """The picture in the browser's tab, as an address; its colour is the overall state."""
    logo: Logo | None
    url: str | None
    """Where the page is served, without a slash at its end."""


def frame(facts: Facts, logo: Logo | None) -> Frame:
    """The frame of one build."""
    from markupsafe import Markup

    style, script = _style(facts.settings.accent), _script()
    return Frame(
        Markup(header(["status"], "<!--", "-->")),  # noqa: S704  # our own text
        Markup(style),  # noqa: S704  # our own text; the accent in it has been read as a colour
        Markup(script),  # noqa: S704  # our own text
        policy(style, script),
        _icon(facts.board.overall[0]),
        logo,
        facts.settings.url,
    )


def policy(style: str, script: str) -> str:
    """What a page may do: show itself, its pictures, and ask its own host whether there is news."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _style(accent: str) -> str:
    """The stylesheet on few lines: comments and indentation are for those who write it."""
    written = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    compact = re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL))
    for name, background in (("light", colours.LIGHT), ("dark", colours.DARK)):
        compact = compact.replace(f"ACCENT_{name.upper()}", colours.readable(accent, background))
    return compact


@cache
def _script() -> str:
    """The script without indentation and lines of comment; its other lines stay, and say where each statement ends."""
    written = (TEMPLATES / "script.js").read_text(encoding="utf-8")
    return re.sub(r"\n+", "\n", re.sub(r"^\s*(?://.*)?", "", written, flags=re.MULTILINE)).strip()


def _icon(indicator: str) -> str:
    circle = f'<circle cx="8" cy="8" r="7" fill="{_ICONS[indicator]}"/>'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{circle}</svg>'
    return f"data:image/svg+xml,{quote(drawn)}"
