"""What is said, in every language: from the arguments, from a template, or asked for on a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.commands.status.asking import ask, can_ask
from generator.commands.status.public import refuse_leaks
from generator.commands.status.texts import LIMIT, Texts, checked, given_messages
from generator.commands.status.wording import filled, worded, wordings
from generator.errors import UsageError
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Tree


@dataclass(frozen=True, slots=True)
class Speaking:
    """What the words are about."""

    tree: Tree
    catalog: Catalog
    wording: str
    """The template that is offered."""
    components: Sequence[str]
    title: Mapping[str, str]
    public: bool
    """Whether customers read them."""


def messages(about: Speaking, arguments: argparse.Namespace) -> Texts:
    """The words by language.

    Raises:
        UsageError: none are given and nobody can be asked, or they cannot be taken.
    """
    found = given_messages(arguments, about.catalog)
    if arguments.template is not None:
        found = {**_template(about, arguments.template), **found}
    if found:
        return found
    if not can_ask():
        hint = f"say it in quotes, or take words that are there: --template {about.wording}"
        raise UsageError("the message is missing", hint)
    return _asked(about)


def _template(about: Speaking, name: str) -> dict[str, str]:
    found = filled(worded(wordings(about.tree), name), about.catalog, about.components, about.title)
    if not found:
        raise UsageError(f"template '{name}' has no text in any language of the status page")
    return found


def _asked(about: Speaking) -> dict[str, str]:
    languages = about.catalog.settings.get(LANGUAGES)
    if not about.public:
        return {languages[0]: checked(ask("What happened, for the record"), "message", LIMIT)}
    known = wordings(about.tree)
    offered = _template(about, about.wording) if about.wording in known else {}
    found: dict[str, str] = {}
    for number, code in enumerate(languages):
        text = _one(about, code, offered.get(code, ""), needed=number == 0)
        if text:
            found[code] = text
        if text != offered.get(code):
            offered = {}  # what was typed says something else than the template does in other languages
    return found


def _one(about: Speaking, code: str, offered: str, *, needed: bool) -> str:
    """The words in one language; asked again until customers may read them."""
    while True:
        text = ask(f"Message [{code}]", offered, needed=needed)
        if not text:
            return ""
        try:
            text = checked(text, "message", LIMIT)
            refuse_leaks(about.catalog, [text])
        except UsageError as refusal:
            print(f"{refusal.message}. {refusal.hint}")
        else:
            return text
