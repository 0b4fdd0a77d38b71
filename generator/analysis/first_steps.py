"""The first commands of a runbook, short enough for a phone: the annotation `first_steps`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.analysis.go_templates import go_string, literal_text
from generator.kinds.runbook import Runbook

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert

LIMIT = 1000
"""Characters of the whole annotation, with parameters at their defaults."""
_PER_SECTION = 3
_SECTIONS = 2


def first_steps(catalog: Catalog, alert: NamedAlert, labels: Collection[str] | None = None, ending: str = "") -> str:
    """A Go template with the runbook's first commands and a last line; empty where there is neither.

    `labels` are those that the alert is known to carry; None when they are unknown, so any parameter may be one.
    """
    runbook = catalog.get(Runbook, alert.runbook)
    parameters = runbook.parameters if runbook else {}
    lines: list[str] = []
    room = LIMIT - len(ending)
    for number, step in enumerate(_commands(catalog, runbook) if runbook else (), 1):
        line = f"{number}. {step}"
        room -= len(_defaults(line, parameters)) + 1
        if room < 0:
            break
        lines.append(line)
    text = "\n".join([*lines, *([ending] if ending else [])])
    return _template(text, parameters, labels)


def _commands(catalog: Catalog, runbook: Runbook) -> Iterator[str]:
    """What to do and its commands: a few steps of each of the first sections that have any.

    From the second section on its heading goes along: a mitigation without its "if" would be done blindly.
    """
    by_section: dict[str, list[str]] = {}
    for step in catalog.document(runbook).markdown.steps:
        if step.code_blocks:
            heading = f"{step.section}: " if by_section and step.section not in list(by_section)[:1] else ""
            commands = "\n".join(block.text.strip() for block in step.code_blocks)
            by_section.setdefault(step.section, []).append(f"{heading}{_sentence(step.text)}\n{commands}")
    for steps in list(by_section.values())[:_SECTIONS]:
        yield from steps[:_PER_SECTION]


def _sentence(text: str) -> str:
    """The first sentence: the rest is in the runbook, and room is short."""
    return re.split(r"(?<=[.?!:])\s", " ".join(text.split()), maxsplit=1)[0]


def _variables(parameters: Mapping[str, str]) -> re.Pattern[str]:
    """`$NAMESPACE` and `${NAMESPACE}` of every parameter; matches nothing without parameters."""
    names = "|".join(re.escape(name.upper()) for name in parameters) or r"(?!)"
    return re.compile(rf"\$(?:(?P<bare>{names})\b|\{{(?P<braced>{names})\}})")


def _name(match: re.Match[str], parameters: Mapping[str, str]) -> str:
    written = match["bare"] or match["braced"]
    return next(name for name in parameters if name.upper() == written)


def _defaults(text: str, parameters: Mapping[str, str]) -> str:
    return _variables(parameters).sub(lambda match: parameters[_name(match, parameters)] or match[0], text)


def _template(text: str, parameters: Mapping[str, str], labels: Collection[str] | None) -> str:
    """The text with its parameters taken from the alert's labels, where it has them."""
    made, position = "", 0
    for match in _variables(parameters).finditer(text):
        made += literal_text(text[position : match.start()]) + _value(match, parameters, labels)
        position = match.end()
    return made + literal_text(text[position:])


def _value(match: re.Match[str], parameters: Mapping[str, str], labels: Collection[str] | None) -> str:
    name = _name(match, parameters)
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
