"""The languages of the page: our catalogues, and over them those that the repository gives for itself."""

from __future__ import annotations

from datetime import tzinfo

from generator.catalog import Catalog
from generator.context import Context
from generator.messages import Speech, speech
from generator.settings import LANGUAGES
from generator.targets.status.language import Language

CATALOGUE = "status/locale/{code}.po"
"""Where a repository may have a catalogue of its own, for a language of ours too."""


def languages(catalog: Catalog, context: Context, zone: tzinfo) -> tuple[Language, ...]:
    """One for each code of the setting, the default first."""
    codes = catalog.settings.get(LANGUAGES)
    return tuple(Language(code, codes[0], zone, _speech(code, context)) for code in codes)


def _speech(code: str, context: Context) -> Speech:
    own = context.read(CATALOGUE.format(code=code))
    if own is None:
        return speech(code)
    from generator.messages.catalogues import read

    return read(own, code, speech(code)).speech
