"""Wording that looks for somebody to blame, in English and Spanish: what is said, where, and what to ask instead.

People did what made sense to them with what they knew; a text that says otherwise teaches the next one to keep quiet.
Machines may fail to start, and nobody is blamed for it: such phrases count only where people are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems import phrases_en, phrases_es
from generator.analysis.postmortems.actions import action_items
from generator.analysis.postmortems.phrases import Phrase
from generator.analysis.postmortems.prose import Prose, prose
from generator.documents.fields import fields
from generator.findings import Ref
from generator.kinds.people import Person
from generator.kinds.postmortem import Postmortem
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

_DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|nobody|none|without|isn't|wasn't|aren't|sin|ni|nunca|nadie|tampoco)\b"
    r"(?:\s+(?!because|since|that|and|but|porque|que|y|pero)[\w']+){0,2}\s*$",
    re.IGNORECASE,
)
"""How what stands before a phrase ends when the phrase is denied: "it was not a human error"."""
_SENTENCE = re.compile(r"[.;:!?|]\s|\n\s*\n")
_AUTHORS = frozenset({"author", "authors", "autor", "autora", "autores", "owner", "owners", "incident commander"})
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}")
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Blame:
    """A phrase as it stands there, and how to say it instead."""

    ref: Ref
    text: str
    why: str
    """What is wrong with it, as the end of a sentence."""
    instead: str


@once_a_catalog
def blame(catalog: Catalog, postmortem: Postmortem) -> tuple[Blame, ...]:
    """The phrases of a postmortem that blame, in written order; of two that overlap, the one that begins first."""
    text = prose(catalog.document(postmortem))
    found = sorted(_found(text, _phrases(catalog, postmortem)), key=lambda each: each[:2])
    out: list[Blame] = []
    end = 0
    for start, until, phrase in found:
        if start >= end:
            out.append(_blame(text, start, until, phrase))
            end = until
    return tuple(out)


def _phrases(catalog: Catalog, postmortem: Postmortem) -> Iterator[Phrase]:
    document = catalog.document(postmortem)
    written = (each.value for each in fields(document.body) if each.label in _AUTHORS)
    known = _people(catalog)
    others = _names(name for value in written for name in re.split(r",|;|/| and | y |&", value)) - known
    for names in filter(None, (known, others)):
        yield from _named(catalog, names)
    yield from phrases_en.PHRASES
    yield from phrases_es.PHRASES


@once_a_catalog
def _named(_catalog: Catalog, names: frozenset[str]) -> tuple[Phrase, ...]:
    return phrases_en.named(names), phrases_es.named(names)


def _found(prose: Prose, phrases: Iterable[Phrase]) -> Iterator[tuple[int, int, Phrase]]:
    """Patterns are tried where one of their stems is: to try them everywhere takes ten times as long."""
    text, lower = prose.masked, prose.masked.lower()
    exact = len(lower) == len(text)  # there are letters that grow
    begins = [start for start, _ in prose.paragraphs]
    for phrase in phrases:
        numbers = _near(lower, phrase.stems, begins) if exact else range(len(begins))
        for start, end in (prose.paragraphs[number] for number in numbers):
            for match in phrase.pattern.finditer(text, start, end):
                before = _SENTENCE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
                if not _DENIED.search(before):
                    yield *match.span(), phrase


def _near(text: str, stems: Iterable[str], begins: Sequence[int]) -> list[int]:
    """The numbers of the paragraphs that have one of the stems."""
    found: set[int] = set()
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            number = bisect_right(begins, at) - 1
            found.add(number)
            at = text.find(stem, begins[number + 1]) if number + 1 < len(begins) else -1
    return sorted(found)


def _blame(text: Prose, start: int, end: int, phrase: Phrase) -> Blame:
    return Blame(text.ref(start, end), " ".join(text.masked[start:end].split()), phrase.why, phrase.instead)


@once_a_catalog
def _people(catalog: Catalog) -> frozenset[str]:
    """How people may be called: ids and names, of authors and owners too."""
    people = catalog.all(Person)
    owners = (item.owner for item in action_items(catalog))
    authors = (author for postmortem in catalog.all(Postmortem) for author in postmortem.authors)
    return _names([*(each.id for each in people), *(each.name for each in people), *authors, *owners])


def _names(written: Iterable[str]) -> frozenset[str]:
    """Names and first names, of what may be one."""
    names = {name.strip(" @*_`\n") for name in written}
    known = {name for name in names if _NAME.fullmatch(name)}
    return frozenset(each for name in known for each in (name, name.split()[0]) if len(each) > 1)
