from __future__ import annotations

import pytest

from generator.checks import templates_external
from generator.findings import Level
from tests.checks.found import found, place

SERVICE = "alerts:\n  - alert: Down\n    expr: up == 0\n    annotations:\n      summary: '{}'\n"
BASE = "prometheus: {external_labels: {region: eu, cluster: a}}\n"
SEVERAL = "environments: {eu: {external_labels: {region: eu}}, lab: {external_labels: {site: lab}}}\n"


def findings(text: str, settings: str):
    return found(templates_external, {"alerts/shop.yaml": SERVICE.format(text), "tocsin.yaml": settings})


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("{{ $externalLabels.regoin }}", 20),
        ("down in {{ .ExternalLabels.regoin | toUpper }}", 28),
        ("{{ if $value }}{{ $externalLabels.regoin }}{{ end }} {{ $externalLabels.regoin }}", 35),
    ],
)
def test_an_external_label_that_the_server_does_not_have(text, column):
    (finding,) = findings(text, BASE)
    assert (finding.check, finding.level, place(finding)) == (
        "alert/external-label",
        Level.WARNING,
        f"alerts/shop.yaml:5:{column}",
    )
    said = "names external label 'regoin', which the settings do not have"
    assert (finding.message, finding.hint) == (f"summary of alert Down {said}", "did you mean 'region'?")


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("{{ $externalLabels.region }} {{ .ExternalLabels.cluster }}", BASE),
        ("{{ $externalLabels.region }}", ""),
        ("{{ $externalLabels.region }}", "prometheus: {external_labels: {}}\n"),
        ("{{ $labels.regoin }} $externalLabels.regoin", BASE),
        ("{{ range query `up` }}{{ .ExternalLabels.regoin }}{{ end }}", BASE),
    ],
)
def test_what_is_there_or_not_declared_is_left_in_peace(text, settings):
    assert findings(text, settings) == ()


def test_a_server_that_lacks_it_is_named():
    (finding,) = findings("{{ $externalLabels.region }}", SEVERAL)
    assert "which the settings of lab do not have" in finding.message
    assert finding.hint == "there is site"


def test_servers_that_share_no_label_are_told_to_add_it():
    (finding,) = findings("{{ $externalLabels.zone }}", BASE + SEVERAL)
    assert "which the settings of prometheus, eu, lab do not have" in finding.message
    assert finding.hint == "add it to external_labels"
