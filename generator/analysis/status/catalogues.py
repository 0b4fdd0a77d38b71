"""Catalogues of the page's words that a repository gives for itself, and what is missing in a language."""

from __future__ import annotations

from functools import cache

from generator.context import Context
from generator.messages import CATALOGS, ENGLISH, FILE, Speech, speech
from generator.messages.catalogues import Ident, Read, idents, read

CATALOGUE = "status/locale/{code}.po"
"""Where it may be, for a language of ours too."""
TEMPLATE = CATALOGS / "status.pot"
"""Every message of the page, for translators; a test keeps it whole."""


def own_catalogue(code: str, context: Context) -> Read | None:
    """What the repository's catalogue of a language says, laid over ours; None where it has none."""
    text = context.read(CATALOGUE.format(code=code))
    return None if text is None else read(text, code, speech(code))


def spoken(code: str, context: Context) -> Speech:
    """The words of a language: ours, and over them the repository's."""
    own = own_catalogue(code, context)
    return speech(code) if own is None else own.speech


def is_complete(code: str) -> bool:
    """Whether we speak the language ourselves; a test sees to it that nothing is missing in one of ours."""
    return code.partition("-")[0] == ENGLISH or (CATALOGS / code / FILE).is_file()


def untranslated(words: Speech, code: str) -> tuple[Ident, ...]:
    """The messages of the page that stay English in a language, in the order of the template."""
    return () if is_complete(code) else tuple(each for each in messages() if each not in words.texts)


@cache
def messages() -> tuple[Ident, ...]:
    """Every message of the page."""
    return idents(TEMPLATE.read_text(encoding="utf-8"))
