"""Absolute links: feeds, calendars and clients are read elsewhere."""

from __future__ import annotations

from generator.records import dataclass
from generator.targets.status.facts import Facts
from generator.targets.status.language import Language
from generator.targets.status.places import Place


@dataclass(frozen=True, slots=True)
class Links:
    """Where the page is served; where that is not known, links start at the root of the host they are read from."""

    url: str | None

    def to(self, page: str, language: Language) -> str:
        """The address of a page, or of a file, in a language."""
        return f"{self.url or ''}/{folder(language)}{page}"

    @property
    def root(self) -> str:
        """The address of the root, with its slash."""
        return f"{self.url or ''}/"


def links(facts: Facts) -> Links:
    """By the setting `status`."""
    return Links(facts.settings.url)


def folder(language: Language) -> str:
    """The folder of a language below the root: empty for the default, else ending in a slash."""
    return Place("", language.code, language.default).folder
