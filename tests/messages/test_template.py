"""The template of the status page's messages, from which others begin a language."""

from __future__ import annotations

import os

import pytest

from generator.analysis.status.catalogues import TEMPLATE, messages
from generator.messages.__main__ import template
from generator.messages.catalogues import read
from tests.messages.collecting import Ident, collected

HEAD = """\
# What the status page says.
msgid ""
msgstr ""
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def of_the_page() -> list[Ident]:
    rooms = ("generator/targets/status/",)
    found = [ident for ident, files in collected().items() if any(file.startswith(rooms) for file in files)]
    return sorted(found, key=lambda ident: (first(ident).casefold(), first(ident)))


def first(ident: Ident) -> str:
    return ident if isinstance(ident, str) else ident[0]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def entry(ident: Ident) -> str:
    if isinstance(ident, str):
        return f'msgid {quoted(ident)}\nmsgstr ""\n'
    return f'msgid {quoted(ident[0])}\nmsgid_plural {quoted(ident[1])}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def test_it_has_every_message_of_the_page():
    whole = "\n".join([HEAD, *map(entry, of_the_page())])
    if os.environ.get("TOCSIN_UPDATE_EXPECTED"):
        TEMPLATE.write_text(whole, encoding="utf-8")
    assert TEMPLATE.read_text(encoding="utf-8") == whole
    assert list(messages()) == of_the_page()


@pytest.mark.parametrize(("code", "forms"), [("pl", 3), ("ar", 6), ("ja", 1), ("pt-BR", 2)])
def test_a_language_begins_with_its_own_plurals_and_without_a_word(code, forms):
    text = template(code)
    assert f"nplurals={forms};" in text
    assert text.count("msgstr[0]") == text.count(f"msgstr[{forms - 1}]")
    assert read(text, code).problems == ()
    assert read(text, code).speech.texts == {}


def test_what_is_no_language_is_refused():
    with pytest.raises(ValueError, match="'xx-x' is no code"):
        template("xx-x")
