"""What stands around the content of a page. It is rendered once a language, and filled in for each page as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from generator.records import dataclass
from generator.targets.status.language import Language
from generator.targets.status.places import Place

if TYPE_CHECKING:
    from jinja2 import Template

_MARK = "\0"
"""Around the name of what goes in. No text of a page has it: neither YAML nor CommonMark lets it through."""
_NAMES = ("title", "folder", "home", "root", "start", "head", "main", "foot")


@dataclass(frozen=True, slots=True)
class Shell:
    """`parts` are text and the names of what goes between, by turns."""

    parts: tuple[str, ...]

    def around(self, place: Place, languages: Sequence[Language], filled: Mapping[str, str]) -> str:
        """The whole page; what is filled in is HTML already."""
        known = {
            "folder": place.folder,
            "home": place.home,
            "root": place.root,
            "start": place.to(),
            **{_to(each): place.to(place.page, each.code) for each in languages},
            **filled,
        }
        return "".join(known[part] if index % 2 else part for index, part in enumerate(self.parts))


def shell(template: Template, languages: Sequence[Language]) -> Shell:
    """The shell of a language, by the template of all pages."""
    marks = {name: f"{_MARK}{name}{_MARK}" for name in (*_NAMES, *map(_to, languages))}
    text = template.render(mark=marks, others=languages if len(languages) > 1 else ())
    return Shell(tuple(re.split(f"{_MARK}(.*?){_MARK}", text)))


def _to(language: Language) -> str:
    return f"to {language.code}"
