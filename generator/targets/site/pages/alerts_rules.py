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
from generator.messages import marked
from generator.targets.markdown import code, escape, fence, table
from generator.targets.site.box import proposed_by
from generator.targets.site.site import Site

_LABEL = re.compile(r"\{\{-?\s*\$labels\.(\w+)\s*-?\}\}")
_VALUE = re.compile(r"\{\{(?:(?!\}\}).)*\$value(?:(?!\}\}).)*\}\}")
_WORDS = {
    "<": marked("below {value}"),
    "<=": marked("at most {value}"),
    ">": marked("above {value}"),
    ">=": marked("at least {value}"),
    "==": marked("equal to {value}"),
    "!=": marked("other than {value}"),
}


def rule_text(site: Site, alert: NamedAlert, rule: Slo | Alert) -> Iterator[str]:
    """One of the rules of an alert, in words and as it is."""
    if isinstance(rule, Slo):
        return _slo(site, alert.service, rule)
    return _plain(site, rule, proposed_by(site, alert.service, rule)[0] if len(alert.rules) > 1 else ("", ""))


def _plain(site: Site, rule: Alert, kind: tuple[str, str]) -> Iterator[str]:
    """`kind` is its urgency and severity, where other rules of the same name have their own."""
    if any(kind):
        yield f"**{' '.join(escape(each) for each in kind if each)}**"
    for name in ("summary", "description"):
        if rule.annotations.get(name):
            yield escape(readable(rule.annotations[name]))
    hold, stays = code(rule.hold or ""), code(rule.keep_firing_for or "")
    fires = site.say("Fires when this has a result for {hold}", hold=hold) if hold else ""
    fires = fires or site.say("Fires when this has a result")
    yield (
        site.say("{fires}, and goes on for {time} after it has none:", fires=fires, time=stays)
        if stays
        else f"{fires}:"
    )
    yield fence(rule.expr.strip(), "promql")
    if compared := compares(site, rule):
        yield site.say("Compared with a number: {compared}.", compared=compared)
    labels = ", ".join(f"{code(name)} {code(value)}" for name, value in rule.labels.items())
    if labels:
        yield site.say("Labels: {labels}", labels=labels)


def compares(site: Site, rule: Alert) -> str:
    """`below 0.1, above 3`: what the expression compares with, calculated; empty where that is no number."""
    return ", ".join(site.say(_WORDS[sign], value=f"{value:.10g}") for sign, value in thresholds(rule.expr))


def readable(text: str) -> str:
    """A template of an annotation for people: `{{ $labels.pod }}` is <pod>, whatever has `$value` in it is <value>."""
    return _VALUE.sub("<value>", _LABEL.sub(r"<\1>", text))


def meaning(site: Site, alert: NamedAlert) -> str:
    """An alert in a few words, as its source says them; empty where it says none."""
    for rule in alert.rules:
        if isinstance(rule, Slo):
            over = site.words(rule.period)
            promised = site.say("{percent}% over {duration}", percent=number(rule.objective), duration=over)
            return f"{rule.description.rstrip('.') or rule.name}: {promised}"
        if said := rule.annotations.get("summary") or rule.annotations.get("description"):
            return readable(said)
    return ""


def thresholds_of(site: Site, alert: NamedAlert) -> str:
    """What its rule compares with, where one number says it all; empty where there are several conditions."""
    found = [compares(site, rule) for rule in alert.rules if isinstance(rule, Alert)]
    return found[0] if len(found) == 1 and "," not in found[0] else ""


def _slo(site: Site, service: Service, slo: Slo) -> Iterator[str]:
    yield site.say(
        "{slo}. The objective is {objective}% over {duration}, so {share} of all events may be bad. The alert fires "
        "when this error budget burns too fast, in both windows of a row:",
        slo=escape(slo.description.rstrip(".") or slo.name),
        objective=number(slo.objective),
        duration=site.words(slo.period),
        share=percent(allowed(slo), 6),
    )
    yield leg_table(site, service, slo)
    if slo.no_data is not None:
        after, ticket = site.words(slo.no_data), f"{escape(slo.alert)}NoData"
        yield site.say("After {duration} without data, a ticket says so ({alert}).", duration=after, alert=ticket)
    try:
        asked = queries(service, slo)
    except ValueError:
        return
    window = min((leg.short for leg in legs(site.catalog, service, slo)), default=slo.period)
    yield site.say("The share of bad events over {duration}:", duration=site.words(window))
    yield fence(asked.ratio_over(window), "promql")


def leg_table(site: Site, service: Service, slo: Slo) -> str:
    """The legs of an SLO with what each means."""
    return site.once(("legs", id(slo)), lambda: _leg_table(site, service, slo))


def _leg_table(site: Site, service: Service, slo: Slo) -> str:
    head = (
        site.say("Severity"),
        site.say("Urgency"),
        site.say("Windows"),
        site.say("Bad events over"),
        site.say("Burn rate"),
        site.say("Budget spent then"),
        site.say("Fires in an outage after"),
    )
    return table(head, [_leg(site, leg) for leg in legs(site.catalog, service, slo)])


def _leg(site: Site, leg: Leg) -> tuple[str, ...]:
    spent, after = percent(Fraction(leg.budget_spent), 2), leg.time_to_page
    return (
        escape(leg.severity),
        escape(leg.urgency),
        site.both([times.format_duration(leg.short), times.format_duration(leg.long)]),
        percent(leg.threshold, 6),
        f"{number(leg.burn_rate)}x",
        spent,
        site.say("never") if after is None else about(site, after.total_seconds()),
    )


def about(site: Site, seconds: float) -> str:
    """A duration for people: whole seconds below two minutes, else whole minutes."""
    step = 1 if seconds < 120 else 60
    return site.words(timedelta(seconds=max(step, round(seconds / step) * step)))
