"""Links that lead nowhere. Where a repository keeps nothing of the kind linked to, one note says so instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.subjects import subject_of
from generator.context import Context
from generator.findings import Finding, Ref, did_you_mean
from generator.kinds.team import Schedule

FOLDERS = {
    "team": "schedules",
    "person": "schedules",
    "schedule": "schedules",
    "escalation": "schedules",
    "runbook": "runbooks",
    "service": "alerts",
    "slo": "alerts",
    "alert": "alerts",
    "component": "status",
}
"""Where what a reference leads to is kept."""


def kept(catalog: Catalog, folder: str) -> bool:
    """Whether a repository keeps sources in a folder; one folder alone is a valid repository."""
    return any(f"{path}/".startswith(f"{folder}/") for path in (*catalog.documents, *catalog.unread))


def _missing(catalog: Catalog, to: str, hint: str) -> Iterator[Finding]:
    if not kept(catalog, FOLDERS[to]):
        return
    known = catalog.known(to)
    for each in catalog.unresolved:
        if each.to == to:
            message = f"{each.said} {to} '{each.id}', which does not exist"
            near = did_you_mean(each.id, known | _paged(catalog, each.where))
            yield Finding(each.where, message, near or hint, subject=_owner(catalog, each.where))


def _owner(catalog: Catalog, where: Ref) -> str:
    """What the link is written in: `cart/CartDown`, not the key that holds it."""
    return subject_of(catalog, replace(where, pointer=where.pointer[:-1]))


def _paged(catalog: Catalog, where: Ref) -> frozenset[str]:
    """Where a step pages somebody, a schedule may have been meant as well."""
    if "page" not in where.pointer:
        return frozenset()
    return frozenset(each.key for each in catalog.all(Schedule) if each.ref.path == where.path)


@check("team/missing")
def team(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A team is named that has no file.

    A service without a team wakes nobody. Teams live at `schedules/<team>.yaml`; the file's name is the team's id.
    """
    return _missing(catalog, "team", "write it with `tocsin new schedule`, or mend the name")


@check("person/missing")
def person(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody is named who is not among the people.

    A typo in a rotation is a night on which nobody is called. People live in `schedules/people.yaml`.
    """
    return _missing(catalog, "person", "add them to schedules/people.yaml, or mend the name")


@check("schedule/missing")
def schedule(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A schedule is named that no team has.

    Another team's schedule is written `<team>/<schedule>`; the team's own by its key alone.
    """
    return _missing(catalog, "schedule", "mend the name, or add the schedule to its team")


@check("escalation/missing")
def escalation(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A service names an escalation policy that its team does not have.

    Policies beside the team's own `escalation` are kept under `escalations`, each with its key.
    """
    return _missing(catalog, "escalation", "add it under `escalations` of the team, or leave the key out")


@check("runbook/missing")
def runbook(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An alert or a runbook names a runbook that does not exist.

    A dead link at 3 am costs more than no link: people trust it first. Write the runbook (`tocsin new runbook …`)
    or mend the name.
    """
    return _missing(catalog, "runbook", "write it with `tocsin new runbook`, or mend the name")


@check("service/missing")
def service(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A service is named that has no file.

    Services live at `alerts/<service>.yaml`; the file's name is the service's id.
    """
    return _missing(catalog, "service", "write it with `tocsin new service`, or mend the name")


@check("slo/missing")
def slo(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An SLO is named that no service has.

    Across files an SLO is written `<service>/<name>`, for example `tr-web/requests-availability`.
    """
    return _missing(catalog, "slo", "write <service>/<name>")


@check("alert/missing")
def alert(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A postmortem names an alert that no service has.

    Services, SLOs and team of an incident follow from its alerts. A renamed alert is renamed in the postmortem too.
    """
    return _missing(catalog, "alert", "mend the name: alerts are written as they fire")


@check("component/missing")
def component(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An incident or a maintenance names a component that the status page does not have.

    Customers would not see it. Components and their keys are in `status/components.yaml`.
    """
    return _missing(catalog, "component", "add it to status/components.yaml, or mend the key")


@check("reference/elsewhere", level="note")
def elsewhere(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Links lead into a folder that this repository does not have, so they are not checked.

    One folder alone is a valid repository. Whoever adds the other folders gets the links checked as well.
    """
    unkept = [(FOLDERS[each.to], each.where) for each in catalog.unresolved]
    unkept = [(folder, where) for folder, where in unkept if not kept(catalog, folder)]
    for folder, count in sorted(Counter(folder for folder, _ in unkept).items()):
        first = min((where for each, where in unkept if each == folder), key=lambda ref: (ref.path, str(ref.pointer)))
        links = f"{count} links lead" if count > 1 else "1 link leads"
        yield Finding(
            Ref(first.path, first.pointer), f"there is no folder {folder}/: {links} there and cannot be checked"
        )
