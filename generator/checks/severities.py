"""The severity map: its severities are known, a worse burn is the louder one, and its numbers are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.analysis.severity import PAGE
from generator.analysis.slos.legs import plain
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.pasted import raw
from generator.checks.slos.legs import windows_of, written
from generator.context import Context
from generator.findings import Edit, Finding, Fix, Related
from generator.kinds.service import Service
from generator.kinds.severity_map import Condition, Severity


@check("severity/missing")
def severity_missing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A severity is named that the severity map does not have.

    Overrides of it have no effect, and an alert would propose what nobody knows how to answer. The severities are
    those of `alerts/severity-map.yaml`; where it is absent, SEV-1 to SEV-3.
    """
    if catalog.may_define("severity-map", "severity-map"):
        return
    known = [severity.id for severity in catalog.severities]
    for service in catalog.all(Service):
        named = [(service.id, service.ref.key("severities", name), name) for name in service.severities]
        for slo in service.slos:
            named += [(slo.id, slo.ref.key("severities", name), name) for name in slo.severities]
        for alert in service.alerts:
            named += [(alert.id, alert.ref.at("severity"), alert.severity)] if alert.severity else []
        for subject, where, name in named:
            if name not in known:
                message = f"there is no severity {name} in the severity map"
                yield Finding(where, message, f"there are {', '.join(known)}", subject=subject)


@check("severity/order", level="warning")
def order(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A worse burn makes a ticket where a milder one pages.

    The higher severity is the worse one, and of two legs of the same windows the faster one is. What is worse must
    not be told more quietly.
    """
    for quiet in catalog.all(Severity):
        for loud in catalog.all(Severity):
            if quiet.urgency != PAGE and loud.urgency == PAGE:
                yield from _louder(quiet, loud)


def _louder(quiet: Severity, loud: Severity) -> Iterator[Finding]:
    related = (Related(loud.ref.at("urgency"), f"{loud.id} pages"),)
    if quiet.rank < loud.rank:
        message = f"{quiet.id} is higher than {loud.id}, and makes a ticket where {loud.id} pages"
        yield Finding(quiet.ref.at("urgency"), message, "let the higher severity page", related, subject=quiet.id)
        return
    for index, slow in enumerate(quiet.conditions):
        faster = next((fast for fast in loud.conditions if _worse(slow, fast)), None)
        if faster is not None:
            yield Finding(
                quiet.ref.at("conditions", index),
                f"{quiet.id} makes a ticket of {plain(slow.burn_rate)} times over {windows_of(slow)}, and {loud.id} "
                f"pages at {plain(faster.burn_rate)} times over {windows_of(faster)} already",
                f"move it to {loud.id}, or lower its burn rate",
                related,
                subject=quiet.id,
            )


def _worse(slow: Condition, fast: Condition) -> bool:
    """Whether the ticket's condition is the worse burn, for every SLO that it is about."""
    same = fast.slos in ("all", slow.slos)
    return same and slow.burn_rate > fast.burn_rate and slow.long <= fast.long


@check("severity/pasted-form", level="note")
def pasted_form(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A burn rate or windows of a condition are written as text for people.

    `"> 14.4x"` and `5m and 1h` are read as 14.4 and `[5m, 1h]`; that is their form, which editors complete and check.
    `tocsin check --fix` writes it.
    """
    for each in written(catalog):
        data = raw(catalog, each.ref)
        windows = re.findall(r"[0-9]\w*", str(data["window"]))
        rate = _number(each.condition.burn_rate)
        for key, value in (("burn_rate", rate), ("window", windows)):
            if isinstance(data[key], str) and value is not None:
                shown = f"[{', '.join(windows)}]" if key == "window" else str(value)
                yield Finding(
                    each.ref.at(key),
                    f"{key} is written as the text '{data[key]}'",
                    f"write {key}: {shown}",
                    subject=each.owner,
                ).with_fixes(
                    Fix(f"{key} '{data[key]}' became {shown}", (Edit("set", each.ref.at(key).pointer, value),))
                )


def _number(rate: Decimal) -> float | None:
    """The burn rate as a number of the same digits; None where a float cannot hold them."""
    number = int(rate) if rate == int(rate) else float(rate)
    return number if Decimal(repr(number)) == rate else None
