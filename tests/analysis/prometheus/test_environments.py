from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from generator.analysis.prometheus.environments import environments
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.analysis.slos.legs import legs
from generator.catalog import Catalog
from generator.kinds.service import Service
from generator.kinds.slo import Slo
from tests.catalogs import make_catalog

WEB = """\
slos:
  - {name: a, objective: 99.9, sli: {errors: e, total: t}}
  - {name: b, objective: 99, sli: {good: g, total: t}}
"""
SETTINGS = """\
prometheus: {scrape_interval: 15s, retention: 15d, external_labels: {region: us, cluster: one}}
environments:
  eu: {external_labels: {region: eu}, objectives: {web/a: 99.50}}
  lab: {}
"""


def catalog(settings: str = SETTINGS) -> Catalog:
    return make_catalog({"alerts/web.yaml": WEB, "tocsin.yaml": settings})


def test_the_base_stands_first_and_is_all_there_is_without_the_setting() -> None:
    alone = catalog("name: x\n")
    (base,) = environments(alone)
    assert (base.name, base.folder, base.catalog) == ("", "prometheus", alone)
    assert [(each.name, each.folder) for each in environments(catalog())] == [
        ("", "prometheus"),
        ("eu", "prometheus/eu"),
        ("lab", "prometheus/lab"),
    ]


def test_keys_of_an_environment_replace_those_of_the_base() -> None:
    _, eu, lab = (each.catalog.settings.get(PROMETHEUS) for each in environments(catalog()))
    assert eu.external_labels == {"region": "eu"}
    assert lab.external_labels == {"region": "us", "cluster": "one"}
    assert (eu.scrape_interval, eu.retention) == (timedelta(seconds=15), timedelta(days=15))


def test_objectives_differ_there_and_nowhere_else() -> None:
    base, eu, lab = (each.catalog for each in environments(catalog()))
    written = [[slo.objective for slo in each.all(Slo)] for each in (base, eu, lab)]
    assert written == [[Decimal("99.9"), Decimal(99)], [Decimal("99.5"), Decimal(99)], [Decimal("99.9"), Decimal(99)]]
    (service,) = eu.all(Service)
    assert legs(eu, service, service.slos[0])[0].threshold == Decimal("14.4") * Decimal("0.005")
    assert eu.get(Slo, "web/a") is service.slos[0]
    assert eu.alerts_by_name["WebA"].slo is service.slos[0]


def test_an_environment_has_no_environments() -> None:
    _, eu, _ = environments(catalog())
    assert len(environments(eu.catalog)) == 1


@pytest.mark.parametrize("name", ["rules", "tests", "operator", "EU"])
def test_names_of_folders_of_the_base_are_taken(name) -> None:
    (finding,) = catalog(f"environments: {{{name}: {{}}}}\n").findings
    assert finding.check.startswith("schema/")


@pytest.mark.parametrize("said", ["{objectives: {a: 99}}", "{objectives: {web/a: 100}}", "{scrape: 1m}", "[]"])
def test_what_an_environment_cannot_say_is_found(said) -> None:
    assert catalog(f"environments: {{eu: {said}}}\n").findings
