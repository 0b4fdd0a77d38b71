"""Comments that silence one finding: with a reason, and as long as there is something to silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.checks.base import described
from generator.findings import Finding, Level, Ref, Span

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.context import Context
    from generator.documents import Suppression

no_reason = described(
    "suppression/no-reason",
    """A comment silences a finding without saying why.

    Whoever reads it next year must know whether it still holds. Write the reason behind the brackets:
    `# tocsin: ignore[alert/cause] until 2027-01-31 the pool metric arrives with release 9`.
    """,
)

expired = described(
    "suppression/expired",
    """A comment that silenced a finding is past its date.

    It silences nothing any more. Mend what it silenced, or decide again and write a new date.
    """,
)

unused = described(
    "suppression/unused",
    """A comment silences a finding that is not there.

    The thing was mended, or the id is not a check's. Remove the comment: left behind, it would hide the next fault.
    """,
    "warning",
)


def silence(findings: Iterable[Finding], catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The findings that no comment silences, and what is wrong with the comments."""
    comments = [(path, each) for path, document in catalog.documents.items() for each in document.suppressions]
    today = context.now.date()
    holding = {
        (path, each.target_line, each.check): each
        for path, each in comments
        if each.reason and (each.until is None or today <= each.until)
    }
    used = set()
    for finding in findings:
        key = (finding.where.path, (finding.where.span or Span()).line, finding.check)
        if key in holding and not finding.check.startswith("source/"):
            used.add(key)
        else:
            yield finding
    for path, each in comments:
        yield from _about(path, each, used=(path, each.target_line, each.check) in used, expired_on=today)


def _about(path: str, each: Suppression, *, used: bool, expired_on: object) -> Iterator[Finding]:
    where = Ref(path, span=Span(each.line, each.column, each.line, each.column))
    if not each.reason:
        message = f"the comment that ignores {each.check} gives no reason"
        yield Finding(where, message, "write it behind the brackets", check=no_reason.id, level=Level.ERROR)
    elif each.until is not None and str(expired_on) > each.until.isoformat():
        message = f"the comment that ignores {each.check} counted until {each.until}"
        yield Finding(where, message, "mend what it silenced, or write a new date", check=expired.id, level=Level.ERROR)
    elif not used:
        message = f"the comment ignores {each.check}, which finds nothing on line {each.target_line}"
        yield Finding(where, message, "remove the comment", check=unused.id, level=Level.WARNING)
