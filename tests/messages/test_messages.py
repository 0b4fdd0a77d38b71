"""What pages say: every message in every language, and nothing left over."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from generator.messages import CATALOGS, FILE, speech
from tests.messages.collecting import Ident, collected

CODES = sorted(folder.name for folder in CATALOGS.iterdir() if folder.is_dir())


def catalog(code: str) -> Catalog:
    with (CATALOGS / code / FILE).open("rb") as file:
        return read_po(file, locale=code)


def texts(code: str) -> dict[Ident, tuple[str, ...]]:
    return {
        each.id if isinstance(each.id, str) else tuple(each.id): (
            (each.string,) if isinstance(each.string, str) else each.string
        )
        for each in catalog(code)
        if each.id
    }


@pytest.mark.parametrize("code", CODES)
def test_no_message_is_missing_and_none_is_left_over(code):
    said, known = set(collected()), set(texts(code))
    assert said - known == set()
    assert known - said == set()
    assert len(said) > 200


@pytest.mark.parametrize("code", CODES)
def test_every_translation_says_something_and_has_the_values_of_its_message(code):
    for ident, strings in texts(code).items():
        forms = (ident,) if isinstance(ident, str) else ident
        assert len(strings) == len(forms)
        for form, string in zip(forms, strings, strict=True):
            assert string.strip(), ident
            values, theirs = (set(re.findall(r"\{\w+\}", text)) for text in (form, string))
            assert values == theirs, ident
            assert (form[0] == " ") == (string[0] == " "), ident
            assert form.count("**") == string.count("**"), ident


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_is_sorted_and_has_each_message_once(code):
    text = (CATALOGS / code / FILE).read_text(encoding="utf-8")
    idents = [each for each in re.findall(r'^msgid "(.*)"$', text, re.MULTILINE) if each]
    assert idents == sorted(set(idents), key=lambda text: (text.casefold(), text))
    assert "fuzzy" not in text


def test_english_is_what_stands_in_the_code():
    assert speech("en").say("{names} after {duration}", names="Ana", duration="5 minutes") == "Ana after 5 minutes"
    assert speech("en").many("and {number} more step", "and {number} more steps", 1) == "and 1 more step"


def test_spanish_has_its_own_words_plurals_days_and_durations():
    spanish = speech("es")
    assert spanish.say("Who is called") == "A quién se llama"
    assert spanish.many("and {number} more step", "and {number} more steps", 2) == "y 2 pasos más"
    assert spanish.moment(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), UTC) == "mié 25 nov 09:30"
    assert spanish.duration(timedelta(days=1, hours=2, minutes=5)) == "1 día 2 horas"
    assert spanish.duration(timedelta()) == "0 segundos"


def test_an_unknown_language_is_english():
    assert speech("tlh").code == "en"


def test_a_duration_in_english_is_that_of_messages():
    from generator import times

    for seconds in (0, 1, 59, 60, 61, 3600, 86400, 90061, 176461):
        assert speech("en").duration(timedelta(seconds=seconds)) == times.words(timedelta(seconds=seconds))
