"""Runbooks: there are some, each is reached from an alert, and somebody keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.references import kept
from generator.context import Context
from generator.findings import Finding
from generator.kinds.people import Person
from generator.kinds.runbook import Runbook
from generator.kinds.team import Team


@check("runbook/none", level="warning")
def none(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """There are alerts, and this repository keeps no runbook at all.

    Whoever is woken starts from scratch. An alert's runbook is the file with its name in kebab-case below `runbooks/`,
    or an address elsewhere in its annotation `runbook_url`. Where they are kept elsewhere on purpose, switch this off.
    """
    bare = [alert for alert in catalog.alerts if not alert.runbook_written]
    if bare and not kept(catalog, "runbooks"):
        first = bare[0]
        yield Finding(
            first.ref,
            f"there is no folder runbooks/, and {len(bare)} of {len(catalog.alerts)} alerts lead to no runbook",
            f"begin with this one: tocsin new runbook {first.runbook}",
        )


@check("runbook/unused", level="warning")
def unused(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """No alert leads to a runbook.

    Nobody finds it at 3 am, and nobody notices when it rots. Name it with `runbook:` in an alert, or delete it; one
    that is `deprecated` may stay for old links.
    """
    if not kept(catalog, "alerts") or catalog.broken.get("service"):
        return  # the alerts that lead here may be in a source that could not be read
    reached = {alert.runbook for alert in catalog.alerts}
    for runbook in catalog.all(Runbook):
        if runbook.id not in reached and not runbook.deprecated:
            yield runbook.finding(
                message=f"no alert leads to runbook '{runbook.id}'",
                hint="name it in an alert with `runbook:`, mark it `deprecated: true`, or delete it",
            )


@check("runbook/deprecated", level="warning")
def deprecated(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert leads to a runbook that should be used no more, or a runbook is replaced by such a one.

    Whoever is woken reads "out of use" and has to look for another page. Let the alert name the runbook that replaces
    it (`runbook:`), or take `deprecated` out if it still holds.
    """
    for runbook in catalog.all(Runbook):
        if not runbook.deprecated:
            continue
        other = catalog.get(Runbook, runbook.replaced_by)
        hint = f"write runbook: {other.id}" if other else f"name another runbook, or let '{runbook.id}' hold again"
        for alert in catalog.alerts_by_runbook.get(runbook.id, ()):
            said = f", which {other.id} replaces" if other else ""
            message = f"alert {alert.name} leads to runbook '{runbook.id}', which is out of use{said}"
            yield Finding(alert.runbook_ref, message, hint, subject=f"{alert.service.id}/{alert.name}")
        if other is not None and other.deprecated:
            yield runbook.finding(
                "replaced_by",
                message=f"runbook '{runbook.id}' is replaced by '{other.id}', which is out of use itself",
                hint="name the one that holds",
            )


@check("runbook/owner-left", level="warning")
def owner_left(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A runbook's `owner` is a team or a person that is not here any more.

    What nobody owns rots. Write the team that answers for it now, or leave `owner` out: then it is the team of the
    alerts that lead here.
    """
    if not kept(catalog, "schedules"):
        return
    for runbook in catalog.all(Runbook):
        if runbook.owner is not None and (why := _gone(catalog, runbook.owner, context)):
            yield runbook.finding(
                "owner",
                message=f"runbook '{runbook.id}' is kept by '{runbook.owner}', {why}",
                hint="write the team that keeps it now, or leave owner out: the team of its alerts does",
            )


def _gone(catalog: Catalog, owner: str, context: Context) -> str:
    """Why an owner keeps nothing any more; empty where it may."""
    if catalog.get(Team, owner) is not None or catalog.may_define("team", owner):
        return ""
    person = catalog.get(Person, owner)
    if person is None:
        return "" if catalog.broken.get("people") else "and no team or person here has that name"
    left = person.until is not None and person.until <= context.now
    return f"who left on {person.until:%Y-%m-%d}" if left else ""
