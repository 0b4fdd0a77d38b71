from __future__ import annotations

import pytest
import yaml

from generator.findings import Level
from generator.importers import Given, Options, importer
from generator.importers.write import render


def imported(text: str, path: str = "cart.rules.yml", **options: str):
    return importer("prometheus").read([Given(path, text.encode())], Options(**options))


def rules(*bodies: str):
    """Rules in a group, imported: their data and the notes."""
    written = "".join(f"  - {body}\n" for body in bodies)
    result = imported(f"groups:\n- name: g\n  rules:\n{written}")
    (source,) = result.sources.values()
    return yaml.safe_load(render(source))["groups"][0]["rules"], result.notes


def said(notes, level=Level.WARNING):
    return [(note.where.span.line, note.message) for note in notes if note.level is level]


@pytest.mark.parametrize(
    ("severity", "urgency"),
    [("critical", "page"), ("page", "page"), ("Critical", "page"), ("warning", None), ("info", None), ("P1", None)],
)
def test_who_was_woken_is_woken(severity, urgency):
    (rule,), notes = rules(f"{{alert: A, expr: up, labels: {{severity: {severity}}}}}")
    assert rule.get("urgency") == urgency
    assert rule["labels"] == {"severity": severity}
    assert bool(said(notes, Level.NOTE)) == (severity == "P1")


def test_a_group_s_severity_counts_for_its_alerts():
    result = imported("groups: [{name: g, labels: {severity: page}, rules: [{alert: A, expr: up}]}]")
    assert "urgency: page" in render(result.sources["alerts/cart.yaml"])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "{alert: A, expr: up, annotatons: {a: b}}",
            "annotatons of alert A is not kept: rules of Prometheus do not have",
        ),
        ("{record: a, expr: up, for: 5m}", "for of recording rule a is not kept"),
        ("{alert: A, expr: up, labels: {a-b: c}}", "a-b in labels of alert A is not kept: its name has other"),
        (
            "{record: a, expr: up, labels: {__name__: c}}",
            "__name__ in labels of recording rule a is not kept: the name of",
        ),
        ("{alert: A, expr: up, labels: {a: [1]}}", "a in labels of alert A is not kept: it is no text"),
        ("{record: 'a.b', expr: up}", "series a.b has other characters than"),
    ],
)
def test_what_has_no_place_is_told_and_stays_as_a_comment(body, message):
    result = imported(f"groups:\n- name: g\n  rules:\n  - {body}\n")
    ((line, text),) = said(result.notes)
    assert line == 4
    assert text.startswith(message)
    assert "# not kept, from cart.rules.yml:4:" in render(result.sources["alerts/cart.yaml"])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{alert: A, record: b, expr: up}", "a rule is both an alert and a recording rule: left out"),
        ("{expr: up}", "a rule is neither an alert nor a recording rule: left out"),
        ("{alert: A}", "rule A has no expression: left out"),
        ("{alert: A, expr: ' '}", "rule A has no expression: left out"),
        ("{alert: A, expr: [up]}", "rule A has no expression: left out"),
        ("just text", "a rule is neither an alert nor a recording rule: left out"),
        ("{alert: A, expr: up, for: soon}", "for of alert A is 'soon', no span of time: left out"),
        ("{alert: A, expr: up, for: {a: b}}", "for of alert A is a list or map, no span of time: left out"),
        ("{alert: A, expr: up, labels: [a]}", "labels of alert A is no map: left out"),
        ("{alert: A, alert: B, expr: up}", "a rule has alert twice; the first one is kept"),
    ],
)
def test_what_prometheus_refuses_too_is_told(body, message):
    _, notes = rules(body)
    assert said(notes, Level.ERROR) == [(4, message)]


def test_an_expression_that_is_no_promql_is_left_out_and_told():
    """One such rule in it, and Prometheus refuses the file with all the others."""
    kept, notes = rules("""{alert: A, expr: 'rate({app="a"} |= "x" [5m]) > 1'}""", "{alert: B, expr: x > 1}")
    assert [rule["alert"] for rule in kept] == ["B"]
    assert "is not PromQL: '|' is no operator here; the rule is left out" in said(notes, Level.ERROR)[0][1]


@pytest.mark.parametrize("expr", ["rate(x[5m * 2]) > 1", " + ".join(["x"] * 400)])
def test_an_expression_that_only_servers_can_read_is_kept(expr):
    (rule,), notes = rules(f"{{alert: A, expr: '{expr}'}}")
    assert rule["expr"] == expr
    assert "is kept as it is, and no check looks into it" in said(notes, Level.NOTE)[0][1]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{alert: A, expr: sum by (service) (x) > 1}", True),
        ("{alert: A, expr: sum by (service) (x) > 1, labels: {service: a}}", False),
        ("{alert: A, expr: x > 1}", False),
        ("{record: a, expr: sum by (service) (x)}", False),
    ],
)
def test_labels_of_a_result_that_a_build_replaces_are_told(body, told):
    _, notes = rules(body)
    assert bool(said(notes, Level.NOTE)) == told


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("partial_response_strategy: warn", "it is Thanos'"),
        ("evaluation_delay: 1m", "write query_offset"),
        ("concurrency: 2", "rule groups of Prometheus do not have it"),
        ("limit: -1", "limit of group g is -1, no whole number"),
    ],
)
def test_keys_of_other_tools_are_told(key, reason):
    result = imported(f"groups:\n- name: g\n  {key}\n  rules: [{{alert: A, expr: up}}]\n")
    ((line, text),) = said(result.notes)
    assert line == 3
    assert reason in text
    assert f"# {key}" in render(result.sources["alerts/cart.yaml"])


def test_a_misspelt_key_of_a_group_is_told_with_the_right_one():
    (note,) = imported("groups: [{name: g, intervall: 30s, rules: [{alert: A, expr: up}]}]").notes
    assert (note.message, note.hint) == (
        "intervall of group g is not kept: rule groups of Prometheus do not have it",
        "did you mean 'interval'?",
    )


def test_groups_keep_all_their_keys_and_order():
    text = "name: g\ninterval: 1m\nlimit: 5\nquery_offset: 30s\nlabels: {a: b}\nrules: [{alert: A, expr: up}]"
    group = yaml.safe_load(text)
    result = imported(yaml.safe_dump({"groups": [group, group | {"name": "a"}]}))
    assert yaml.safe_load(render(result.sources["alerts/cart.yaml"])) == {"groups": [group, group | {"name": "a"}]}


def test_two_groups_of_one_name_in_a_service_are_told_apart():
    document = "groups: [{name: g, rules: [{alert: A, expr: up}]}]\n"
    result = imported(f"{document}---\n{document}")
    assert [group["name"] for group in yaml.safe_load(render(result.sources["alerts/cart.yaml"]))["groups"]] == [
        "g",
        "g-2",
    ]
    assert said(result.notes) == [(3, "there is another group g in the service: it is called g-2 here")]
    assert "reads only the first document" in said(result.notes, Level.NOTE)[0][1]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("groups:\n{{- range .Values.rules }}\n- name: x\n{{ end }}\n", "it is a template: render it first"),
        ("ALERT Down\n  IF up == 0\n  FOR 5m\n", "it has the form of Prometheus 1"),
        ("groups: [\n", "write the closing"),
    ],
)
def test_files_that_are_no_yaml_say_what_to_do(text, hint):
    result = imported(text)
    (note,) = [each for each in result.notes if each.level is Level.ERROR]
    assert note.hint.startswith(hint)
    assert not result.sources


@pytest.mark.parametrize("text", ["kind: Deployment\n", "a: 1\n", "- 1\n", "groups: [{name: a, services: []}]\n"])
def test_files_that_hold_no_rules_are_passed_over_and_told(text):
    result = imported(text)
    assert not result.sources
    assert [note.level for note in result.notes] == [Level.NOTE]


def test_one_service_for_everything_and_a_team():
    files = [
        Given(f"{name}.yml", f"groups: [{{name: {name}, rules: [{{alert: {name}, expr: up}}]}}]".encode())
        for name in "ab"
    ]
    result = importer("prometheus").read(files, Options(service="shop", team="core", folder="alerts/old"))
    (path,) = result.sources
    assert path == "alerts/old/shop.yaml"
    data = yaml.safe_load(render(result.sources[path]))
    assert (data["team"], [group["name"] for group in data["groups"]]) == ("core", ["a", "b"])


def test_what_is_too_large_for_a_source_is_divided_by_groups():
    groups = [{"name": f"g{n}", "rules": [{"alert": f"A{n}", "expr": "up == " + "0" * 500_000}]} for n in range(3)]
    result = imported(yaml.safe_dump({"groups": groups}))
    assert list(result.sources) == ["alerts/cart.yaml", "alerts/cart-2.yaml", "alerts/cart-3.yaml"]
    assert "divided" in result.notes[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("groups: [{name: g}, {name: g}]", "a document whose groups have no rules (it has groups)"),
        ("groups: {name: g, rules: []}", "a document whose groups have no rules (it has groups)"),
        ("rules: [{alert: A, expr: up}]", "a document without groups (it has rules)"),
    ],
)
def test_a_document_without_rules_says_what_it_lacks(text, message):
    assert said(imported(text).notes, Level.NOTE) == [(1, f"{message} holds no rules: passed over")]
