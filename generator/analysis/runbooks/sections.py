"""The sections that every runbook needs: the setting `runbooks.sections`, and what of it a runbook has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.analysis.addresses import RUNBOOKS
from generator.analysis.runbooks.outline import Outline, Title
from generator.records import dataclass
from generator.settings import Settings

Names = tuple[str, ...]
"""Headings that count as one and the same section; the first is the one that is asked for."""

DIAGNOSIS: Names = ("Quick diagnosis", "Diagnosis", "Diagnóstico rápido", "Diagnóstico")
MITIGATION: Names = ("Mitigation actions", "Mitigation", "Acciones de mitigación", "Mitigación")
ESCALATION: Names = ("Escalation", "Escalamiento", "Escalado", "Escalada", "Escalación")
MEANING: Names = ("Meaning", "Significado")
IMPACT: Names = ("Impact", "Impacto")

OURS: tuple[Names, ...] = (DIAGNOSIS, MITIGATION, ESCALATION)
THE_FIELDS: tuple[Names, ...] = (MEANING, IMPACT, ("Diagnosis", *DIAGNOSIS), ("Mitigation", *MITIGATION))
"""What nine of ten public runbooks of operators have."""

_DIAGNOSIS = re.compile(r"diagn|triage|investigat|troubleshoot|investigaci", re.IGNORECASE)
_AROUND = re.compile(r"^(?:step\s+|paso\s+)?[\d.)\s:#-]*|\s*\([^()]*\)\s*$|[\s:.!?…-]+$", re.IGNORECASE)
_NOTHING = re.compile(
    r"\W*(?:(?:todo|tbd|tbc|fixme|wip|n/?a|none|xxx|placeholder|lorem ipsum|coming soon|to be (?:written|done|defined)"
    r"|(?:nobody has written this|not written) yet|work in progress"
    r"|pendiente|por (?:completar|escribir|definir)|ninguno|nada)\W*)*",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"#{1,6}(?:\s.*)?|(?:!!!|\?\?\?\+?)\s.*|:::+.*|[-*_=>+\s]*|\d+[.)]|\[TOC\]|\{\{[<%].*[%>]\}\}", re.IGNORECASE
)
"""A line that says nothing itself."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What a runbook has of the sections that it needs: those that are missing, and those that are there."""

    missing: tuple[Names, ...]
    present: tuple[Title, ...]


def contracts(settings: Settings) -> tuple[tuple[Names, ...], ...]:
    """The lists of sections of which a runbook needs one whole; where the setting is written, there is just one."""
    written = settings.get(RUNBOOKS).sections
    return (OURS, THE_FIELDS) if written is None else (written,)


def contract(outline: Outline, wanted: Sequence[Sequence[Names]]) -> Contract:
    """What a runbook has of the list that it comes nearest to: most that is there, then least that is missing."""
    by_name: dict[str, Title] = {}
    tops = sum(title.level == 1 for title in outline.titles)
    for title in outline.titles:
        if title.level > 1 or tops > 1:  # one alone is the page's title
            by_name.setdefault(key(title.text), title)
    judged = [_judged(sections, by_name) for sections in wanted]
    return min(judged, key=lambda each: (bool(each.missing), -len(each.present), len(each.missing)))


def _judged(wanted: Sequence[Names], by_name: dict[str, Title]) -> Contract:
    found = [next((by_name[name] for name in map(key, names) if name in by_name), None) for names in wanted]
    missing = tuple(names for names, title in zip(wanted, found, strict=True) if title is None)
    return Contract(missing, tuple(title for title in found if title is not None))


@lru_cache(maxsize=4096)
def key(heading: str) -> str:
    """A heading as it is compared: without case, accents, numbers in front, brackets or colons behind."""
    if heading.isascii() and heading.replace(" ", "").isalpha():
        return " ".join(heading.casefold().split())
    bare = heading
    for _ in range(3):
        bare = _AROUND.sub("", bare).strip()
    letters = unicodedata.normalize("NFKD", bare or heading)
    words = "".join(each for each in letters if not unicodedata.combining(each) and (each.isalnum() or each in " /&-"))
    return " ".join(words.casefold().split())


def empty(outline: Outline, title: Title) -> bool:
    """Whether a section says nothing: it has only headings, comments, and words such as TODO."""
    rows = (outline.lines[at] for at in range(title.line + 1 - outline.first, len(outline.lines)))
    first = next(filter(str.strip, rows), "")
    if first[:1].isalpha() and not _NOTHING.fullmatch(first):
        return False  # most sections begin with a sentence
    end = outline.end_of(title)
    if any(title.line < block.line <= end for block in outline.blocks if block.text.strip()):
        return False
    titles = {each.line for each in outline.titles}
    for line, text in outline.prose(title.line + 1, end):
        bare = text.strip()
        if line not in titles and not _FRAME.fullmatch(bare) and not _NOTHING.fullmatch(bare):
            return False
    return True


def diagnosis(outline: Outline) -> Iterator[tuple[int, int]]:
    """(first, behind the last) line of each section that is about finding out."""
    reached = 0
    for title in outline.titles:
        if title.line >= reached and title.level > 1 and _DIAGNOSIS.search(title.text):
            reached = outline.end_of(title)
            yield title.line, reached


def skipped(titles: Iterable[Title]) -> Iterator[tuple[Title, Title]]:
    """(heading, the one before) where a level is left out on the way down."""
    before: Title | None = None
    for title in titles:
        if before is not None and title.level > before.level + 1:
            yield title, before
        before = title
