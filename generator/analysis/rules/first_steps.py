"""The first commands of a runbook and who is called, short enough for a phone: the annotation `first_steps`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.analysis.addresses import RUNBOOKS
from generator.analysis.memo import once_a_catalog
from generator.analysis.rules.go_templates import go_string, literal_text
from generator.analysis.rules.runbook_commands import Command, first_commands
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert

LIMIT = 1000
"""Characters of the whole annotation, as a template and with parameters at their defaults."""
_PER_SECTION = 3
_ENDING = 400
"""Characters of the last line, at most: a policy may have many steps, and the commands matter more."""

_GAPS = re.compile(r"\b(?:TODO|FIXME|CHANGE_?ME|TBD)\b")
_MY_APP = re.compile(r"(?<![\w.-])my-app(?![\w.-])")
_SERVER = "prometheus.example.com"
"""What the templates of runbooks have in place of a name."""


def first_steps(catalog: Catalog, alert: NamedAlert, labels: Collection[str] | None = None, ending: str = "") -> str:
    """A Go template with the runbook's first commands and a last line; empty where there is neither.

    `labels` are those that the alert is known to carry; None when they are unknown, so any parameter may be one.
    """
    last = literal_text(ending if len(ending) <= _ENDING else f"{ending[: _ENDING - 1]}…")
    known = None if labels is None else tuple(sorted(labels))
    commands = _lines(catalog, alert.runbook, known, LIMIT - len(last) - 1)
    return "\n".join(line for line in (commands, last) if line)


@once_a_catalog
def _lines(catalog: Catalog, slug: str, labels: tuple[str, ...] | None, room: int) -> str:
    """The commands as a template of at most so many characters.

    The chapters take turns, so that a long diagnosis leaves room for the first way out.
    """
    chapters = _templates(catalog, slug, labels)
    chosen: list[list[str]] = [[] for _ in chapters]
    for place in range(_PER_SECTION):
        for number, texts in enumerate(chapters):
            if len(chosen[number]) == place < len(texts) and len(texts[place]) + len("\n9. ") <= room:
                chosen[number].append(texts[place])
                room -= len(texts[place]) + len("\n9. ")
    every = [text for texts in chosen for text in texts]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(every, 1))


@once_a_catalog
def _templates(catalog: Catalog, slug: str, labels: tuple[str, ...] | None) -> tuple[tuple[str, ...], ...]:
    """The commands of each chapter, with its heading from the second one on."""
    runbook = catalog.get(Runbook, slug)
    parameters = runbook.parameters if runbook else {}
    written = first_commands(catalog, slug)
    chapters = [[each for each in commands if not _is_to_fill_in(catalog, each.text)] for commands in written]
    return tuple(
        tuple(_template(_said(each, heading=number > 0), parameters, labels) for each in commands[:_PER_SECTION])
        for number, commands in enumerate(chapters)
    )


def _is_to_fill_in(catalog: Catalog, command: str) -> bool:
    """Whether a command still has the template's names: whoever types it at night loses time.

    They are names like others where a service is called so, and where the runbooks are at example.com themselves.
    """
    if _MY_APP.search(command) and catalog.get(Service, "my-app") is None:
        return True
    runbooks = catalog.settings.get(RUNBOOKS).url or ""
    return _GAPS.search(command) is not None or (_SERVER in command and "example.com" not in runbooks)


def _said(command: Command, *, heading: bool) -> str:
    """From the second chapter on its heading goes along: a mitigation without its "if" would be done blindly."""
    purpose = command.purpose or (command.section if not heading else "")
    words = [f"{command.section}:"] if heading and command.section else []
    return f"{' '.join([*words, *([purpose] if purpose else [])])}\n{command.text}".lstrip()


@lru_cache(maxsize=64)
def _variables(parameters: tuple[str, ...]) -> re.Pattern[str]:
    """`$NAMESPACE` and `${NAMESPACE}` of every parameter; matches nothing without parameters."""
    names = "|".join(re.escape(name.upper()) for name in parameters) or r"(?!)"
    return re.compile(rf"\$(?:(?P<bare>{names})\b|\{{(?P<braced>{names})\}})")


def _template(text: str, parameters: Mapping[str, str], labels: Collection[str] | None) -> str:
    """The text with its parameters taken from the alert's labels, where it has them."""
    made, position = "", 0
    for match in _variables(tuple(parameters)).finditer(text):
        made += literal_text(text[position : match.start()]) + _value(match, parameters, labels)
        position = match.end()
    return made + literal_text(text[position:])


def _value(match: re.Match[str], parameters: Mapping[str, str], labels: Collection[str] | None) -> str:
    written = match["bare"] or match["braced"]
    name = next(name for name in parameters if name.upper() == written)
    if not is_label(name, labels):
        return literal_text(parameters[name] or match[0])
    # The command will be pasted into a shell, and a label's value is whatever a metric says: only harmless characters.
    harmless = f'(reReplaceAll "[^-\\\\w./:@]" "_" $labels.{name})'
    return f"{{{{ or {harmless} {go_string(parameters[name] or match[0])} }}}}"


def is_label(parameter: str, labels: Collection[str] | None) -> bool:
    """Whether a runbook's parameter can be read from an alert's label of that name."""
    if labels is not None:
        return parameter in labels
    return re.fullmatch(r"[a-zA-Z_][a-zA-Z0-9_]*", parameter) is not None
