"""Catalogues that somebody else wrote: used where they are right, and never more than text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.messages import speech
from generator.messages.catalogues import LONGEST, read

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: {}\\n"\n\n'
RUSSIAN = "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"
DAYS = 'msgid "{number} day"\nmsgid_plural "{number} days"\nmsgstr[0] "день"\nmsgstr[1] "{number} дня"\n'


def entry(message, said):
    return f'msgid "{message}"\nmsgstr "{said}"\n\n'


def test_each_language_has_its_own_plurals():
    words = read(HEAD.format(RUSSIAN) + DAYS + 'msgstr[2] "{number} дней"\n', "ru").speech
    said = [words.many("{number} day", "{number} days", number) for number in (1, 2, 5, 11, 21, 22)]
    assert said == ["день", "2 дня", "5 дней", "11 дней", "день", "22 дня"]


def test_what_is_missing_is_taken_from_below_and_in_the_end_from_english():
    words = read(entry("Monitoring", "Vigilando"), "es", speech("es")).speech
    assert (words.say("Monitoring"), words.say("Resolved")) == ("Vigilando", "Resuelto")
    assert words.many("{number} open incident", "{number} open incidents", 2) == "2 incidentes abiertos"
    assert read(entry("Monitoring", "Vigilando"), "fr").speech.say("Resolved") == "Resolved"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{moment.__class__.__init__.__globals__}",
        "{moment!r}",
        "{moment:>99999999}",
        "{moment} {moment[0]}",
        "{}",
        "{0}",
        "{other}",
        "no value",
        "{moment} {other}",
        "{moment",
        "x" * LONGEST + "{moment}",
    ],
)
def test_a_translation_with_other_values_than_its_message_is_not_used(said):
    catalogue = read(entry("Page built {moment}", said), "fr")
    assert catalogue.speech.say("Page built {moment}", moment="now") == "Page built now"
    assert bool(catalogue.problems) == bool(said)


@pytest.mark.parametrize("rule", ["nplurals=2; plural=n/0;", "nplurals=2; plural=9;", "nplurals=2; plural=0-n;"])
def test_a_rule_of_plurals_that_leads_nowhere_takes_a_form_all_the_same(rule):
    text = HEAD.format(rule) + 'msgid "one"\nmsgid_plural "{number}"\nmsgstr[0] "a"\nmsgstr[1] "{number} b"\n'
    assert read(text, "fr").speech.many("one", "{number}", 7) in {"a", "7 b"}


@pytest.mark.parametrize(
    "text",
    [
        HEAD.format("nplurals=2; plural=__import__('os');"),
        HEAD.format("nplurals=two; plural=0;"),
        HEAD.format("nplurals=2; plural=" + "(" * 500 + "n" + ")" * 500 + ";"),
        'msgid ""\nmsgstr "PO-Revision-Date: 2026-99-99 99:99+9999\\n"\n',
        "msgid",
        "mine",
    ],
)
def test_a_catalogue_that_cannot_be_read_leaves_everything_as_it_is(text):
    catalogue = read(text, "es", speech("es"))
    assert catalogue.speech is speech("es")
    assert catalogue.problems[0].startswith("it cannot be read: ")


STARTS = ("msgid ", "msgstr ", "msgstr[1] ", "msgid_plural ", "msgctxt ", "#, fuzzy", "#~ ", '"', "\n", "")


@given(st.lists(st.tuples(st.sampled_from(STARTS), st.text(max_size=20)), max_size=12))
def test_nothing_raises(parts):
    catalogue = read("\n".join(before + text for before, text in parts), "fr")
    assert catalogue.speech.say("Resolved")


@given(st.text(max_size=60))
def test_no_header_raises(header):
    escaped = header.replace("\\", "\\\\").replace('"', '\\"')
    names = ("Plural-Forms", "Content-Type", "Language", "POT-Creation-Date", "Last-Translator")
    for name in names:
        read(f'msgid ""\nmsgstr ""\n"{name}: {escaped}\\n"\n', "fr")
