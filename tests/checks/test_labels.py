"""Labels of pasted rules beside those that are emitted."""

from __future__ import annotations

import pytest

from generator.analysis.rules.of_services import rules_of
from generator.checks import labels, routing
from generator.checks.engine import run
from generator.findings import Edit, Finding, Level
from generator.kinds.service import Service
from tests.catalogs import make_catalog, make_context
from tests.checks.found import found, place

SHOP = "alerts/shop.yaml"
SLOS = "slos: [{name: a, objective: 99, sli: {errors: e, total: t}}]\n"
HEAD = "team: platform\nalerts:\n"


def rule(text: str, name: str = "ShopDown") -> str:
    return f"  - {{alert: {name}, expr: up == 0, {text}}}\n"


def said(check: str, *rules: str, **files: str) -> tuple[Finding, ...]:
    return found(labels, {SHOP: HEAD + "".join(rules), **files}, check)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("labels: {severity: critical}", ["insert", "remove"]),
        ("labels: {severity: page}", ["insert"]),
        ("labels: {severity: critical}, urgency: ticket", None),
        ("labels: {severity: warning}, urgency: page", None),
        ("labels: {severity: Info}, urgency: page", None),
    ],
)
def test_a_severity_that_contradicts_the_urgency(text: str, steps: list[str] | None):
    (finding,) = said("alert/severity-label", rule(text))
    assert (finding.level, finding.subject) == (Level.WARNING, "shop/ShopDown")
    assert place(finding) == f"{SHOP}:3:57"
    assert [[edit.do for edit in fix.edits] for fix in finding.fixes] == ([steps] if steps else [])


@pytest.mark.parametrize(
    "text",
    [
        "labels: {severity: critical}, urgency: page",
        "labels: {severity: warning}",
        "labels: {severity: info}",
        "labels: {severity: '{{ $labels.severity }}'}",
        "labels: {severity: special}",
    ],
)
def test_a_severity_that_says_the_same_or_something_else(text: str):
    assert said("alert/severity-label", rule(text)) == ()


def test_a_group_s_label_reaches_its_rules():
    text = "groups:\n  - name: g\n    labels: {severity: critical}\n    rules: [{alert: ShopDown, expr: up == 0}]\n"
    (finding,) = found(labels, {SHOP: text}, "alert/severity-label")
    assert place(finding) == f"{SHOP}:3:24"
    assert finding.fixes[0].edits == (Edit("insert", ("groups", 0, "rules", 0), "page", "urgency"),)


@pytest.mark.parametrize(("severity", "urgency"), [("SEV-1", "ticket"), ("SEV-3", "page")])
def test_a_severity_of_the_map_with_another_urgency(severity: str, urgency: str):
    (finding,) = said("alert/severity-urgency", rule(f"severity: {severity}, urgency: {urgency}"))
    assert f"proposes {severity}" in finding.message
    assert said("alert/severity-urgency", rule("severity: SEV-3"), rule("severity: SEV-1, urgency: page", "B")) == ()


@pytest.mark.parametrize(
    ("label", "fixed"),
    [
        ("team: other", None),
        ("service: cart", None),
        ("urgency: page", ("page", "urgency")),
        ("sev: SEV-2", ("SEV-2", "severity")),
        ("sev: high", None),
    ],
)
def test_a_name_that_is_emitted_with_another_value(label: str, fixed: tuple[str, str] | None):
    (finding,) = said("alert/label-taken", rule(f"labels: {{{label}}}"))
    assert place(finding) == f"{SHOP}:3:{47 + len(label.partition(':')[0]) + 2}"
    steps = [(edit.value, edit.key) for fix in finding.fixes for edit in fix.edits if edit.do == "insert"]
    assert steps == ([fixed] if fixed else [])


@pytest.mark.parametrize(
    "label", ["team: platform", "service: shop", "slo: x", "tier: 1", "team: '{{ $labels.team }}'"]
)
def test_names_that_say_the_same_or_are_free(label: str):
    assert said("alert/label-taken", rule(f"labels: {{{label}}}")) == ()


def test_labels_of_a_service_and_of_an_slo_have_no_effect():
    slo = "slos: [{name: a, objective: 99, sli: {errors: e, total: t}, labels: {leg: x, tier: 1}}]\n"
    both = found(labels, {SHOP: f"labels: {{severity: x}}\n{slo}"}, "alert/label-taken")
    assert [each.subject for each in both] == ["shop", "shop/a"]


def test_on_a_pasted_rule_its_own_label_wins_and_the_message_says_so():
    (finding,) = said("alert/label-taken", rule("labels: {team: other}"))
    assert finding.message == "alert ShopDown has the label team: other and keeps it, in place of team: platform"
    (finding,) = said("alert/label-taken", rule("labels: {sev: high}"))
    assert finding.message.endswith("sev: high and keeps it, in place of the one that is emitted from its severity")
    catalog = make_catalog({SHOP: HEAD + rule("labels: {team: other, sev: high}")})
    (emitted,) = [each for group in rules_of(catalog, catalog.all(Service)[0]) for each in group.alerts]
    assert (emitted.labels["team"], emitted.labels["sev"]) == ("other", "high")


@pytest.mark.parametrize(
    ("sources", "effect"),
    [
        (SLOS, "it has no effect on alerts of SLOs"),
        ("alerts: [{alert: Down, expr: up == 0}]\n", "pasted rules get this one in its place"),
        (
            f"{SLOS}alerts: [{{alert: Down, expr: up == 0}}]\n",
            "pasted rules get this one in its place, and alerts of SLOs do not",
        ),
    ],
)
def test_what_a_label_of_a_service_does_is_said(sources: str, effect: str):
    (finding,) = found(labels, {SHOP: f"labels: {{sev: high}}\n{sources}"}, "alert/label-taken")
    assert finding.message == f"the label sev of shop is one that is emitted: {effect}"


@pytest.mark.parametrize("label", ["team: other", "service: cart", "urgency: high"])
@pytest.mark.parametrize("holder", ["rule", "service"])
def test_a_label_that_sends_an_alert_elsewhere_is_told_once(label: str, holder: str):
    own = f"labels: {{{label}}}"
    shop = "team: web\n" + (f"alerts:\n{rule(own)}" if holder == "rule" else f"{own}\nalerts:\n{rule('for: 5m')}")
    files = {SHOP: shop, "schedules/web.yaml": "name: Web\n"}
    catalog = make_catalog(files)
    told = [each.check for each in run(catalog, make_context(), [labels, routing])]
    assert [each for each in told if each in ("alert/label-taken", "routing/elsewhere")] == ["routing/elsewhere"]


def test_what_would_be_so_without_is_one_note_a_service():
    (finding,) = said(
        "alert/redundant",
        rule("labels: {severity: warning, tier: 1}"),
        rule("urgency: page, labels: {severity: critical}, for: 0m", "B"),
        rule("for: 10m, keep_firing_for: 0s", "C"),
        rule("labels: {severity: info}", "D"),
    )
    assert (finding.level, finding.subject, place(finding)) == (Level.NOTE, "shop", f"{SHOP}:3:47")
    assert "so do 3 more keys of service shop" in finding.message
    assert [fix.edits[0].pointer for fix in finding.fixes] == [
        ("alerts", 0, "labels", "severity"),
        ("alerts", 1, "labels", "severity"),
        ("alerts", 1, "for"),
        ("alerts", 2, "keep_firing_for"),
    ]


def test_what_a_group_or_a_service_says_too_is_not_needless():
    text = "labels: {severity: x}\nalerts:\n" + rule("labels: {severity: warning}")
    assert found(labels, {SHOP: text}, "alert/redundant") == ()


@pytest.mark.parametrize("name", ["service", "slo", "severity", "leg", "alertname"])
def test_an_slo_grouped_by_a_label_that_is_emitted(name):
    slo = f"slos: [{{name: a, objective: 99, group_by: [region, {name}], sli: {{errors: e, total: t}}}}]"
    (finding,) = found(labels, {SHOP: slo}, "slo/group-by-taken")
    assert place(finding) == f"{SHOP}:1:52"


def test_a_team_as_a_label_counts_where_the_service_names_none():
    slo = "slos: [{name: a, objective: 99, labels: {team: web}, sli: {errors: e, total: t}}]\n"
    team = {"schedules/web.yaml": "name: Web\n"}
    assert not found(labels, {SHOP: slo} | team, "alert/label-taken")
    assert found(labels, {SHOP: slo + "team: web\n"} | team, "alert/label-taken")
