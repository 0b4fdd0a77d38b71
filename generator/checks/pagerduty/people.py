"""PagerDuty: ways to reach people that cannot be made from here; layers that change places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.analysis.pagerduty.contacts import contact_methods, is_there, whole_minutes
from generator.analysis.pagerduty.use import account_of, is_used
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.people import Person
from generator.kinds.team import Schedule


@check("pagerduty/unreachable", level="warning")
def unreachable(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A way to reach somebody cannot be given to PagerDuty.

    Numbers come as variables of Terraform. Other ways exist in PagerDuty before Terraform does: the app on the phone
    makes the push method, and the first e-mail is there from the beginning, with a rule that writes at once. Any other
    notification rule can only name such a method by its id. Write it into `schedules/pagerduty.ids.yaml`, with the id
    of the user before it: `pagerduty_user_contact_method.alice_push: PUSER01:PMETHOD1`. `tocsin import pagerduty` finds
    it. Who has no e-mail has no user, and so no way to be reached at all.
    """
    for person in catalog.all(Person) if is_used(catalog) else ():
        if not person.email and (person.contact or person.notify):
            key = "contact" if person.contact else "notify"
            yield person.finding(
                key,
                message=f"{key} of {person.id} does nothing: PagerDuty knows people by their e-mail",
                hint="write email:",
                key=True,
            )
            continue
        methods = {method.how: method for method in contact_methods(catalog, person)}
        for index, step in enumerate(person.notify):
            method = methods[step.by]
            if not method.can_be_named and not is_there(step.by, whole_minutes(step.after)):
                yield person.finding(
                    "notify",
                    index,
                    message=f"{person.id} is not notified by {step.by}: the id of that method is not known",
                    hint=f"write it into schedules/pagerduty.ids.yaml: {method.address}: USER:METHOD",
                )


@check("pagerduty/notify-twice", level="warning")
def notify_twice(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two notification rules of a person are the same in PagerDuty.

    It counts whole minutes, rounded up here, and takes the same way after the same time once. Take one out.
    """
    for person in catalog.all(Person) if is_used(catalog) else ():
        seen: Counter[tuple[str, int]] = Counter()
        for index, step in enumerate(person.notify):
            minutes = whole_minutes(step.after)
            seen[step.by, minutes] += 1
            if seen[step.by, minutes] == 2:
                yield person.finding(
                    "notify",
                    index,
                    message=f"{person.id} is notified by {step.by} after {minutes} minutes already",
                    hint="take one of the two out",
                )


@check("pagerduty/layer-moved", level="note")
def layer_moved(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A layer was put in front of others that PagerDuty has.

    Layers are known there by their position. One that is new at the end is added; one before others turns each of those
    after it into its neighbour: the plan is long, and their history in PagerDuty belongs to other layers afterwards.
    Who is on call is right all the same. If the order does not matter, put the new layer last.
    """
    if context.base is None or not is_used(catalog):
        return
    account = account_of(catalog, context.now)
    for schedule in account.schedules:
        before = context.base.get(Schedule, schedule.id)
        names = [layer.name for layer in before.layers if not layer.shadow] if before else []
        new = [index for index, layer in enumerate(schedule.layers) if not layer.shadow and layer.name not in names]
        old = [index for index, layer in enumerate(schedule.layers) if layer.name in names]
        if new and old and new[0] < old[-1]:
            yield schedule.finding(
                "layers",
                new[0],
                message=f"the new layer {schedule.layers[new[0]].name} stands before others:"
                " in PagerDuty each of them becomes its neighbour",
                hint="put it last, if it may win over the others",
            )
