from __future__ import annotations

import promql_parser
import pytest

from generator.analysis.rules.of_services import Rule, RuleGroup, rules_of
from generator.kinds.service import Service
from tests.catalogs import make_catalog

SLO = """\
slos:
  - name: errors
    objective: 99.9
    description: "Braces {{ $labels.x }} stay"
    sli: {errors: 'req_total{code=~"5.."}', total: req_total}
"""
TEAM = {
    "schedules/ops.yaml": "lead: erin\nescalation: {steps: [{page: lead, wait: 15m}]}\n",
    "schedules/people.yaml": "erin: {name: 'Erin {{N}}'}\n",
}


def groups(source: str, **more: str) -> tuple[RuleGroup, ...]:
    catalog = make_catalog({"alerts/web.yaml": f"team: ops\n{source}", **TEAM, **more})
    assert not catalog.findings
    (service,) = catalog.all(Service)
    return rules_of(catalog, service)


def slo_rules(more: str = "", **files: str) -> tuple[Rule, ...]:
    return groups(SLO + more, **files)[0].rules


def expressions(rules: tuple[Rule, ...]) -> dict[str, str]:
    return {rule.record: rule.expr for rule in rules if rule.record}


def test_each_series_is_recorded_before_it_is_read() -> None:
    recorded: set[str] = set()
    for rule in slo_rules():
        for name in [word for word in rule.expr.replace("(", " ").replace("{", " ").split() if word.startswith("slo:")]:
            assert name in recorded
        recorded |= {rule.record} if rule.record else set()
        promql_parser.parse(rule.expr)
    assert {
        "slo:sli_error:rate5m", "slo:sli_total:rate5m", "slo:objective:ratio", "slo:error_budget:ratio",
        "slo:time_period:days", "slo:current_burn_rate:ratio", "slo:period_burn_rate:ratio",
        "slo:period_error_budget_remaining:ratio", "slo:info",
        *(f"slo:sli_error:ratio_rate{window}" for window in ("5m", "30m", "1h", "2h", "6h", "1d", "3d")),
    } == recorded  # fmt: skip


def test_numbers_come_out_exactly_as_written() -> None:
    found = expressions(slo_rules("    period: 28d\n"))
    assert found["slo:objective:ratio"] == "vector(0.999)"
    assert found["slo:error_budget:ratio"] == "vector(0.001)"
    assert found["slo:time_period:days"] == "vector(28)"


def test_a_leg_wants_both_windows_above_its_threshold() -> None:
    first = next(rule for rule in slo_rules() if rule.leg)
    series = 'slo:sli_error:ratio_rate{}{{service="web",slo="errors"}} > 0.0144'
    assert first.expr == f"{series.format('1h')}\nand\n{series.format('5m')}"


def test_labels_of_series_identify_and_nothing_else() -> None:
    recorded = [rule for rule in slo_rules('    labels: {tier: "{{1}}"}\n') if rule.record]
    assert all(rule.labels == {"service": "web", "slo": "errors"} for rule in recorded[:-1])
    info = recorded[-1].labels
    assert info == {
        "tier": "{{1}}", "team": "ops", "objective": "99.9", "critical": "false", "period": "30d", "alert": "WebErrors",
        "service": "web", "slo": "errors",
    }  # fmt: skip


def test_sloths_labels_are_added_where_they_are_wanted() -> None:
    rules = slo_rules(**{"tocsin.yaml": "prometheus: {sloth_labels: true}\n"})
    assert rules[0].labels == {
        "service": "web", "slo": "errors", "sloth_id": "web-errors", "sloth_service": "web", "sloth_slo": "errors",
    }  # fmt: skip


def test_labels_of_alerts() -> None:
    first = next(rule for rule in slo_rules("    labels: {tier: '{{x}}', slo: mine}\n") if rule.leg)
    assert first.alert == "WebErrors"
    assert first.labels == {
        "severity": "critical", "urgency": "page", "sev": "SEV-2", "team": "ops", "service": "web", "slo": "errors",
        "leg": "5m-1h", "tier": '{{ "{{" }}x}}',
    }  # fmt: skip


def test_text_from_sources_is_no_template_in_an_slos_alerts() -> None:
    first = next(rule for rule in slo_rules() if rule.leg)
    assert first.annotations["description"].startswith(
        'Braces {{ "{{" }} $labels.x }} stay. In the last hour, {{ $value'
    )
    assert "above 1.44% in both the last hour and the last 5 minutes" in first.annotations["description"]
    assert "at this rate the 30-day budget is gone in 2 days 2 hours" in first.annotations["description"]
    assert first.annotations["description"].endswith(
        "The whole budget is 43 minutes 12 seconds of total outage; 1 hour of this spends 2% of it."
    )
    assert first.annotations["first_steps"] == 'Called: Erin {{ "{{" }}N}} now'


def test_tickets_call_nobody() -> None:
    ticket = next(rule for rule in slo_rules() if rule.leg and rule.leg.urgency == "ticket")
    assert ticket.labels["severity"] == "warning"
    assert "first_steps" not in ticket.annotations


def test_no_data_is_a_ticket_with_the_same_runbook_and_can_be_switched_off() -> None:
    site = {"tocsin.yaml": "runbooks: https://r.example.com/\n", "runbooks/web-errors.md": "# Errors\n"}
    *_, leg, last = slo_rules("    no_data: 15m\n", **site)
    assert (last.alert, last.hold, last.expr) == (
        "WebErrorsNoData", "15m", 'absent(slo:sli_total:rate5m{service="web",slo="errors"})',
    )  # fmt: skip
    assert (last.labels["leg"], last.labels["urgency"], last.labels["sev"]) == ("no-data", "ticket", "SEV-3")
    assert last.annotations["runbook_url"] == "https://r.example.com/runbooks/web-errors/"
    assert leg.annotations["runbook_url"] == last.annotations["runbook_url"]
    assert not [rule for rule in slo_rules("    no_data: off\n") if rule.alert and not rule.leg]


def test_a_floor_of_traffic_is_in_the_legs_long_window() -> None:
    rules = slo_rules("    min_events: 100\n    for: 2m\n")
    first = next(rule for rule in rules if rule.leg)
    assert first.expr.endswith('\nand\nslo:sli_total:rate1h{service="web",slo="errors"} * 3600 >= 100')
    assert first.hold == "2m"
    assert expressions(rules)["slo:sli_total:rate1h"] == "sum(rate(req_total[1h]))"


def test_the_periods_budget_of_a_ratio_counts_every_sample_alike() -> None:
    found = expressions(groups("slos: [{name: a, objective: 99, sli: {error_ratio_query: 'r[{{.window}}]'}}]")[0].rules)
    assert found["slo:sli_total:rate5m"] == 'slo:sli_error:rate5m{service="web",slo="a"} * 0 + 1'


def test_an_slo_whose_selector_means_nothing_has_no_rules_and_the_others_have() -> None:
    bad = "  - {name: bad, objective: 99, sli: {errors: 'rate(a[5m])', total: b}}\n"
    assert [group.name for group in groups(SLO + bad)] == ["slo:web/errors"]


def test_what_a_pasted_rule_says_stays() -> None:
    alert = (
        "alerts:\n  - alert: Down\n    expr: up == 0\n    urgency: page\n    labels: {team: other, x: '{{ $value }}'}\n"
        "    annotations: {summary: '{{ $labels.job }} down', runbook_url: 'https://w.example.com'}\n"
    )
    (group,) = groups("labels: {tier: '1'}\n" + alert)
    (rule,) = group.rules
    assert rule.labels == {
        "severity": "critical", "urgency": "page", "sev": "SEV-2", "team": "other", "service": "web", "tier": "1",
        "x": "{{ $value }}",
    }  # fmt: skip
    assert rule.annotations == {
        "summary": "{{ $labels.job }} down",
        "runbook_url": "https://w.example.com",
        "first_steps": 'Called: Erin {{ "{{" }}N}} now',
    }


@pytest.mark.parametrize(("said", "sev"), [("", "SEV-3"), ("urgency: page", "SEV-2"), ("severity: SEV-1", "SEV-1")])
def test_a_plain_alert_proposes_a_severity(said, sev) -> None:
    (group,) = groups(f"alerts:\n  - alert: Down\n    expr: up == 0\n    {said}\n")
    assert group.rules[0].labels["sev"] == sev


def test_pasted_groups_keep_their_order_and_settings() -> None:
    source = (
        "groups:\n  - name: g\n    interval: 1m\n    limit: 5\n    labels: {a: b, c: d}\n    rules:\n"
        "      - {record: 'x:y', expr: sum(up), labels: {c: e}}\n      - {alert: Low, expr: 'x:y < 1', for: 5m}\n"
    )
    (group,) = groups(source)
    record, alert = group.rules
    assert (group.name, group.interval, group.limit, group.query_offset) == ("g", "1m", 5, None)
    assert (record.record, record.expr, record.labels) == ("x:y", "sum(up)", {"a": "b", "c": "e"})
    assert (alert.alert, alert.hold, alert.labels["c"]) == ("Low", "5m", "d")


@pytest.mark.parametrize(
    ("slo", "said"),
    [
        ("", "30-day budget is gone in 2 days 2 hours."),
        ("    period: 7d\n", "7-day budget is gone in 11 hours 40 minutes."),
        ("    period: 36h\n", "36-hour budget is gone in 2 hours 30 minutes."),
        ("    period: 10d\n    severities: {SEV-2: {conditions: [{burn_rate: 7, window: [5m, 1h]}]}}\n",
         "10-day budget is gone in about 1 day 10 hours."),
        ("    severities: {SEV-2: {conditions: [{burn_rate: 0.5, window: [5m, 1h]}]}}\n",
         "30-day budget outlasts its period."),
    ],
)  # fmt: skip
def test_a_description_says_when_the_budget_is_gone(slo, said) -> None:
    first = next(rule for rule in slo_rules(slo) if rule.leg)
    assert f"at this rate the {said}" in first.annotations["description"]


def test_a_group_that_vanished_is_missed_and_named_where_it_has_a_name() -> None:
    total = 'slo:sli_total:rate5m{service="web",slo="errors"}'
    *_, last = slo_rules("    group_by: [region]\n")
    before = f"count_over_time({total}[1d])"
    assert last.expr == f"({before} unless {total})\nor\n(absent({total}) unless on (service, slo) {before})"
    assert last.annotations["summary"] == (
        "web: no data for errors{{ if $labels.region }} (region {{ $labels.region }}){{ end }}"
    )
    promql_parser.parse(last.expr)


def test_an_offset_is_left_out_where_the_server_would_refuse_the_file() -> None:
    source = "groups: [{name: g, query_offset: 30s, rules: [{record: 'x:y', expr: sum(up)}]}]\n"
    offsets = [
        groups(source, **{"tocsin.yaml": f"prometheus: {{{said}}}\n"})[0].query_offset
        for said in ("", 'version: "2.52"', 'version: "2.53.0"', 'version: "3.1"')
    ]
    assert offsets == [None, None, "30s", "30s"]
