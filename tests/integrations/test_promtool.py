"""`check --tests` with the real promtool: what passes, what fails and where, and what there is no promtool for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.integrations.promtool import find_promtool
from generator.integrations.rule_tests import run_rule_tests
from generator.kinds.service import Service
from tests.catalogs import make_catalog
from tests.targets.prometheus.promtools import every_promtool, failures, judged, one_promtool, rendered

GOOD = """\
slos:
  - name: a
    objective: 99
    sli: {errors: 'r{c="5"}', total: r}
alerts:
  - alert: Down
    expr: up == 0
    for: 5m
    tests:
      - {name: down, series: {'up{job="a"}': 0x20, 'up{job="b"}': 1x20}, at: 6m, firing: [{job: a}]}
      - {name: not yet, series: {'up{job="a"}': 0x20}, at: 4m, firing: false}
      - {interval: 30s, series: {up: 0x20}, at: 5m30s, firing: true}
"""


def check(capsys, folder: Path, program: str, *more: str, **files: str) -> tuple[int, str]:
    for name, text in files.items():
        path = folder / "alerts" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "tocsin.yaml").write_text("checks: {alert/no-runbook: off}\n", encoding="utf-8")
    status = main(["check", "-C", str(folder), "--tests", "--promtool", program, *more])
    return status, capsys.readouterr().out


def told(output: str) -> list[str]:
    return [line for line in output.splitlines() if "[test/" in line or line.startswith("tests: ")]


@every_promtool
def test_what_is_right_passes(capsys, tmp_path, program) -> None:
    _, output = check(capsys, tmp_path, program, web=GOOD)
    (line,) = told(output)
    assert line.startswith("tests: ")
    assert " 0 failed; 3 of 3 alerts tested (promtool " in line


@every_promtool
def test_a_test_that_fails_is_told_once_and_where_it_is_written(capsys, tmp_path, program) -> None:
    source = GOOD.replace("firing: [{job: a}]", "firing: [{job: b}]").replace("firing: false", "firing: true")
    status, output = check(capsys, tmp_path, program, web=source)
    first, second, numbers = told(output)
    assert status == 1
    assert first.startswith(
        "alerts/web.yaml:10:16: error[test/failed]: alert Down: down: at 6m expected that it fires with job="
    )
    assert second.startswith(
        "alerts/web.yaml:11:16: error[test/failed]: alert Down: not yet: at 4m expected that it fires, and it does not"
    )
    assert " 2 failed; 3 of 3 alerts tested" in numbers


@every_promtool
def test_the_test_of_an_slo_fails_where_another_rule_records_its_series(capsys, tmp_path, program) -> None:
    pasted = """\
groups:
  - name: pasted
    rules:
      - {record: 'slo:sli_total:rate5m', expr: vector(1), labels: {service: web, slo: a}}
"""
    _, output = check(capsys, tmp_path, program, web=GOOD + pasted)
    slo, pasted, _ = told(output)
    assert slo.startswith("alerts/web.yaml:2:11: error[test/failed]: a: never any data: at 9m, not for long enough")
    assert pasted.startswith(
        "alerts/web.yaml:16:48: error[test/refused]: promtool cannot evaluate slo:sli_total:rate5m"
    )


@every_promtool
def test_alerts_without_a_test_are_named_in_one_note(capsys, tmp_path, program) -> None:
    more = "".join(f"  - {{alert: Other{n}, expr: up == {n}}}\n" for n in range(7))
    _, output = check(capsys, tmp_path, program, web=GOOD + more)
    note, numbers = told(output)
    assert note.startswith("alerts/web.yaml:13:13: note[test/untested]: no test tries Other0, Other1")
    assert note.endswith("Other4 and 2 more")
    assert "3 of 10 alerts tested" in numbers


BROKEN = """\
groups:
  - name: g
    rules:
      - record: a:b
        expr: |
          up +
          é{a="é"} + label_replace(up)
      - {record: 'slo:sli_error:ratio_rate1h', expr: up}
"""


@every_promtool
def test_a_rule_that_promtool_refuses_is_told_at_its_column(tmp_path, program) -> None:
    source = BROKEN.replace("é{", "e{")
    catalog = make_catalog({"alerts/web.yaml": source})
    promtool = find_promtool(program)
    results = run_rule_tests(catalog, promtool, catalog.all(Service), (), lambda *_: None)
    (finding,) = results.findings["test/refused"]
    assert finding.hint
    span = catalog.documents["alerts/web.yaml"].locate(finding.where)
    assert (span.line, span.column) == (7, 22)
    assert "label_replace" in finding.message


REFUSED = """\
alerts:
  - {alert: Odd, expr: 'up{a=~"b{1001}"} == 0'}
  - {alert: Down, expr: up == 0, tests: [{series: {up: 0x9}, at: 1m, firing: true}]}
  - {alert: Untried, expr: up == 0}
"""


@every_promtool
def test_what_is_refused_is_told_once_and_how_to_mend_it(capsys, tmp_path, program) -> None:
    _, output = check(capsys, tmp_path, program, web=REFUSED)
    refused, untested, _ = told(output)
    assert refused.startswith("alerts/web.yaml:2:")
    assert "error[test/refused]: promtool refuses the rule: " in refused
    assert output.splitlines()[output.splitlines().index(refused) + 1].startswith("  hint: mend it: ")
    assert untested.startswith("alerts/web.yaml:4:13: note[test/untested]: no test tries Untried")


@one_promtool
def test_a_service_with_errors_is_left_out_and_the_others_are_tested(capsys, tmp_path, program) -> None:
    status, output = check(capsys, tmp_path, program, web=GOOD, shop="alerts: [{alert: Shop, expr: 'up =='}]\n")
    assert status == 1
    assert "; 3 of 3 alerts tested; 1 service left out for errors" in told(output)[-1]


@one_promtool
def test_paths_limit_what_is_tested(capsys, tmp_path, program) -> None:
    shop = GOOD.replace("Down", "ShopDown")
    path = str(tmp_path / "alerts/web.yaml")
    _, output = check(capsys, tmp_path, program, path, web=GOOD, shop=shop)
    assert "3 of 3 alerts tested" in told(output)[-1]


@one_promtool
def test_programs_read_which_alerts_are_tested(capsys, tmp_path, program) -> None:
    more = "  - {alert: Other, expr: up == 2}\n"
    _, output = check(capsys, tmp_path, program, "--format", "json", web=GOOD + more)
    found = json.loads(output)["tests"]
    assert found["failed"] == 0
    assert {each["alert"]: each["tests"] for each in found["alerts"]} | {"WebA": 0} == {
        "WebA": 0,
        "WebANoData": 3,
        "Down": 3,
        "Other": 0,
    }


WIDE = """\
severities: {SEV-2: {conditions: [{burn_rate: 2, window: [1h, 1w]}]}}
slos:
  - name: a
    objective: 99
    sli: {error_ratio_query: 'avg_over_time((1 - avg(up))[{{.window}}:1m])'}
alerts:
  - alert: Rare
    expr: min_over_time((1 - up)[30d:1m]) > 0
    tests: [{series: {up: 0x20}, at: 6m, firing: true}]
  - {alert: Down, expr: up == 0, tests: [{series: {up: 0x20}, at: 6m, firing: true}]}
"""


@every_promtool
def test_what_is_too_much_for_promtool_is_left_out_and_the_rest_is_tested(capsys, tmp_path, program) -> None:
    _, output = check(capsys, tmp_path, program, web=WIDE)
    note, numbers = told(output)
    assert note.startswith("alerts/web.yaml:7:12: note[test/untested]: promtool cannot try Rare")
    assert " 0 failed; 3 of 4 alerts tested" in numbers
    (tests,) = rendered({"alerts/web.yaml": WIDE}, tmp_path)
    assert not failures(judged(program, "test", [tests]))
    assert "too many" in judged(program, "test", [_with_all_rules(tests)])["all.test.yaml"].output
    text = tests.read_text(encoding="utf-8")
    assert "may take more:\n#   slo:sli_error:ratio_rate3d\n#   slo:sli_error:ratio_rate1w\n#   Rare\n" in text


def _with_all_rules(tests: Path) -> Path:
    path = tests.parent / "all.test.yaml"
    path.write_text(
        tests.read_text(encoding="utf-8").replace('"rules/web.yaml"', '"../rules/web.yaml"'), encoding="utf-8"
    )
    return path


def test_without_promtool_it_says_how_to_get_it(capsys, tmp_path, monkeypatch) -> None:
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/web.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TOCSIN_PROMTOOL", raising=False)
    assert main(["check", "-C", str(tmp_path), "--tests"]) == 2
    said = capsys.readouterr().err
    assert "there is no promtool on the PATH" in said
    assert "apt install prometheus" in said


@pytest.mark.parametrize("way", ["option", "variable"])
def test_another_program_can_be_named_and_must_be_promtool(capsys, tmp_path, monkeypatch, way) -> None:
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/web.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("TOCSIN_PROMTOOL", "true" if way == "variable" else "nothing")
    more = ["--promtool", "true"] if way == "option" else []
    assert main(["check", "-C", str(tmp_path), "--tests", *more]) == 2
    assert "true is no promtool" in capsys.readouterr().err


@every_promtool
def test_a_query_of_an_sli_that_promtool_refuses_is_told_at_its_column(tmp_path, program) -> None:
    source = """\
slos:
  - name: a
    objective: 99
    sli:
      total_query: sum(rate(t[{{.window}}]))
      error_query: |
        sum(rate(e[{{ .window }}]))
          + sum(rate(e{a="é"}[{{.window}}])) + sum(holt_winters_of(e[{{.window}}]))
"""
    catalog = make_catalog({"alerts/web.yaml": source})
    results = run_rule_tests(catalog, find_promtool(program), catalog.all(Service), (), lambda *_: None)
    spans = {catalog.documents["alerts/web.yaml"].locate(each.where) for each in results.findings["test/refused"]}
    assert {(span.line, span.column) for span in spans} == {(8, source.splitlines()[7].index("holt") + 1)}


REPEATED = 'a =~ "b{1001}"'
"""What Go's regular expressions refuse and no other parser does."""


@every_promtool
@pytest.mark.parametrize(
    ("source", "key"),
    [
        (f"sli: {{errors: 'e{{x=\"é\", {REPEATED}}}', total: t}}", "errors"),
        (f'sli: {{good: t, total: \'t{{x="é", {REPEATED}, y="1"}}\'}}', "total"),
        (f"sli: {{histogram: 'h{{{REPEATED}}}', under: 2s}}", "histogram"),
        (f'sli: {{errors: e, total: t}}}}]\nselector: x="é", {REPEATED} #', "selector"),
    ],
)
def test_a_matcher_that_promtool_refuses_is_told_at_its_column(tmp_path, program, source, key) -> None:
    text = f"slos: [{{name: a, objective: 99, {source}}}]\n".replace(" #}]", "")
    catalog = make_catalog({"alerts/web.yaml": text})
    assert not catalog.findings
    results = run_rule_tests(catalog, find_promtool(program), catalog.all(Service), (), lambda *_: None)
    (finding,) = results.findings["test/refused"]
    assert key in finding.where.pointer
    span = catalog.documents["alerts/web.yaml"].locate(finding.where)
    assert text.splitlines()[span.line - 1][span.column - 1 :].startswith("a =~")


@every_promtool
@pytest.mark.parametrize("odd", ["up{a=b}", 'up{a=~"b"}', 'up{a="b" c="d"}', 'up{a="\\q"}'])
def test_a_series_that_promtool_refuses_is_told_where_it_is_written(tmp_path, program, odd) -> None:
    test = "    tests: [{series: {up: 0x9, 'ODD': 0x9}, at: 1m, firing: true}]\n".replace("ODD", odd)
    rule = "  - alert: Down\n    expr: up == 0\n"
    source = f"alerts:\n{rule}{test.replace(odd, 'ok')}{rule.replace('Down', 'Odd')}{test}"
    catalog = make_catalog({"alerts/web.yaml": source})
    assert not catalog.findings
    results = run_rule_tests(catalog, find_promtool(program), catalog.all(Service), (), lambda *_: None)
    (finding,) = results.findings["test/refused"]
    assert finding.hint
    span = catalog.documents["alerts/web.yaml"].locate(finding.where)
    assert (span.line, span.column) == (7, test.index(odd))
