"""What a rule means: an SLO's legs in numbers, a plain alert's expression with its thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from generator import times
from generator.analysis.promql.thresholds import thresholds
from generator.analysis.slos.legs import Leg, allowed, legs, percent
from generator.analysis.slos.legs import plain as number
from generator.analysis.slos.sli import queries
from generator.catalog import NamedAlert
from generator.kinds.rules import Alert
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from generator.targets.markdown import code, escape, fence, table
from generator.targets.site.box import proposed_by
from generator.targets.site.site import Site

_LABEL = re.compile(r"\{\{-?\s*\$labels\.(\w+)\s*-?\}\}")
_VALUE = re.compile(r"\{\{(?:(?!\}\}).)*\$value(?:(?!\}\}).)*\}\}")
_WORDS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "equal to", "!=": "other than"}


def rule_text(site: Site, alert: NamedAlert, rule: Slo | Alert) -> Iterator[str]:
    """One of the rules of an alert, in words and as it is."""
    if isinstance(rule, Slo):
        return _slo(site, alert.service, rule)
    return _plain(rule, proposed_by(site, alert.service, rule)[0] if len(alert.rules) > 1 else ("", ""))


def _plain(rule: Alert, kind: tuple[str, str]) -> Iterator[str]:
    """`kind` is its urgency and severity, where other rules of the same name have their own."""
    if any(kind):
        yield f"**{' '.join(escape(each) for each in kind if each)}**"
    for name in ("summary", "description"):
        if rule.annotations.get(name):
            yield escape(readable(rule.annotations[name]))
    lasting = f" for {code(rule.hold)}" if rule.hold else ""
    stays = f", and goes on for {code(rule.keep_firing_for)} after it has none" if rule.keep_firing_for else ""
    yield f"Fires when this has a result{lasting}{stays}:"
    yield fence(rule.expr.strip(), "promql")
    if compared := compares(rule):
        yield f"Compared with a number: {compared}."
    labels = ", ".join(f"{code(name)} {code(value)}" for name, value in rule.labels.items())
    if labels:
        yield f"Labels: {labels}"


def compares(rule: Alert) -> str:
    """`below 0.1, above 3`: what the expression compares with, calculated; empty where that is no number."""
    return ", ".join(f"{_WORDS[sign]} {value:.10g}" for sign, value in thresholds(rule.expr))


def readable(text: str) -> str:
    """A template of an annotation for people: `{{ $labels.pod }}` is <pod>, whatever has `$value` in it is <value>."""
    return _VALUE.sub("<value>", _LABEL.sub(r"<\1>", text))


def meaning(alert: NamedAlert) -> str:
    """An alert in a few words, as its source says them; empty where it says none."""
    for rule in alert.rules:
        if isinstance(rule, Slo):
            promised = f"{number(rule.objective)}% over {times.words(rule.period)}"
            return f"{rule.description.rstrip('.') or rule.name}: {promised}"
        if said := rule.annotations.get("summary") or rule.annotations.get("description"):
            return readable(said)
    return ""


def thresholds_of(alert: NamedAlert) -> str:
    """What its rule compares with, where one number says it all; empty where there are several conditions."""
    found = [compares(rule) for rule in alert.rules if isinstance(rule, Alert)]
    return found[0] if len(found) == 1 and "," not in found[0] else ""


def _slo(site: Site, service: Service, slo: Slo) -> Iterator[str]:
    yield (
        f"{escape(slo.description.rstrip('.') or slo.name)}. The objective is {number(slo.objective)}% over "
        f"{times.words(slo.period)}, so {percent(allowed(slo), 6)} of all events may be bad. The alert fires when this "
        "error budget burns too fast, in both windows of a row:"
    )
    yield leg_table(site, service, slo)
    if slo.no_data is not None:
        yield f"After {times.words(slo.no_data)} without data, a ticket says so ({escape(slo.alert)}NoData)."
    try:
        asked = queries(service, slo)
    except ValueError:
        return
    window = min((leg.short for leg in legs(site.catalog, service, slo)), default=slo.period)
    yield f"The share of bad events over {times.words(window)}:"
    yield fence(asked.ratio_over(window), "promql")


def leg_table(site: Site, service: Service, slo: Slo) -> str:
    """The legs of an SLO with what each means."""
    head = (
        "Severity",
        "Urgency",
        "Windows",
        "Bad events over",
        "Burn rate",
        "Budget spent then",
        "Fires in an outage after",
    )
    return table(head, [_leg(leg) for leg in legs(site.catalog, service, slo)])


def _leg(leg: Leg) -> tuple[str, ...]:
    spent, after = percent(Fraction(leg.budget_spent), 2), leg.time_to_page
    return (
        escape(leg.severity),
        escape(leg.urgency),
        f"{times.format_duration(leg.short)} and {times.format_duration(leg.long)}",
        percent(leg.threshold, 6),
        f"{number(leg.burn_rate)}x",
        spent,
        "never" if after is None else about(after.total_seconds()),
    )


def about(seconds: float) -> str:
    """A duration for people: whole seconds below two minutes, else whole minutes."""
    step = 1 if seconds < 120 else 60
    return times.words(timedelta(seconds=max(step, round(seconds / step) * step)))
