"""Runs the tests of all rules through promtool, and tells at the SLO, alert or test in the sources what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.analysis.rule_tests import RuleTests
from generator.analysis.rule_tests.beyond import tried
from generator.analysis.rule_tests.results import FAILED, REFUSED, UNTESTED, Results, TriedAlert
from generator.analysis.rules.of_services import rules_of
from generator.findings import Finding, Ref
from generator.integrations import promtool_places as places
from generator.integrations.promtool import Progress, Promtool, Verdict
from generator.integrations.promtool_output import BadEvaluation, Failure, Other, failures, refusals
from generator.kinds.service import Service
from generator.records import dataclass
from generator.targets.prometheus.rule_files import rule_files
from generator.targets.prometheus.rule_tests import question, rule_test_files

if TYPE_CHECKING:
    from generator.analysis.prometheus.environments import Environment
    from generator.analysis.rule_tests import Case
    from generator.catalog import Catalog

_NAMED = 5
"""How many alerts without a test a note names."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The files of one service on one server, on the disk."""

    environment: Environment
    service: Service
    rules: Path
    tests: Mapping[Path, RuleTests]


@dataclass(frozen=True, slots=True)
class _Excused:
    """Alerts that are not tried for a reason: it is too much for promtool, or another finding tells why."""

    beyond: set[Ref]
    told: set[Ref]


def run_rule_tests(
    catalog: Catalog, promtool: Promtool, services: Iterable[Service], skip: Iterable[str], progress: Progress
) -> Results:
    """Checks the rule files of services and runs their tests, in a folder that is gone afterwards.

    `skip` are paths of sources with errors: their services are left out. A rule file that is refused is not tested.
    """
    bad, asked = set(skip), list(services)
    left_out = {each.id for each in asked if each.ref.path in bad}
    sound_ones = {each.id for each in asked} - left_out
    with TemporaryDirectory(prefix="tocsin-") as folder:
        every = list(_written(catalog, Path(folder), sound_ones))
        refused = _bad(promtool.check([each.rules for each in every], progress))
        sound = [each for each in every if each.rules not in refused]
        failed = _bad(promtool.test([path for each in sound for path in each.tests], progress))
    found: dict[str, list[Finding]] = {FAILED: [], REFUSED: [], UNTESTED: []}
    wrong: set[tuple[str, str, str]] = set()
    for each in every:
        if each.rules in refused:
            found[REFUSED] += _refusals(each, refused[each.rules])
        for path in each.tests:
            if path in failed:
                _add_failures(each, each.tests[path].cases, failed[path], found, wrong)
    beyond = {rule.source for service in asked for rule in tried(catalog, service).beyond}
    told = set(_told([each for each in every if each.rules in refused], found[REFUSED]))
    return _results(asked, promtool, sound, found, wrong, left_out, _Excused(beyond, told))


def _told(refused: Iterable[_Work], findings: Sequence[Finding]) -> Iterator[Ref]:
    """The alerts whose tests wait for something that is told: a rule file that is refused, or the alert itself."""
    for work in refused:
        cases = [case for tests in work.tests.values() for case in tests.cases]
        yield from (ref for case in cases for _, ref in places.alerts_of(work.service, case))
        for _, ref in places.alerts_in(work.service):
            inside = (each.where.pointer[: len(ref.pointer)] for each in findings if each.where.path == ref.path)
            if ref.pointer in inside:
                yield ref


def _written(catalog: Catalog, folder: Path, services: set[str]) -> Iterator[_Work]:
    tests: dict[tuple[str, str], dict[Path, RuleTests]] = {}
    for each in rule_test_files(catalog):
        if each.service.id in services:
            own = tests.setdefault((each.environment.name, each.service.id), {})
            own[_put(folder / each.path, each.text)] = each.tests
            if each.rules is not None:
                _put(folder / each.rules[0], each.rules[1])
    for file in rule_files(catalog):
        if file.service.id in services:
            rules = _put(folder / file.path, f"{file.groups}\n")
            yield _Work(file.environment, file.service, rules, tests.get((file.environment.name, file.service.id), {}))


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _bad(verdicts: Mapping[Path, Verdict]) -> dict[Path, str]:
    return {path: verdict.output for path, verdict in verdicts.items() if not verdict.passed}


def _refusals(work: _Work, output: str) -> Iterator[Finding]:
    groups = rules_of(work.environment.catalog, work.service)
    for each in refusals(str(work.rules), output):
        if isinstance(each, Other):
            said = f"promtool refuses the rules of {work.service.id}: {each.text}"
            yield Finding(work.service.ref, said, places.REFUSED_FILE)
        else:
            where = places.of_rule(work.service, groups, each)
            yield Finding(where, f"promtool refuses the rule: {each.why}", places.REFUSED_RULE)


def _add_failures(
    work: _Work,
    tests: Iterable[Case],
    output: str,
    found: dict[str, list[Finding]],
    wrong: set[tuple[str, str, str]],
) -> None:
    """One finding a test, however many of its moments fail."""
    cases = {(question(case, moment), moment.at): (case, moment.says) for case in tests for moment in case.moments}
    failed: dict[str, list[tuple[Failure, str]]] = {}
    by_name = {case.name: case for case, _ in cases.values()}
    told: set[str] = set()
    for each in failures(output):
        if isinstance(each, BadEvaluation) and each.rule in told:
            continue
        told.add(each.rule if isinstance(each, BadEvaluation) else "")
        known = cases.get((each.query, each.at)) if isinstance(each, Failure) else None
        if isinstance(each, Failure) and known is not None:
            failed.setdefault(known[0].name, []).append((each, known[1]))
        else:
            found[REFUSED].append(_unknown(work, each))
    for name, moments in failed.items():
        found[FAILED].append(_failed(work, by_name[name], moments))
        wrong.add((work.environment.name, work.service.id, name))


def _failed(work: _Work, case: Case, moments: list[tuple[Failure, str]]) -> Finding:
    failure, says = moments[0]
    where = f" on {work.environment.name}" if work.environment.name else ""
    more = "; so do others of its moments" if len(moments) > 1 else ""
    message = f"{case.name}: {places.told(case, failure, says)}{where}{more}"
    hint = (
        "mend the expression, or what the test expects of it"
        if case.written
        else "the test follows from the SLO: look for another rule that records its series, else report it to us"
    )
    return Finding(places.of_case(case), message, hint, subject=f"{work.service.id}/{case.name}")


def _unknown(work: _Work, each: Failure | BadEvaluation | Other) -> Finding:
    match each:
        case BadEvaluation(rule, why):
            groups = rules_of(work.environment.catalog, work.service)
            where = places.of_name(work.service, groups, rule)
            hint = places.LIMIT if "samples" in why else places.NOT_EVALUATED
            return Finding(where, f"promtool cannot evaluate {rule}: {why}", hint)
        case Failure(query, _, _, _, why):
            return Finding(work.service.ref, f"promtool cannot run {query}: {why}", places.REFUSED_FILE)
        case Other(text):
            return places.of_series(work.service, text)


def _results(
    asked: Sequence[Service],
    promtool: Promtool,
    sound: list[_Work],
    found: dict[str, list[Finding]],
    wrong: set[tuple[str, str, str]],
    left_out: set[str],
    excused: _Excused,
) -> Results:
    counted, failed = Counter[tuple[str, Ref]](), Counter[tuple[str, Ref]]()
    ran = [(each, case) for each in sound for tests in each.tests.values() for case in tests.cases]
    for work, case in ran:
        for alert in places.alerts_of(work.service, case):
            counted[alert] += 1
            failed[alert] += (work.environment.name, work.service.id, case.name) in wrong
    alerts = []
    for service in asked:
        known = [] if service.id in left_out else list(places.alerts_in(service))
        alerts += [TriedAlert(service.id, key[0], counted[key], failed[key]) for key in known]
        found[UNTESTED] += _untested(service, [key for key in known if not counted[key]], excused)
    return Results(
        tool=f"promtool {promtool.version}",
        tests=len(ran),
        failed=len(wrong),
        alerts=tuple(alerts),
        findings={check: list(dict.fromkeys(each)) for check, each in found.items()},
        skipped=tuple(service.id for service in asked if service.id in left_out),
    )


def _untested(service: Service, alerts: list[tuple[str, Ref]], excused: _Excused) -> Iterator[Finding]:
    alerts = [each for each in alerts if each[1] not in excused.told]
    for name, where in alerts:
        if where in excused.beyond:
            yield Finding(where.at("alert"), f"promtool cannot try {name}", places.LIMIT, subject=service.id)
    alerts = [each for each in alerts if each[1] not in excused.beyond]
    if not alerts:
        return
    names = list(dict.fromkeys(name for name, _ in alerts))
    rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield Finding(
        alerts[0][1].at("alert"),
        f"no test tries {', '.join(names[:_NAMED])}{rest}",
        "write tests: [{series: {…}, at: 6m, firing: true}] beside the alert",
        subject=service.id,
    )
