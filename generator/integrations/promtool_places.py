"""Where in the sources a thing is that promtool complains of, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.promql.parsing import parse
from generator.analysis.promql.written import BARE, WHOLE
from generator.analysis.rule_tests.plain import NO_OTHER, SILENT
from generator.analysis.slos import sli
from generator.analysis.slos.selectors import matcher_origin
from generator.findings import Finding, Ref
from generator.kinds.rules import Alert, Recording
from generator.kinds.service import Service
from generator.kinds.slo import Slo

if TYPE_CHECKING:
    from generator.analysis.rule_tests import Case
    from generator.analysis.rules.rule import Rule, RuleGroup
    from generator.integrations.promtool_output import BadRule, Failure

LIMIT = "promtool's tests load at most 10,000 samples a query; Prometheus itself loads 50 million"

REFUSED_RULE = "mend it: Prometheus loads no rule of the file; where only a newer one knows it, --promtool PATH"
REFUSED_FILE = "Prometheus would load none of them: mend what it names; --promtool PATH takes another version"
NOT_EVALUATED = "Prometheus would load the rule, and have no answer for series such as the test's: mend the expression"
NO_SERIES = 'a series is a metric with one value for each label, as up{job="a"}, and values are as 0x5 1 2 _'


def of_case(case: Case) -> Ref:
    """The name of the test, or of the SLO."""
    return case.source.at("name")


def of_rule(service: Service, groups: Sequence[RuleGroup], bad: BadRule) -> Ref:
    """The rule that is refused: at the column of its query where that was written as it is."""
    group = next((each for each in groups if each.name == bad.group), None)
    if group is None or bad.number > len(group.rules):
        return service.ref
    rule = group.rules[bad.number - 1]
    offset = None if bad.line is None or bad.column is None else index(rule.expr, bad.line, bad.column)
    if not _is_written(service, rule):
        slo = next((each for each in service.slos if each.ref == rule.source), None)
        return rule.source.at("sli") if slo is None or offset is None else _in_sli(service, slo, rule.expr, offset)
    return Ref(rule.source.path, (*rule.source.pointer, "expr"), offset=offset) if offset is not None else rule.source


def _in_sli(service: Service, slo: Slo, expr: str, offset: int) -> Ref:
    """The place in a query or selector of the SLI, or in the service's, that a rule's character comes from."""
    ways = [(key, sli.origin) for key in WHOLE] + [(key, matcher_origin) for key in BARE]
    for key, origin in ways:
        written = getattr(slo.sli, key)
        if written is not None and (found := origin(written, expr, offset)) is not None:
            return Ref(slo.ref.path, (*slo.ref.pointer, "sli", key), offset=found)
    shared = matcher_origin(service.selector, expr, offset)
    if shared is not None:
        return Ref(service.ref.path, (*service.ref.pointer, "selector"), offset=shared)
    return slo.ref.at("sli")


def of_name(service: Service, groups: Iterable[RuleGroup], name: str) -> Ref:
    """A rule of that name: one that people wrote, where there are several."""
    rules = [rule for group in groups for rule in group.rules if name in (rule.alert, rule.record)]
    written = [rule for rule in rules if _is_written(service, rule)]
    if written:
        return written[0].source.at("expr")
    return rules[0].source.at("sli") if rules else service.ref


def of_series(service: Service, complaint: str) -> Finding:
    """A complaint about something that tests of people hold, and promtool does not say which."""
    alerts = [alert for alert in service.alerts if alert.tests]
    odd = next((where for alert in alerts for where in _no_series(alert)), None)
    where = odd or (alerts[0].ref.at("tests") if len(alerts) == 1 else service.ref)
    return Finding(where, f"promtool refuses the tests of {service.id}: {complaint}", NO_SERIES)


def _no_series(alert: Alert) -> Iterator[Ref]:
    """What is written as a series in tests, and is no metric whose labels have one value each."""
    for number, test in enumerate(alert.tests):
        for text in test["series"]:
            query = parse(text)
            if query.refusal or any(each.op != "=" for selector in query.selectors for each in selector.matchers):
                yield alert.ref.key("tests", number, "series", text)


def index(text: str, line: int, column: int) -> int:
    """The index of a character that promtool names by line and column, from 1, columns in bytes."""
    lines = text.split("\n")[: line - 1]
    rest = text.split("\n")[line - 1 : line] or [""]
    return sum(len(each) + 1 for each in lines) + len(rest[0].encode()[: column - 1].decode(errors="ignore"))


def told(case: Case, failure: Failure, says: str) -> str:
    """A failed moment in words."""
    at = times.format_duration(failure.at)
    if failure.why:
        return f"at {at} the query does not run: {failure.why}"
    if case.written:
        return f"at {at} expected that it {says}, and it {_OTHERWISE.get(says, 'does not')}"
    expected, found = (_answer(text) for text in (failure.expected, failure.found))
    return f"at {at}, {says}: expected {expected}, found {found}"


_OTHERWISE = {SILENT: "fires", NO_OTHER: "does"}


def _answer(text: str) -> str:
    return "nothing" if text in ("", "nil") else text.replace(" 1E+00", "")


def alerts_in(service: Service) -> Iterator[tuple[str, Ref]]:
    """The alerts of a service by name and place: those of its SLOs, and the plain ones."""
    for slo in service.slos:
        yield slo.alert, slo.ref
        if slo.no_data is not None:
            yield f"{slo.alert}NoData", slo.ref
    for alert in service.alerts:
        yield alert.name, alert.ref


def alerts_of(service: Service, case: Case) -> Iterator[tuple[str, Ref]]:
    """Those of them that a test tries."""
    for name, ref in alerts_in(service):
        beside = case.source.path == ref.path and case.source.pointer[: len(ref.pointer)] == ref.pointer
        if name in case.alerts and beside:
            yield name, ref


def _is_written(service: Service, rule: Rule) -> bool:
    """Whether its expression is as people wrote it."""
    written: list[Alert | Recording] = [*service.alerts]
    written += [each for group in service.groups for each in group.rules if isinstance(each, Recording)]
    return any(each.ref == rule.source for each in written)
