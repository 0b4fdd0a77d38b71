"""SLOs: an objective that means what its writer meant, measurements that can tell good from bad, legs that can fire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.analysis.prometheus.environments import ENVIRONMENTS, environments
from generator.analysis.slos.burns import every_leg
from generator.analysis.slos.legs import Leg, percent, plain
from generator.analysis.slos.selectors import parse_matchers, parse_selector
from generator.analysis.slos.unasked import never_missing
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Edit, Finding, Fix, Ref
from generator.kinds.service import Service
from generator.kinds.slo import Sli, Slo


@check("slo/fraction")
def fraction(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An objective below 1 is a fraction, and a percentage is meant.

    0.999 in the place of 99.9 allows 99 bad events of 100: no alert of the SLO can ever fire. `tocsin check --fix`
    writes the percentage, where it is one: of 0.0001 nobody knows what was meant.
    """
    for slo in catalog.all(Slo):
        if slo.objective < 1:
            yield _fraction(slo.ref.at("objective"), slo.id, slo.objective)
    for name, said in catalog.settings.get(ENVIRONMENTS).items():
        for slo_id, objective in said.objectives.items():
            if objective < 1:
                where = catalog.settings.ref("environments", name, "objectives", slo_id)
                yield _fraction(where, f"{name}/{slo_id}", objective)


def _fraction(where: Ref, subject: str, objective: Decimal) -> Finding:
    meant = plain(objective * 100)
    clear = objective * 100 >= 1
    found = Finding(
        where,
        f"objective is {plain(objective)}; it is a percentage",
        f"write {meant}" if clear else "write how many of 100 events must be good: 99.9",
        subject=subject,
    )
    if not clear:
        return found
    return found.with_fixes(
        Fix(f"objective {plain(objective)} became {meant}", (Edit("set", where.pointer, _number(meant)),))
    )


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


@check("slo/unreachable-leg")
def unreachable_leg(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A burn rate is so high, or an objective so low, that not even a total outage fires the alert.

    A leg fires above factor × (1 − objective). Where that is 1 or more, more than all events would have to be bad. At
    14.4 times, objectives up to 93.0556 are out of reach; at 6 times up to 83.3333.
    """
    for environment in environments(catalog):
        own = catalog.settings.get(ENVIRONMENTS)[environment.name].objectives if environment.name else None
        found = every_leg(environment.catalog) if own is None or own else {}
        for slo in environment.catalog.all(Slo):
            where = slo.ref.at("objective")
            if own is not None:
                where = catalog.settings.ref("environments", environment.name, "objectives", slo.id)
            if slo.objective >= 1 and (own is None or slo.id in own):
                for leg in found.get(slo.id, ()):
                    if leg.threshold >= 1:
                        yield _unreachable(where, slo, leg)


def _unreachable(where: Ref, slo: Slo, leg: Leg) -> Finding:
    rate = plain(leg.burn_rate)
    return Finding(
        where,
        f"{leg.severity} of SLO {slo.id} can never fire: {rate} times what "
        f"{plain(slo.objective)}% allows is {percent(leg.threshold)} of all events",
        f"raise the objective, or write severities: {{{leg.severity}: off}} or conditions of its own",
        subject=slo.id,
    )


@check("slo/error-equals-total")
def error_equals_total(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """What counts as bad, or as good, is everything.

    With one set of events in both places the SLO is always at 100 % errors, or never has any: its alerts fire all the
    time or not at all. Usually a label matcher was forgotten: `code=~"5.."`.
    """
    for service in catalog.all(Service):
        for slo in service.slos:
            for key, one, other, whole in _pairs(slo.sli):
                if one is not None and whole is not None and _same(service, one, whole):
                    never = "there is never an error" if key == "good" else "every event is an error"
                    yield slo.finding(
                        "sli",
                        key,
                        message=f"{key} and {other} of SLO {slo.id} select the same: {never}",
                        hint='narrow it with a label matcher, for example {code=~"5.."}',
                    )


def _pairs(sli: Sli) -> tuple[tuple[str, str | None, str, str | None], ...]:
    """What may be everything, and everything, each with its key."""
    return (
        ("errors", sli.errors, "total", sli.total),
        ("good", sli.good, "total", sli.total),
        ("error_query", sli.error_query, "total_query", sli.total_query),
    )


def _same(service: Service, one: str, other: str) -> bool:
    short, long, shared = _plain(one), _plain(other), _plain(service.selector)
    if short == long:
        return True
    if not _may_be_same(short, long, shared):  # parsing thousands of selectors takes a tenth of a second
        return False
    try:
        joined = parse_matchers(shared)
        return _set_of(short, joined) == _set_of(long, joined)
    except ValueError:
        return False  # whole queries, or what another check refuses


def _plain(text: str) -> str:
    """Without blanks, with one sort of quotes."""
    return "".join(text.split()).replace("'", '"').replace("`", '"')


def _may_be_same(one: str, other: str, shared: str) -> bool:
    metric, _, matchers = one.partition("{")
    if metric != other.partition("{")[0]:
        return False
    return ".*" in one + other or all(each in other or each in shared for each in matchers.rstrip("}").split(","))


_ANYTHING = re.compile(r'[a-zA-Z_]\w*=~"(?:\.\*|\(\.\*\))"')


def _set_of(selector: str, shared: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """The metric and the matchers that leave anything out, whatever their order."""
    parsed = parse_selector(selector).joined(shared)
    return parsed.metric, frozenset(each for each in parsed.matchers if not _ANYTHING.fullmatch(each))


@check("slo/no-effect", level="warning")
def no_effect(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """`min_events` or `traffic` is written for an SLI that counts no events.

    Behind `error_ratio_query` nobody can tell a busy hour from a quiet one: there is no total. Give `error_query` and
    `total_query` instead, or leave the key out.
    """
    for slo in catalog.all(Slo):
        if slo.sli.error_ratio_query is None:
            continue
        for key in ("min_events", "traffic"):
            if getattr(slo, key) is not None:
                yield slo.finding(
                    key,
                    key=True,
                    message=f"{key} of SLO {slo.id} has no effect: error_ratio_query counts no events",
                    hint="give error_query and total_query, or leave it out",
                )


@check("slo/data-never-missing", level="warning")
def data_never_missing(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A query of all events gives a value although there is no series, so missing data look like a quiet hour.

    With `… or vector(0)` behind `total_query` or `error_ratio_query` the ticket for missing data does not fire when
    scraping ends, and nobody hears of it. With `group_by` it still fires for a group that was there a while ago, and
    not where there has never been anything. Errors need no such tail either: where there are events and no series of
    errors, they are zero. With `no_data: off` nothing is reported.
    """
    for slo in catalog.all(Slo):
        if slo.no_data is not None and (key := never_missing(slo.sli)):
            lost = "does not fire where there never were any" if slo.group_by else "never fires"
            yield slo.finding(
                "sli",
                key,
                message=f"{key} of SLO {slo.id} gives a value where there are no data: {slo.alert}NoData {lost}",
                hint="leave out what stands in for missing data (often: or vector(0)), or write no_data: off",
            )
