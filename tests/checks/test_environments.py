from __future__ import annotations

import pytest

from generator.checks import environments
from tests.catalogs import make_catalog, make_context
from tests.checks.found import found, place

WEB = "slos: [{name: errors, objective: 99, sli: {errors: e, total: t}}]\n"
GROUP = "groups:\n  - name: g\n    query_offset: 30s\n    rules: [{record: 'x:y', expr: sum(up)}]\n"
NEWER = 'prometheus: {version: "2.53.1"}\n'


def test_an_unknown_slo_is_told_with_the_one_that_was_meant() -> None:
    settings = "environments:\n  eu:\n    objectives:\n      web/error: 99.5\n      web/errors: 98\n"
    (finding,) = found(environments, {"alerts/web.yaml": WEB, "tocsin.yaml": settings})
    assert (finding.check, place(finding)) == ("environment/objective", "tocsin.yaml:4:7")
    assert finding.message == "environment eu sets the objective of SLO 'web/error', which does not exist"
    assert finding.hint == "did you mean 'web/errors'?"


def test_what_could_not_be_read_may_define_it() -> None:
    settings = "environments: {eu: {objectives: {web/error: 99.5}}}\n"
    catalog = make_catalog({"alerts/web.yaml": "slos: 1\n", "tocsin.yaml": settings})
    assert list(environments.objective.run(catalog, make_context())) == []


def test_an_offset_that_a_server_does_not_know_is_told() -> None:
    (finding,) = found(environments, {"alerts/web.yaml": GROUP})
    assert (finding.check, place(finding)) == ("group/query-offset", "alerts/web.yaml:3:5")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (NEWER, None),
        (NEWER + 'environments: {eu: {version: "2.42"}, us: {}}\n', "left out for eu:"),
        ('environments: {eu: {version: "3.4"}}\n', "left out:"),
    ],
)
def test_every_server_counts(settings, said) -> None:
    findings = found(environments, {"alerts/web.yaml": GROUP, "tocsin.yaml": settings})
    assert [said in each.message for each in findings] == ([True] if said else [])
