from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import Localized
from generator.messages import speech
from generator.targets.status.language import Language
from tests.analysis.status.status_sources import at

EN = Language("en", "en", ZoneInfo("America/Argentina/Buenos_Aires"))
ES = Language("es", "en", ZoneInfo("Europe/Madrid"), speech("es"))
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("share", "english", "spanish"),
    [
        (Fraction(1), "100%", f"100{NBSP}%"),
        (Fraction(0), "0%", f"0{NBSP}%"),
        (1 - Fraction(1, 10**9), "99.99%", f"99,99{NBSP}%"),
        (Fraction(999, 1000), "99.90%", f"99,90{NBSP}%"),
        (Fraction(1, 10**9), "0.00%", f"0,00{NBSP}%"),
    ],
)
def test_percentages_are_rounded_down(share, english, spanish):
    assert (EN.percent(share), ES.percent(share)) == (english, spanish)


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_higher_share_never_shows_a_lower_percentage(one, other):
    low, high = (float(EN.percent(share)[:-1]) for share in sorted((one, other)))
    assert low <= high


def test_times_name_their_zone():
    assert EN.moment(at("2026-10-14 13:12")) == f"14 Oct 2026, 10:12{NBSP}UTC{MINUS}3"
    assert ES.moment(at("2026-10-14 13:12")) == f"14 oct 2026, 15:12{NBSP}UTC+2"
    assert Language("en", "en", ZoneInfo("Asia/Kathmandu")).moment(at("2026-10-14 13:12")).endswith("UTC+5:45")
    assert (
        Language("en", "en", ZoneInfo("Etc/UTC")).moment(at("2026-10-14 13:12")).endswith("13:12\N{NO-BREAK SPACE}UTC")
    )


def period(language, start, end):
    return f"{language.beginning(at(start), at(end))} / {language.until(at(start), at(end))}"


def test_a_period_says_nothing_twice_and_nothing_wrong():
    assert period(EN, "2026-10-14 13:12", "2026-10-14 13:40") == f"14 Oct 2026, 10:12 / 10:40{NBSP}UTC{MINUS}3"
    assert (
        period(EN, "2026-10-14 23:12", "2026-10-15 13:40")
        == f"14 Oct 2026, 20:12 / 15 Oct 2026, 10:40{NBSP}UTC{MINUS}3"
    )
    changed = f"25 oct 2026, 02:30{NBSP}UTC+2 / 25 oct 2026, 02:30{NBSP}UTC+1"
    assert period(ES, "2026-10-25 00:30", "2026-10-25 01:30") == changed


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "1 min"), (28, "28 min"), (80, "1 h 20 min"), (1440, "1 d"), (1445, "1 d"), (4000, "2 d 18 h")],
)
def test_durations_have_two_units_at_most(minutes, text):
    assert EN.duration(timedelta(minutes=minutes)).replace(NBSP, " ") == text


def test_months_and_dates():
    assert (EN.month(date(2026, 10, 1)), ES.month(date(2026, 10, 1))) == ("October 2026", "Octubre de 2026")
    assert EN.dates(date(2026, 10, 1), date(2026, 10, 1)) == "1 Oct 2026"


@pytest.mark.parametrize(
    ("written", "text", "foreign"),
    [
        ("plain", "plain", "en"),
        ({"en": "a", "es": "b"}, "b", None),
        ({"en": "a"}, "a", "en"),
        ({"fr": "c"}, "c", "fr"),
    ],
)
def test_a_text_in_another_language_is_known_to_be(written, text, foreign):
    assert (ES.text(Localized(written)), ES.foreign(Localized(written))) == (text, foreign)


def test_right_to_left_languages_are_written_so():
    assert [Language(code, "en", EN.zone).direction for code in ("en", "ar", "he", "fa-AF", "es")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
    ]
