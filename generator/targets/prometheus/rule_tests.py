"""The tests of rules as files for `promtool test rules`: what is asked and expected is decided in analysis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.prometheus.environments import Environment, environments
from generator.analysis.rule_tests import Case, Moment, RuleTests, Shape, SloTests, cases_of, rule_tests_of
from generator.catalog import Catalog
from generator.kinds.service import Service
from generator.records import dataclass
from generator.targets.prometheus import sources
from generator.targets.prometheus.rule_files import groups_text
from generator.targets.rendering import environment, header, yaml

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class RuleTestFile:
    """Tests of a service on one server, and their text."""

    environment: Environment
    service: Service
    tests: RuleTests
    text: str
    sources: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it goes, relative to the output folder."""
        return f"{self.environment.folder}/tests/{_name(self.service, self.tests)}"

    @property
    def rules(self) -> tuple[str, str] | None:
        """The path and the text of the rules that it tries, where these are not all of the service."""
        if self.tests.rules.groups is None:
            return None
        return f"{self.environment.folder}/tests/{_own_rules(self.service)}", groups_text(self.tests.rules.groups)


def rule_test_files(catalog: Catalog) -> Iterator[RuleTestFile]:
    """Server by server, in the order of ids; a service with nothing to test has no file."""
    for server in environments(catalog):
        for service in sorted(server.catalog.all(Service), key=lambda service: service.id):
            found = rule_tests_of(server.catalog, service)
            made_from = sources.of_tests(server.catalog, service) if found else ()
            for tests in found:
                yield RuleTestFile(server, service, tests, _text(service, tests), made_from)


def _name(service: Service, tests: RuleTests) -> str:
    return f"{service.id}.{tests.part}{'.' if tests.part else ''}test.yaml"


def _own_rules(service: Service) -> str:
    # In a folder below: `promtool test rules tests/*.yaml` takes every file for tests.
    return f"rules/{service.id}.yaml"


def question(case: Case, moment: Moment) -> str:
    """The query with the test's name behind it: promtool 2.42 tells the query of a failure and not the test."""
    return f"{moment.query} # {case.name}"


def comment(text: str) -> str:
    """Text for behind a `#`, on one line whatever it holds."""
    return "".join(each if each.isprintable() else "?" for each in text)


def _text(service: Service, tests: RuleTests) -> str:
    blocks = [_filled(each) for each in tests.slos]
    if tests.written:
        blocks.append(_cases("written_alerts", tests.written, dict(tests.external_labels)))
    return _template("rule_tests.yaml.j2").render(
        header=header([service.ref.path]),
        path=_name(service, tests),
        rules=f"../rules/{service.id}.yaml" if tests.rules.groups is None else _own_rules(service),
        beyond=[rule.alert or rule.record for rule in tests.rules.beyond],
        unasked=[f"{rule.record} of {rule.labels['slo']}" for rule in tests.rules.unasked],
        interval=times.format_duration(tests.evaluation_interval),
        blocks=blocks,
    )


def _filled(tests: SloTests) -> str:
    """The text of the shape with the SLO's names. All of it that has a mark stands in single quotes, or is an id."""
    if all(map(_is_simple, tests.names.values())):
        return tests.filled(_shape(tests.shape), {mark: name.replace("'", "''") for mark, name in tests.names.items()})
    owner = tests.shape.subject.name
    return _cases(tests.names.get(owner, owner), tests.cases)


@lru_cache(maxsize=512)
def _shape(shape: Shape) -> str:
    return _cases(shape.subject.name, cases_of(shape))


def _cases(owner: str, cases: Sequence[Case], external_labels: Mapping[str, str] | None = None) -> str:
    text: str = _template("rule_test_cases.yaml.j2").render(owner=owner, cases=cases, external_labels=external_labels)
    return text


def scalar(text: str) -> str:
    """Text in single quotes, where it keeps its own double quotes readable; else as everywhere."""
    return "'" + text.replace("'", "''") + "'" if _is_simple(text) else yaml(text)


def _is_simple(text: str) -> bool:
    return text.isascii() and text.isprintable()


@cache
def _template(name: str) -> Template:
    made = environment(
        Path(__file__).parent,
        {"duration": times.format_duration, "scalar": scalar, "comment": comment},
        question=question,
    )
    return made.get_template(name)
