"""Texts for customers as they are given: plain, by language, from standard input, from a template."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from generator.errors import UsageError
from generator.findings import did_you_mean
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog import Catalog

Texts = Mapping[str, str]
"""Text by language; never empty."""

NAMED = ("en", "es")
"""Languages that have options of their own: `--message-es`."""
LIMIT = 5_000
TITLE_LIMIT = 200
"""Characters. What is longer nobody reads while something is down, and a page of history would be no list any more."""


def add_messages(parser: argparse.ArgumentParser, *, positional: bool = True) -> None:
    """What is said, in each language."""
    if positional:
        parser.add_argument("message", nargs="?", metavar="MESSAGE", help="what customers read; - reads standard input")
    parser.add_argument("--message", dest="message_given", metavar="TEXT", help="the same as an option")
    parser.add_argument(
        "--language",
        dest="languages",
        action="append",
        default=[],
        metavar="CODE=TEXT",
        help='the message in another language: --language es="Lo estamos investigando"; repeatable',
    )
    for code in NAMED:
        parser.add_argument(f"--message-{code}", metavar="TEXT", help=argparse.SUPPRESS)
    parser.add_argument("--template", metavar="NAME", help="take the words of a template (see docs/incidents.md)")


def add_titles(parser: argparse.ArgumentParser) -> None:
    """The title, in each language."""
    parser.add_argument("--title", metavar="TEXT", help="what is wrong, as customers see it")
    for code in NAMED:
        parser.add_argument(f"--title-{code}", metavar="TEXT", help=f"the title in the language {code}")


def given_messages(arguments: argparse.Namespace, catalog: Catalog) -> dict[str, str]:
    """The messages that the arguments have, by language; empty where they have none.

    Raises:
        UsageError: a language that the settings do not name, an empty text, two texts for one language.
    """
    pairs = [(catalog.settings.get(LANGUAGES)[0], each) for each in _plain(arguments)]
    for each in arguments.languages:
        code, mark, text = each.partition("=")
        if not mark:
            raise UsageError(f"--language {each!r} says no language", '--language es="Lo estamos investigando"')
        pairs.append((code.strip(), text))
    pairs += _named(arguments, "message")
    return _by_language(catalog, pairs, "message", LIMIT)


def given_titles(arguments: argparse.Namespace, catalog: Catalog) -> dict[str, str]:
    """The titles that the arguments have, by language."""
    default = catalog.settings.get(LANGUAGES)[0]
    plain = [] if arguments.title is None else [(default, arguments.title)]
    return _by_language(catalog, [*plain, *_named(arguments, "title")], "title", TITLE_LIMIT)


def checked(text: str, what: str, limit: int) -> str:
    """The text without blanks around it, if it says something and is not too long."""
    found = text.strip() if what == "message" else " ".join(text.split())
    found = found.replace("\r\n", "\n").replace("\r", "\n")
    if not found:
        raise UsageError(f"the {what} is empty", "say what customers notice and what they can do")
    if len(found) > limit:
        raise UsageError(f"the {what} has {len(found)} characters, {limit} are possible", "say the rest in an update")
    if any(letter not in "\n\t" and not _is_character(letter) for letter in found):
        raise UsageError(f"the {what} has characters that are none", "type it again")
    return found


def flat(text: str) -> str:
    """A text of a file on one line, with nothing in it that a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def as_written(texts: Texts, default: str) -> str | dict[str, str]:
    """As sources say it: plain text where only the default language has one."""
    if list(texts) == [default]:
        return texts[default]
    return dict(texts)


def lacking(texts: Texts, catalog: Catalog) -> list[str]:
    """Languages of the settings that the text is not given in."""
    return [code for code in catalog.settings.get(LANGUAGES) if code not in texts]


def _is_character(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs")


def _plain(arguments: argparse.Namespace) -> Sequence[str]:
    found = [each for each in (getattr(arguments, "message", None), arguments.message_given) if each is not None]
    return [sys.stdin.read() if each == "-" else each for each in found]


def _named(arguments: argparse.Namespace, what: str) -> list[tuple[str, str]]:
    found = ((code, getattr(arguments, f"{what}_{code}")) for code in NAMED)
    return [(code, text) for code, text in found if text is not None]


def _by_language(catalog: Catalog, pairs: Sequence[tuple[str, str]], what: str, limit: int) -> dict[str, str]:
    known, found = catalog.settings.get(LANGUAGES), {}
    for code, text in pairs:
        if code not in known:
            hint = did_you_mean(code, known) or f"languages of tocsin.yaml: {', '.join(known)}"
            raise UsageError(f"the status page has no language '{code}'", hint)
        if code in found:
            raise UsageError(f"the {what} is given twice for the language {code}")
        found[code] = checked(text, what, limit)
    return {code: found[code] for code in known if code in found}
