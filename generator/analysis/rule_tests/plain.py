"""Tests that people wrote beside a plain alert: `tests:` in its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from generator import times
from generator.analysis.rule_tests.case import STEP, Case, Moment, Sample, Series
from generator.analysis.rules.of_services import rules_of
from generator.analysis.slos.selectors import literal

if TYPE_CHECKING:
    from generator.analysis.rules.rule import Rule, RuleGroup
    from generator.catalog import Catalog
    from generator.kinds.rules import Alert
    from generator.kinds.service import Service


SILENT, NO_OTHER = "does not fire", "fires with no other labels"


def written_cases(catalog: Catalog, service: Service) -> Iterator[tuple[Alert, Case]]:
    """The tests of every alert of a service, those of rules inside groups too."""
    if not any(alert.tests for alert in service.alerts):
        return
    rules = rules_of(catalog, service)
    for alert in service.alerts:
        for number, test in enumerate(alert.tests):
            yield alert, _case(alert, number, test, _selector(alert, rules))


def written_interval(test: Mapping[str, Any]) -> timedelta:
    """Between two values of its series."""
    return times.parse_duration(test["interval"]) if "interval" in test else STEP


def _case(alert: Alert, number: int, test: Mapping[str, Any], firing: str) -> Case:
    name = f"alert {alert.name}: {test.get('name') or f'test {number + 1}'}"
    return Case(
        name=" ".join(name.split()),
        source=alert.ref.at("tests", number),
        alerts=(alert.name,),
        series=tuple(Series(each, str(values)) for each, values in test["series"].items()),
        moments=tuple(_moments(times.parse_duration(test["at"]), test["firing"], firing)),
        interval=written_interval(test),
        written=True,
    )


def _moments(at: timedelta, expected: Any, firing: str) -> Iterator[Moment]:
    if expected is True:
        yield Moment(at, "fires", f"count({_series(firing, {})}) > bool 0", (Sample("{}"),))
        return
    wanted = [{name: str(value) for name, value in labels.items()} for labels in expected or ()]
    for labels in wanted:
        says = f"fires with {', '.join(f'{name}={literal(value)}' for name, value in labels.items()) or 'any labels'}"
        yield Moment(at, says, f"count({_series(firing, labels)}) > bool 0", (Sample("{}"),))
    others = "".join(f" unless {_series(firing, labels)}" for labels in wanted)
    yield Moment(at, NO_OTHER if wanted else SILENT, f"count({_series(firing, {})}{others})")


def _series(firing: str, labels: Mapping[str, str]) -> str:
    return f"ALERTS{{{','.join((firing, *(f'{name}={literal(value)}' for name, value in labels.items())))}}}"


def _selector(alert: Alert, groups: Iterable[RuleGroup]) -> str:
    """Matchers of this rule's alerts: its name, and the labels by which rules of the same name differ."""
    same = [rule for group in groups for rule in group.rules if rule.alert == alert.name]
    own = next((rule for rule in same if rule.source == alert.ref), None)
    matchers = {"alertname": alert.name, "alertstate": "firing", **(_telling(own, same) if own else {})}
    return ",".join(f"{name}={literal(value)}" for name, value in matchers.items())


def _telling(own: Rule, same: Iterable[Rule]) -> dict[str, str]:
    """The labels in which another rule of its name differs; templates tell nothing before they run."""
    others = [rule for rule in same if rule is not own]
    return {
        name: value
        for name, value in own.labels.items()
        if "{{" not in value and any(rule.labels.get(name) != value for rule in others)
    }
