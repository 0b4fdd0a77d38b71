"""The languages of the page."""

from __future__ import annotations

from datetime import tzinfo

from generator.analysis.status.catalogues import spoken
from generator.catalog import Catalog
from generator.context import Context
from generator.settings import LANGUAGES
from generator.targets.status.language import Language


def languages(catalog: Catalog, context: Context, zone: tzinfo) -> tuple[Language, ...]:
    """One for each code of the setting, the default first."""
    codes = catalog.settings.get(LANGUAGES)
    return tuple(Language(code, codes[0], zone, spoken(code, context)) for code in codes)
