"""Forms that only the newest servers read: promtool's newest release takes each, and nothing that is wrong is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.analysis.promql import newer, parse
from generator.analysis.promql.newer import quoted_name
from generator.checks.queries import expressions as queries
from generator.findings import Level
from tests.checks.found import found

# `¦` marks the place.
FORMS = [
    ("rate(x[¦5m * 2])", "arithmetic with durations"),
    ("rate(x[¦step()])", "arithmetic with durations"),
    ("rate(x[5m:¦(1m + 1m)])", "arithmetic with durations"),
    ("x offset ¦(1h)", "arithmetic with durations"),
    ("x offset ¦-(1h) + 3", "arithmetic with durations"),
    ("rate(x[¦max_of(5m, step())])", "arithmetic with durations"),
    ("rate(x[5m] ¦smoothed) > 1", "smoothed and anchored"),
    ('x{a="["} ¦anchored', "smoothed and anchored"),
    ("x > ¦1_000", "grouped digits"),
    ("x ¦</ 3", "trimming"),
]
WRONG = [
    "rate(x[5m * ])",
    "rate(x[5m",
    "x offset",
    'rate({a="b"} |= "c" [5m])',
    "x y",
    "rate(x[$range])",
    "sum(x[5m*2]",
    "1__0",
]
PLAIN = ["x", "rate(x[5m])", "x offset -1h", "x offset 5m * 2", "x < 3", "rate(x[1h:5m])"]


@pytest.mark.parametrize(("marked", "form"), FORMS)
def test_a_new_form_is_known_at_its_place(marked: str, form: str):
    text = marked.replace("¦", "")
    assert newer(text) == (marked.index("¦"), form)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_no_new_form(text: str):
    assert newer(text) is None
    assert parse(text).tree is None


@pytest.mark.parametrize("text", PLAIN)
def test_what_every_server_reads_is_no_new_form(text: str):
    assert newer(text) is None
    assert parse(text).tree is not None


def test_it_is_a_warning_and_no_error():
    source = "alerts: [{alert: Down, expr: 'rate(x[5m * 2]) > 1'}]\n"
    (finding,) = found(queries, {"alerts/shop.yaml": source})
    assert (finding.check, finding.level) == ("query/experimental", Level.WARNING)
    assert "has arithmetic with durations, which only new releases of Prometheus read" in finding.message


def test_nothing_is_said_where_every_server_is_new_enough():
    source = "alerts: [{alert: Down, expr: 'rate(x[5m * 2]) > 1'}]\n"
    for version, checks in (("3.15", ["query/experimental"]), ("3.16", [])):
        files = {"alerts/shop.yaml": source, "tocsin.yaml": f'prometheus: {{version: "{version}"}}\n'}
        assert [each.check for each in found(queries, files)] == checks


QUOTED = [
    '{¦"foo.bar"} > 1',
    'rate({job="a", ¦"foo.bar"}[5m])',
    'x{¦"a.b"="c"}',
    'x{a="b", ¦"c.d" =~ "e"}',
    'sum by (job, ¦"a.b") (x)',
    "sum without (¦`a.b`) (x)",
    'x / on (job) group_left (¦"a.b") y',
]
UNQUOTED = [
    'x{a="b", c="d"}',
    'label_replace(x, "a", "$1", "b", "(.*)")',
    'count_values("version", x)',
    'x{a="{", b=",\\"c\\""} # {"d"}',
    'sum by (job) (x{a="b"}) + on (job) label_join(y, "c", ",", "d")',
]


@pytest.mark.parametrize("marked", QUOTED)
def test_a_name_in_quotes_is_known_at_its_place(marked: str):
    text = marked.replace("¦", "")
    assert parse(text).tree is not None
    assert quoted_name(text) == marked.index("¦")


@pytest.mark.parametrize("text", UNQUOTED)
def test_texts_in_quotes_are_no_names(text: str):
    assert parse(text).tree is not None
    assert quoted_name(text) is None


def test_a_name_in_quotes_needs_a_server_that_reads_it():
    source = """alerts: [{alert: Down, expr: '{"foo.bar"} > 1'}]\n"""
    for version, checks in (("2.53", ["query/quoted-name"]), ("3.0", [])):
        files = {"alerts/shop.yaml": source, "tocsin.yaml": f'prometheus: {{version: "{version}"}}\n'}
        assert [each.check for each in found(queries, files)] == checks


@pytest.mark.real_tool
@pytest.mark.parametrize(("tool", "reads"), [("promtool", False), ("promtool-latest", True)])
def test_only_newer_servers_take_names_in_quotes(tool: str, reads: bool, tmp_path: Path):
    if shutil.which(tool) is None:
        pytest.skip(f"needs {tool}: run .ci/tools")
    for number, marked in enumerate(QUOTED):
        rule = {"record": "r", "expr": marked.replace("¦", "")}
        (tmp_path / f"{number}.json").write_text(json.dumps({"groups": [{"name": "g", "rules": [rule]}]}))
        command = [tool, "check", "rules", str(tmp_path / f"{number}.json")]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (run.returncode == 0) == reads, (marked, run.stderr)


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("promtool-latest") is None, reason="needs promtool-latest: run .ci/tools")
def test_promtool_takes_the_new_forms_and_refuses_the_wrong_ones(tmp_path: Path):
    taken = [marked.replace("¦", "") for marked, _ in FORMS]
    for number, text in enumerate([*taken, *WRONG]):
        (tmp_path / f"{number}.json").write_text(
            json.dumps({"groups": [{"name": "g", "rules": [{"record": "r", "expr": text}]}]})
        )
        command = ["promtool-latest", "check", "rules", str(tmp_path / f"{number}.json")]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (run.returncode == 0) == (text in taken), (text, run.stderr)
