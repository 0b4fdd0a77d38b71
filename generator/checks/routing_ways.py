"""What a page goes through: receivers that are there and keep no secret, steps that call somebody."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.routing import routing
from generator.analysis.routing.inline_secrets import inline_secrets
from generator.analysis.routing.people import can_be_reached
from generator.analysis.routing.quiet import services_by_team
from generator.analysis.routing.receivers import receiver_of
from generator.analysis.routing.settings import RECEIVERS
from generator.analysis.routing.steps import called
from generator.analysis.severity import PAGE
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule, Team


@check("receiver/missing")
def receiver(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A team names a receiver that the settings do not have.

    Whoever waits at the other end would be told nothing. Receivers beside a team's own Slack, e-mail and escalation are
    written in Alertmanager's keys under `receivers` of `tocsin.yaml`.
    """
    known = catalog.settings.get(RECEIVERS)
    for team in catalog.all(Team):
        for index, name in enumerate(team.receivers):
            if name not in known:
                yield team.finding(
                    "receivers",
                    index,
                    message=f"team {team.id} names receiver '{name}', which does not exist",
                    hint=did_you_mean(name, known) or "add it under receivers of tocsin.yaml, or mend the name",
                )


@check("receiver/inline-secret")
def inline_secret(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A receiver of the settings holds a secret in plain text.

    What is in a repository is read by everybody who ever clones it, and stays in its history. Write the secret into a
    file on Alertmanager's machine and name that file: `routing_key_file`, `api_url_file`, `password_file`,
    `credentials_file`, `url_file`. A secret that was committed counts as known to others: have it replaced.
    """
    for secret in inline_secrets(catalog.settings.get(RECEIVERS)):
        yield Finding(
            catalog.settings.ref("receivers", *secret.pointer),
            f"receiver {secret.pointer[0]} holds a secret: {secret.what}",
            secret.hint,
            subject="/".join(str(step) for step in secret.pointer),
        )


@check("routing/nobody-called")
def nobody_called(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """No step of an escalation policy calls anybody in the coming four weeks.

    A page of the services that use it rings nowhere. A schedule whose layers have ended, have not begun, or are all
    `shadow: true` calls nobody.
    """
    for policy in _used(catalog):
        steps = called(catalog, policy.id, context.now)
        if steps and not any(step.reaches for step in steps) and not _broken(catalog, policy):
            yield policy.finding(
                message=f"no step of {policy.name} calls anybody in the coming four weeks",
                hint="give one of its schedules a layer with people, or name a person",
            )


@check("routing/empty-step", level="warning")
def empty_step(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A step of an escalation policy calls nobody in the coming four weeks.

    Time passes until the next step, or PagerDuty skips it: either way it is not what was meant.
    """
    for policy in _used(catalog):
        steps = called(catalog, policy.id, context.now)
        for step in steps if any(step.reaches for step in steps) and not _broken(catalog, policy) else ():
            empty = [each.name for each, people in step.schedules if not people]
            if not step.reaches:
                yield policy.finding(
                    "steps",
                    step.index,
                    "page",
                    message=f"step {step.index + 1} of {policy.name} calls nobody: "
                    + (
                        f"{' and '.join(empty)} has nobody on call in the coming four weeks" if empty else "it is empty"
                    ),
                    hint="give the schedule a layer with people, or leave the step out",
                )


@check("routing/unreachable-person", level="warning")
def unreachable_person(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Somebody is on call for a team that pages people itself, and Alertmanager cannot reach them.

    With `pages: people` Alertmanager writes to whoever is on call: by e-mail (the settings name the mail server), or by
    a mention in the team's channel (`slack:` of the person and of the team). In the shifts of somebody with neither,
    the whole team is told instead.
    """
    for team in catalog.all(Team):
        for ident in _on_call(catalog, context, team) if team.pages_people else ():
            person = catalog.get(Person, ident)
            if person is not None and not can_be_reached(catalog, team, person):
                yield Finding(
                    person.ref,
                    f"{ident} is on call for team {team.id}, and has neither an e-mail that is sent nor Slack",
                    "write email: (and alertmanager.smtp_smarthost in tocsin.yaml) or slack:",
                    subject=f"{team.id}/{ident}",
                )


@check("routing/no-fallback")
def no_fallback(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A team pages people itself, and nobody is notified when none of them is on call.

    Shifts are known for six weeks after a build, and a schedule may have gaps: then the team as a whole is told, by its
    Slack channel, its e-mail, or its lead's. This team has none of them, so such a page would be lost.
    """
    found = routing(catalog, context.now)
    for team in (each for each in catalog.all(Team) if each.pages_people):
        told = receiver_of(catalog, team, PAGE, team.policy)
        reached = any(name.startswith(f"{team.id}/person/") for name in found.receivers)
        if reached and not told.reaches:
            yield team.finding(
                "pages",
                message=f"team {team.id} pages people, and nobody is notified when none of them is on call",
                hint="write slack:, or email:, or a lead with an e-mail",
            )


def _used(catalog: Catalog) -> Iterator[EscalationPolicy]:
    """The policies that pages of a service go by."""
    for team in catalog.all(Team):
        services = services_by_team(catalog).get(team.id, ())
        named = {f"{team.id}/{each.escalation}" if each.escalation else team.id for each in services}
        yield from (policy for policy in team.policies if policy.id in named)


def _on_call(catalog: Catalog, context: Context, team: Team) -> Iterator[str]:
    """Everybody whom the first step of a used policy of the team calls, each once."""
    people: dict[str, None] = {}
    for policy in _used(catalog):
        for step in called(catalog, policy.id, context.now)[:1] if policy.team == team.id else ():
            for each in (*step.people, *(person for _, found in step.schedules for person in found)):
                people[each] = None
    yield from people


def _broken(catalog: Catalog, policy: EscalationPolicy) -> bool:
    """Whether a target leads nowhere: other findings say so."""
    targets = [target for step in policy.steps for target in step.targets]
    people = [ident for each in targets if each.kind == "schedule" for ident in _rotation(catalog, each.id)]
    people += [each.id for each in targets if each.kind == "person"]
    missing = any(catalog.get(Schedule, each.id) is None for each in targets if each.kind == "schedule")
    return missing or any(catalog.get(Person, ident) is None for ident in people)


def _rotation(catalog: Catalog, ident: str) -> tuple[str, ...]:
    schedule = catalog.get(Schedule, ident)
    return tuple(person for layer in schedule.layers for person in layer.people) if schedule else ()
