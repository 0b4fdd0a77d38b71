"""What every runbook says: its sections, and headings that form a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.analysis.runbooks.outline import Outline, Title, outline
from generator.analysis.runbooks.sections import contract, contracts, empty, skipped
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Span
from generator.kinds.runbook import Runbook

SHOWN = 3


def at(runbook: Runbook, line: int, column: int = 1) -> Ref:
    """A place in a runbook's text."""
    return Ref(runbook.ref.path, ("body",), span=Span(line, column, line, column))


def in_use(catalog: Catalog) -> Iterator[tuple[Runbook, Outline]]:
    """The runbooks that count, with their outlines; what is out of use may be as it is."""
    for runbook in catalog.all(Runbook):
        if not runbook.deprecated:
            yield runbook, outline(catalog, runbook.ref.path)


def listed(names: Iterable[str], shown: int = SHOWN) -> str:
    """`'A', 'B' and 2 more`."""
    every = list(names)
    kept = ", ".join(every[:shown])
    return f"{kept} and {len(every) - shown} more" if len(every) > shown else kept


@check("runbook/section-missing", level="warning")
def section_missing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A runbook lacks a section that every runbook here needs.

    At 3 am people look for the same things in the same places: what to look at first, what stops the harm, when to call
    somebody. Without a setting two lists will do, in English or Spanish: Quick diagnosis (or Diagnosis), Mitigation
    actions (or Mitigation) and Escalation; or Meaning, Impact, Diagnosis and Mitigation. The one that a runbook comes
    nearer to is asked for.

    Choose your own in `tocsin.yaml`; each entry lists headings that count as one section, and `[]` asks for none:
    `runbooks: {sections: [[Symptoms], [Checks, Diagnosis], [Resolution]]}`. Level, case, accents, numbers in front and
    brackets behind do not matter.
    """
    wanted = contracts(catalog.settings)
    for runbook, found in in_use(catalog):
        missing = contract(found, wanted).missing
        if missing:
            names = [names[0] for names in missing]
            quoted = listed((f"'{name}'" for name in names), 9)
            word = "section" if len(names) == 1 else "sections"
            others = [name for name in missing[0][1:] if name != names[0]]
            also = f" (or {', '.join(others[:3])})" if others else ""
            yield Finding(
                at(runbook, found.titles[0].line if found.titles else found.first),
                f"runbook '{runbook.id}' has no {word} {quoted}",
                f"add a heading `## {names[0]}`{also}; runbooks.sections in tocsin.yaml says what is needed",
                subject=runbook.id,
            )


@check("runbook/section-empty", level="warning")
def section_empty(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A section of a runbook says nothing.

    A heading promises an answer. Comments, and words such as TODO or TBD alone, are none. Write the first thing that
    you would do, or take the heading out.
    """
    for runbook, found in in_use(catalog):
        bare = [title for title in found.titles if title.level > 1 and title.text and empty(found, title)]
        bare = [title for title in bare if not _inside(title, bare, found)]
        if bare:
            word = "section" if len(bare) == 1 else "sections"
            quoted = listed(f"'{title.text}'" for title in bare)
            yield Finding(
                at(runbook, bare[0].line),
                f"runbook '{runbook.id}' says nothing in {word} {quoted}",
                "write the first thing that you would do, or take the heading out",
                subject=runbook.id,
            )


def _inside(title: Title, others: Iterable[Title], found: Outline) -> bool:
    return any(each.line < title.line < found.end_of(each) for each in others)


@check("runbook/heading-skipped", level="note")
def heading_skipped(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A heading is more than one level below the one before it.

    Screen readers and the page's table of contents take levels for a tree, and a level that is left out for something
    that is missing.
    """
    for runbook, found in in_use(catalog):
        jumps = list(skipped(found.titles))
        if jumps:
            title, before = jumps[0]
            more = f", and {len(jumps) - 1} more like it" if len(jumps) > 1 else ""
            yield Finding(
                at(runbook, title.line),
                f"heading '{title.text}' has level {title.level} below one of level {before.level}{more}",
                f"write it with {'#' * (before.level + 1)}",
                subject=runbook.id,
            )
