"""Catalogues of messages as gettext writes them (`.po`), ours and those that a repository gives: text, never trusted.

A translation is used where it has exactly the values of its message, so that no format in it reaches anything else;
what is missing, fuzzy or wrong stays as it is below, in English in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from gettext import c2py
from io import StringIO
from string import Formatter
from typing import TYPE_CHECKING

from generator.messages import ENGLISH, Speech
from generator.records import dataclass

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

Ident = str | tuple[str, str]
"""A message by its English text, or by both forms of it."""
LONGEST = 2000
"""Characters of a translation; our longest message has 200."""


@dataclass(frozen=True, slots=True)
class Read:
    """A language as a catalogue gives it, and what of the catalogue is not used: plain sentences."""

    speech: Speech
    problems: tuple[str, ...] = ()


def read(text: str, code: str, below: Speech | None = None) -> Read:
    """The catalogue of a language, laid over what there is already."""
    under = below or Speech(ENGLISH)
    try:
        catalog = _parse(text, code)
        plural = _plural(catalog.plural_expr)
    # The parser says what it does not understand in many ways: of its header alone dates, numbers and names of codecs.
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        return Read(under, (f"it cannot be read: {error}",))
    texts: dict[str | tuple[str, str], tuple[str, ...]] = {}
    problems = []
    for message in catalog:
        if not message.id or not all(_forms(message)) or message.fuzzy or message.context:
            continue
        wrong = _wrong(message)
        problems += [wrong] if wrong else []
        texts.update({} if wrong else {_ident(message): _forms(message)})
    return Read(Speech(code, {**under.texts, **texts}, plural), tuple(problems))


def idents(text: str) -> tuple[Ident, ...]:
    """The messages that a catalogue or a template names, in its order."""
    return tuple(_ident(message) for message in _parse(text, ENGLISH) if message.id)


def _ident(message: Message) -> Ident:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _parse(text: str, code: str) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    try:
        return read_po(StringIO(text), locale=code.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error


def _plural(expression: str) -> Callable[[int], int]:
    """The rule of the header, as gettext reads it: numbers, comparisons and nothing else."""
    rule = c2py(expression)

    def form(number: int) -> int:
        try:
            return max(int(rule(number)), 0)
        except (ArithmeticError, ValueError):
            return 0

    return form


def _forms(message: Message) -> tuple[str, ...]:
    """What a message is in the language: one text, or one for each form of its plural; some may be empty."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(each or "" for each in string)


def _wrong(message: Message) -> str:
    """Why a translation is not used, empty where it is."""
    plural = not isinstance(message.id, str)
    ident = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = _names(ident)
    for said in _forms(message):
        if len(said) > LONGEST:
            return f"the translation of {ident!r} is longer than {LONGEST} characters"
        names = _names(said)
        if names is None or wanted is None or (names != wanted and not (plural and names | {"number"} == wanted)):
            values = ", ".join(f"{{{name}}}" for name in sorted(wanted or ())) or "no value in braces"
            return f"the translation of {ident!r} must have {values}, each as it is and none other"
    return ""


def _names(text: str) -> set[str] | None:
    """The values that a text takes; None where it asks for more than their names."""
    try:
        fields = list(_fields(text))
    except ValueError:
        return None
    return {name for name, _ in fields} if all(plain for _, plain in fields) else None


def _fields(text: str) -> Iterator[tuple[str, bool]]:
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield name, name.isidentifier() and not form and not conversion
