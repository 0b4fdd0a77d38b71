"""Every language that the Unicode consortium describes can be a language of the page."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from babel import Locale
from babel.localedata import locale_identifiers

from generator.targets.status.language import Language
from tests.analysis.status.status_sources import at
from tests.targets.status.test_language import EN

CODES = sorted(
    {name.split("_")[0] for name in locale_identifiers()} | {"pt-BR", "zh-Hant", "sr-Latn-RS", "xx", "en-AU"}
)


def test_days_numbers_and_names_are_written_in_every_language():
    for code in CODES:
        language = Language(code, "en", EN.zone)
        said = (
            language.name,
            language.date(date(2026, 10, 14)),
            language.month(date(2026, 10, 1)),
            language.moment(at("2026-10-14 13:12")),
            language.percent(Fraction(9999, 10000)),
            language.weight(Fraction(3, 10)),
            language.duration(timedelta(minutes=80)),
        )
        assert all(said), code
        assert language.direction in {"ltr", "rtl"}


def test_languages_call_themselves_by_their_own_name():
    names = {code: Language(code, "en", EN.zone).name for code in ("en", "es", "ar", "he", "pt-BR", "xx")}
    assert names == {
        "en": "English",
        "es": "Español",
        "ar": Locale("ar").get_display_name(),
        "he": "עברית",
        "pt-BR": "Português (Brasil)",
        "xx": "Xx",
    }


def test_english_on_a_page_from_right_to_left_is_kept_apart():
    hebrew = Language("he", "en", EN.zone)
    assert hebrew.say("Today") == "\N{LEFT-TO-RIGHT ISOLATE}Today\N{POP DIRECTIONAL ISOLATE}"
    assert Language("fr", "en", EN.zone).say("Today") == "Today"


def test_months_and_numbers_follow_the_language():
    french, chinese = (Language(code, "en", EN.zone) for code in ("fr", "zh"))
    assert (french.month(date(2026, 10, 1)), chinese.date(date(2026, 10, 14))) == ("Octobre 2026", "2026年10月14日")
    assert french.percent(Fraction(9999, 10000)).startswith("99,99")
