"""Reviews of runbooks: what has changed since, and how long ago they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.analysis.runbooks.changed import Changed, reviewed, reviews, words
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Related
from generator.kinds.runbook import Runbook

AGE = timedelta(days=365)
SHOWN = 3
"""So many alerts are named; the rest is a number."""


@check("runbook/changed", level="warning")
def changed(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert means something else than on the day on which its runbook was reviewed.

    Git knows what the alert said then. What counts is what decides when it fires and whom it wakes: expression,
    objective, what is measured, thresholds, how long it waits, urgency, severity, labels, the service's selector.
    Texts, comments and how a query is broken into lines do not count, nor does what changed on the day of the review.
    What you have not committed yet counts: better told before the pull request than after.

    Read the runbook with the alert beside it, mend what is not true any more, and write the day into `reviewed`. A
    runbook without `reviewed` is not looked at.
    """
    if not (each := reviewed(catalog)):
        return
    found = reviews(catalog, context.history, context.now).changed
    for runbook in each:
        if changes := found.get(runbook.id):
            yield _finding(runbook, changes)


def _finding(runbook: Runbook, changes: tuple[Changed, ...]) -> Finding:
    told = [f"{each.alert.name} ({words(each.what)})" for each in changes[:SHOWN]]
    more = [f"{len(changes) - SHOWN} more"] if len(changes) > SHOWN else []
    are = "its alert has changed" if len(changes) == 1 else "its alerts have changed"
    related = (
        Related(each.alert.ref, f"changed on {each.day}" if each.day else "changed, and not committed yet")
        for each in changes[:SHOWN]
    )
    return runbook.finding(
        "reviewed",
        message=f"since runbook '{runbook.id}' was reviewed on {runbook.reviewed}, {are}: {', '.join([*told, *more])}",
        hint="go through it with the alert beside it, mend it, and write the day into reviewed",
    ).with_related(*related)


@check("runbook/history", level="note")
def history(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Nothing is known of whether alerts changed since their runbooks were reviewed.

    That needs Git's whole history: a clone that is shallow (`git fetch --unshallow`; in CI `fetch-depth: 0`) or
    partial, or a folder that is in no Git repository, cannot tell. Said once instead of guessed for each.
    """
    each = reviewed(catalog)
    if each and (reason := reviews(catalog, context.history, context.now).reason):
        yield each[0].finding(
            "reviewed",
            message=f"whether alerts changed since {len(each)} runbooks were reviewed cannot be told: {reason}"
            if len(each) > 1
            else f"whether its alerts changed since this runbook was reviewed cannot be told: {reason}",
            hint="git fetch --unshallow brings the history; in CI, fetch-depth: 0" if "shallow" in reason else "",
        )


@check("runbook/old", level="note")
def old(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Nobody has gone through a runbook for more than a year.

    Age alone says little, so this is a note: an alert that changed since is the better sign (`runbook/changed`). Walk
    through it with its commands once, and write the day into `reviewed`.
    """
    for runbook in catalog.all(Runbook):
        if runbook.reviewed is None or runbook.deprecated:
            continue
        age = context.now.date() - runbook.reviewed
        if age > AGE:
            yield runbook.finding(
                "reviewed",
                message=f"runbook '{runbook.id}' was reviewed {age.days} days ago",
                hint="walk through it once with its commands, and write the day into reviewed",
            )
