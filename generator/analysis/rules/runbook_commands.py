"""The commands of a runbook that help first: how to look, and how to stop the harm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.kinds.runbook import Runbook
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.markdown import Markdown

# Headings as public runbooks and our templates have them, in English and Spanish.
_ROLES = {
    "diagnosis": re.compile(r"diagn|triage|investigat|debug|verif|troubleshoot", re.IGNORECASE),
    "mitigation": re.compile(r"mitiga|remedia|resol|recover|recuper|\bfix", re.IGNORECASE),
}
_SHELLS = frozenset({"sh", "bash", "zsh", "shell", "console", "shell-session"})


@dataclass(frozen=True, slots=True)
class Command:
    """A step: under which heading, what it is for, and what to type."""

    section: str
    purpose: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    line: int
    chapter: str
    numbered: bool
    command: Command


@once_a_catalog
def first_commands(catalog: Catalog, slug: str) -> tuple[tuple[Command, ...], ...]:
    """The commands of two chapters in written order: diagnosis and mitigation where headings say so, else the first.

    Numbered steps count; where a chapter has none, blocks of a shell do.
    """
    runbook = catalog.get(Runbook, slug)
    if runbook is None:
        return ()
    chapters: dict[str, list[_Found]] = {}
    for found in _commands(catalog.document(runbook).markdown):
        chapters.setdefault(found.chapter, []).append(found)
    chosen = [role for role in _ROLES if role in chapters]
    chosen += [name for name in chapters if name not in chosen][: 2 - len(chosen)]
    return tuple(_best(chapters[name]) for name in chapters if name in chosen)


def _best(found: Iterable[_Found]) -> tuple[Command, ...]:
    every = list(found)
    numbered = [each for each in every if each.numbered]
    return tuple(each.command for each in numbered or every)


def _commands(markdown: Markdown) -> list[_Found]:
    """Every step with commands, and every block of a shell that belongs to none, in written order.

    A block inside a step inside a step is the inner one's: it says what the command is for.
    """
    taken: set[int] = set()
    found: list[_Found] = []
    for step in reversed(markdown.steps):
        own = [block for block in step.code_blocks if block.line not in taken]
        taken |= {block.line for block in own}
        if own:
            text = "\n".join(block.text.strip() for block in own)
            command = Command(step.section, _sentence(step.text), text)
            found.append(_Found(line=step.line, chapter=_chapter(markdown, step.line), numbered=True, command=command))
    for block in markdown.code_blocks:
        if block.line not in taken and block.language.lower() in _SHELLS:
            command = Command(block.section, "", block.text.strip())
            chapter = _chapter(markdown, block.line)
            found.append(_Found(line=block.line, chapter=chapter, numbered=False, command=command))
    return sorted(found, key=lambda each: each.line)


def _chapter(markdown: Markdown, line: int) -> str:
    """What a line is there for: the role that a heading above it names, else the nearest heading."""
    above: dict[int, str] = {}
    for heading in markdown.headings:
        if heading.line > line:
            break
        above = {level: text for level, text in above.items() if level < heading.level} | {heading.level: heading.text}
    named = (
        role for level in sorted(above) if level > 1 for role, words in _ROLES.items() if words.search(above[level])
    )
    return next(named, f"# {above[max(above)]}" if above else "")


def _sentence(text: str) -> str:
    """The first sentence: the rest is in the runbook, and room is short."""
    return re.split(r"(?<=[.?!:])\s", " ".join(text.split()), maxsplit=1)[0]
