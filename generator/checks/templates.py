"""Templates in annotations, and in labels of pasted rules: what Prometheus refuses, and what comes out empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.promql import Labels, parse, result_labels
from generator.analysis.rules.of_slos import identity
from generator.analysis.rules.template_actions import (
    FIELDS,
    FUNCTIONS,
    VARIABLES,
    Action,
    actions,
    blocks,
    declared,
    leaves_no_range,
    moves_dot,
    unclosed,
    without_actions,
)
from generator.catalog import Catalog
from generator.catalog.named_alerts import alert_name
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.rules import Alert
from generator.kinds.slo import Slo

VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")
LABEL = re.compile(r"(?:\$labels|(?<![\w)$])\.Labels)\.([A-Za-z_]\w*)")
FIELD = re.compile(r"(?<![\w)$.\"])\.([A-Za-z_]\w*)")
VALUE = re.compile(r"\$value\b|(?<![\w)$.])\.Value\b")
PLAIN = re.compile(r"\$(?:labels\.[A-Za-z_]\w*|value\b)")
Fault = tuple[int, str, str]
"""Offset in the text, words that follow the text's name, hint."""


@check("alert/template")
def template(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A template in a label or an annotation names a variable or a function that there is not, or does not end.

    Prometheus refuses the whole rule file then, and with it every alert in it. Templates of alerting rules have
    `$labels`, `$value`, `$externalLabels` and `$externalURL`, what they declare themselves with `:=`, the functions of
    Go's templates and those of Prometheus (`humanize`, `reReplaceAll`, …), but none of Sprig or Helm. Each `if`,
    `range` and `with` has an `end`.
    """
    for alert, part, key, text in templates(catalog):
        for offset, fault, hint in faults(text):
            yield template_finding(alert, (part, key), offset, fault, hint)


def faults(text: str) -> Iterator[Fault]:
    """What Prometheus would refuse in a template."""
    found = actions(text)
    if (at := unclosed(text)) is not None:
        yield at, "has a '{{' that no '}}' closes", 'close it, or write {{ "{{" }} for the text'
    yield from _unknown_variables(found)
    yield from _unknown_functions(found)
    opened, surplus = blocks(found)
    for each in opened:
        a = "an" if each.keyword == "if" else "a"
        yield each.offset, f"has {a} '{each.keyword}' that no 'end' ends", "write {{ end }} where it ends"
    for each in surplus:
        yield each.offset, "has an 'end' that ends nothing", "leave it out"
    for each in leaves_no_range(found):
        yield each.offset, f"has a '{each.keyword}' outside of range", "leave it out"


def _unknown_variables(found: list[Action]) -> Iterator[Fault]:
    known = VARIABLES | declared(found)
    seen: set[str] = set()
    for action in found:
        for offset, match in action.finds(VARIABLE):
            name = match[1]
            if name not in known and name not in seen:
                seen.add(name)
                near = did_you_mean(f"${name}", [f"${each}" for each in sorted(known)])
                hint = near or "there are $labels, $value, $externalLabels, $externalURL"
                yield offset, f"uses ${name}, which no template has", hint


def _unknown_functions(found: list[Action]) -> Iterator[Fault]:
    for action in found:
        if action.keyword in ("define", "template", "block", "end", "break", "continue"):
            continue
        for offset, name in action.words():
            if name not in FUNCTIONS:
                hint = (
                    did_you_mean(name, FUNCTIONS) or "there are Go's own functions and Prometheus's, not those of Helm"
                )
                yield offset, f"calls '{name}', which is no function of Prometheus's templates", hint


@check("alert/template-label", level="warning")
def template_label(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A template names a label that the alert does not have, so nothing comes out there.

    `$labels` are the labels of the expression's result. `sum by (job) (…)` leaves `job` alone: `$labels.instance` is
    empty then, and whoever is woken reads "instance  is down". Outside of `{{ }}` a `$labels.instance` is text. The
    labels that the rule adds are not in `$labels`, nor are external labels: those are `$externalLabels`. Keep the label
    in the expression, or take it out of the text.
    """
    for alert, part, key, text in templates(catalog, "$"):
        for offset, fault, hint in _outside(text):
            yield template_finding(alert, (part, key), offset, fault, hint)
    for alert, part, key, text in templates(catalog):
        found = actions(text)
        for offset, fault, hint in _fields(found):
            yield template_finding(alert, (part, key), offset, fault, hint)
        if any(LABEL.search(each.text) for each in found) and (labels := _labels(catalog, alert)) is not None:
            for offset, fault, hint in _empty_labels(alert, found, labels):
                yield template_finding(alert, (part, key), offset, fault, hint)


def _labels(catalog: Catalog, alert: Alert | Slo) -> Labels | None:
    """The labels of the alert's result; None where its expression cannot be read."""
    if isinstance(alert, Slo):
        return Labels(only=frozenset({*identity(catalog, alert), *alert.group_by}))
    tree = parse(alert.expr).tree
    return None if tree is None else result_labels(tree)


def _empty_labels(alert: Alert | Slo, found: list[Action], labels: Labels) -> Iterator[Fault]:
    seen: set[str] = set()
    dotted = not moves_dot(found)
    for action in found:
        for offset, match in action.finds(LABEL):
            name = match[1]
            if labels.lacks(name) and name not in seen and (dotted or match[0].startswith("$")):
                seen.add(name)
                yield offset, f"names label '{name}', which the result of expr has not", _why(alert, name, labels)


def _why(alert: Alert | Slo, name: str, labels: Labels) -> str:
    if name in alert.labels:
        return "what the rule adds under labels is not in $labels: write the value itself"
    near = did_you_mean(name, labels.only or ())
    has = ", ".join(sorted(labels.only or ()))
    return near or (f"it has {has} only" if has else "it has no labels at all: keep some with by (…)")


def _outside(text: str) -> Iterator[Fault]:
    """Variables outside of all braces, where they are text."""
    for match in PLAIN.finditer(without_actions(text)):
        yield match.start(), f"has {match[0]} outside of braces, where it is text", f"write {{{{ {match[0]} }}}}"


def _fields(found: list[Action]) -> Iterator[Fault]:
    """Fields of the dot that there are not: `.labels`, `.value`. Inside range and with the dot is something else."""
    if moves_dot(found):
        return
    for action in found:
        for offset, match in action.finds(FIELD):
            if match[1] not in FIELDS:
                meant = {each.lower(): each for each in FIELDS}.get(match[1].lower()) or ""
                hint = (
                    f"did you mean '.{meant}'?"
                    if meant
                    else did_you_mean(f".{match[1]}", [f".{each}" for each in FIELDS])
                )
                yield offset, f"reads .{match[1]}, which templates of alerts have not", hint or "write $labels.<name>"


@check("alert/value-in-label", level="warning")
def value_in_label(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A label holds the alert's value.

    Labels are what an alert is: with another value it is another alert. It starts to wait for its `for` anew each time
    the value moves, resolves and fires again, and cannot be silenced. Put the value into an annotation. To choose a
    label by a threshold, `{{ if gt $value 90.0 }}…{{ end }}`, is no such thing and is let through.
    """
    for alert in catalog.all(Alert):
        for key, text in alert.labels.items():
            for action in actions(text):
                if action.keyword not in ("if", "else") and (at := VALUE.search(action.text)):
                    said = "holds the value: at each other value it is another alert"
                    yield template_finding(
                        alert, ("labels", key), action.offset + at.start(), said, "put it into an annotation"
                    )
                    break


def templates(catalog: Catalog, mark: str = "{{") -> Iterator[tuple[Alert | Slo, str, str, str]]:
    """Every template with a mark in it: its alert, where it stands, and its words. Labels of an SLO are plain text."""
    for slo in catalog.all(Slo):
        for key, text in slo.annotations.items():
            if mark in text:
                yield slo, "annotations", key, text
    for alert in catalog.all(Alert):
        for part in ("labels", "annotations"):
            for key, text in getattr(alert, part).items():
                if mark in text:
                    yield alert, part, key, text


def template_finding(alert: Alert | Slo, steps: tuple[str, str], offset: int, fault: str, hint: str) -> Finding:
    """About the text of an annotation or a label, at an offset in it."""
    place = alert.ref.at(*steps).inside(offset)
    return Finding(place, f"{steps[1]} of alert {alert_name(alert)} {fault}", hint, subject=alert.id)
