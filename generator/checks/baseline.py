"""The baseline: findings that were there when checking began are not reported, and what is mended must leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.checks.base import check, described
from generator.context import Context
from generator.findings import Finding, Level, Ref
from generator.kinds.baseline import Known

if TYPE_CHECKING:
    from generator.catalog import Catalog

FAMILY = "baseline/"
UNBUILDABLE = ("query/syntax", "query/selector", "alert/template")
"""Checks whose errors nobody can live with: servers refuse the whole file that is made of it."""

BY_PROGRAM = frozenset({"runbook/shellcheck"})
"""Checks that another program makes: where it was not asked, nobody knows whether what they found is mended."""

unused = described(
    "baseline/unused",
    """An entry of `baseline.yaml` matches no finding.

    What it stood for is mended, or was renamed. Run `tocsin check --baseline`, which takes such entries out: left
    behind, it would hide the next finding of that name. While a source cannot be read nothing is said of entries: what
    they stand for may be in it; nor of those of `runbook/shellcheck` where shellcheck did not run.
    """,
    "warning",
)


@check("baseline/grown")
def grown(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An entry was added to `baseline.yaml` by hand.

    The baseline holds what was there when checking began, and may only shrink: what is new is mended, or silenced by a
    comment at its place that says why. Told where there is something to compare with (`tocsin check --since`), and
    where that has a baseline already.
    """
    if not catalog.all(Known):
        return
    before = {known.id: Counter(known.subjects) for known in (context.base.all(Known) if context.base else ())}
    if not before:
        return
    for known in catalog.all(Known):
        left = before.get(known.id, Counter())
        for index, subject in enumerate(known.subjects):
            if not left[subject]:
                message = f"the baseline may only shrink, and {known.id} has gained '{subject}'"
                hint = f"mend it, or silence it at its place: tocsin: ignore[{known.id}] and the reason"
                yield Finding(known.ref.at(index), message, hint, subject=f"{known.id} {subject}")
            left[subject] -= 1


def may_be_known(finding: Finding) -> bool:
    """Whether a baseline can hold it: not what makes files that nothing could load, and nothing about itself."""
    broken = finding.level is Level.ERROR and (
        finding.check in UNBUILDABLE or finding.check.startswith(("source/", "schema/"))
    )
    return not broken and not finding.check.startswith(FAMILY)


def entries(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """What a baseline of these findings says: check → subjects, both sorted; a subject once for each finding."""
    found: dict[str, list[str]] = {}
    for each in findings:
        if may_be_known(each):
            found.setdefault(each.check, []).append(each.subject)
    return {check: sorted(found[check]) for check in sorted(found)}


def is_told(check_id: str, context: Context) -> bool:
    """Whether a check has said all that it has to say."""
    return check_id not in BY_PROGRAM or check_id in context.tested


def without_known(findings: Iterable[Finding], catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The findings that the baseline does not know, and its entries that match none."""
    left = {known.id: Counter(known.subjects) for known in catalog.all(Known)}
    for finding in findings:
        if may_be_known(finding) and left.get(finding.check, Counter())[finding.subject] > 0:
            left[finding.check][finding.subject] -= 1
        else:
            yield finding
    for known in catalog.all(Known) if not catalog.unread else ():
        if is_told(known.id, context):
            yield from _unused(known, left[known.id])


def _unused(known: Known, left: Mapping[str, int]) -> Iterator[Finding]:
    """Of a subject that stands there too often the last ones are too many."""
    remaining = dict(left)
    for index in reversed(range(len(known.subjects))):
        subject = known.subjects[index]
        if remaining[subject] > 0:
            remaining[subject] -= 1
            yield Finding(
                Ref(known.ref.path, (*known.ref.pointer, index)),
                f"{known.id} finds nothing about '{subject}' any more",
                "take it out: tocsin check --baseline",
                check=unused.id,
                level=unused.level,
                subject=f"{known.id} {subject}",
            )
