from __future__ import annotations

import shutil
import subprocess
import time

import pytest

from generator.checks import templates
from tests.checks.found import found, place

SERVICE = "alerts:\n  - alert: Down\n    expr: up == 0\n    annotations:\n      summary: '{}'\n"

WRONG = [
    ("{{ $label.namespace }} is down", "uses $label, which no template has", "did you mean '$labels'?", 20),
    ("{{ $valeu | humanize }}", "uses $valeu, which no template has", "did you mean '$value'?", 20),
    ("{{ $labels.job", "has a '{{' that no '}}' closes", 'close it, or write {{ "{{" }} for the text', 17),
    (
        "{{ $value | humanise }}",
        "calls 'humanise', which is no function of Prometheus's templates",
        "did you mean 'humanize'?",
        29,
    ),
    (
        "{{ $labels.job | default `x` }}",
        "calls 'default', which is no function of Prometheus's templates",
        "there are Go's own functions and Prometheus's, not those of Helm",
        34,
    ),
    ("{{ if $value }}x", "has an 'if' that no 'end' ends", "write {{ end }} where it ends", 19),
    ("{{ if $value }}{{ break }}{{ end }}", "has a 'break' outside of range", "leave it out", 34),
    ("x {{ end }}", "has an 'end' that ends nothing", "leave it out", 21),
]
RIGHT = [
    "{{ range query `up` }}{{ if .Value }}{{ break }}{{ end }}{{ continue }}{{ end }}",
    '{{ "a}}b" }} {{ `{{ x }}` }} {{/* }} */}}it is',
    "{{ $labels.job }} is down for {{ $value | humanizeDuration }}",
    '{{ with printf "up{job=%q}" $labels.job | query }}{{ . | first | value }}{{ end }}',
    "{{ range $i, $e := query `up` }}{{ $i }}{{ $e.Value }}{{ end }}",
    '{{ "$label" }} costs $5 in {{ $externalLabels.region }}',
    "{{/* $label */}}text",
    "{{- if and (gt $value 1.5) (ne $labels.job `x`) -}}a{{ else if not $value }}b{{ else }}c{{ end }}",
    "{{ $x := `a` }}{{ $x = `b` }}{{ $x | toUpper | len }} {{ index $labels `job` }}",
    '{{ define "x" }}{{ .Labels }}{{ end }}{{ template "x" . }}',
]


@pytest.mark.parametrize(("text", "message", "hint", "column"), WRONG)
def test_what_prometheus_would_refuse(text, message, hint, column):
    (finding,) = found(templates, {"alerts/shop.yaml": SERVICE.format(text)}, "alert/template")
    assert finding.message == f"summary of alert Down {message}"
    assert (finding.hint, place(finding)) == (hint, f"alerts/shop.yaml:5:{column}")


@pytest.mark.parametrize("text", RIGHT)
def test_what_it_takes(text):
    assert found(templates, {"alerts/shop.yaml": SERVICE.format(text)}, "alert/template") == ()


def test_braces_without_end_are_looked_through_once():
    began = time.monotonic()
    assert len(found(templates, {"alerts/shop.yaml": SERVICE.format("{{" * 20_000)}, "alert/template")) == 1
    assert time.monotonic() - began < 2


SLO = """\
slos:
  - {{name: a, objective: 99, group_by: [region], sli: {{errors: e, total: t}}, annotations: {{x: '{}'}}}}
"""


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("{{ $labels.region }} and {{ $labels.slo }} {{ $value }}", None),
        ("{{ $labels.job }}", "alert/template-label"),
        ("{{ $labls.slo }}", "alert/template"),
        ("{{ .Values.x }", "alert/template"),
    ],
)
def test_annotations_of_an_slo_are_templates(text, check):
    findings = found(templates, {"alerts/shop.yaml": SLO.format(text)})
    assert [each.check for each in findings][:1] == ([check] if check else [])


def alert(expr: str, text: str, part: str = "annotations") -> dict[str, str]:
    return {"alerts/shop.yaml": f"alerts:\n  - alert: Down\n    expr: {expr}\n    {part}:\n      text: '{text}'\n"}


@pytest.mark.parametrize(
    ("expr", "text", "message", "hint"),
    [
        (
            "sum by (job) (up) == 0",
            "{{ $labels.instance }} is down",
            "names label 'instance', which the result of expr has not",
            "it has job only",
        ),
        (
            "sum(up) == 0",
            "{{ .Labels.job }}",
            "names label 'job', which the result of expr has not",
            "it has no labels at all: keep some with by (…)",
        ),
        (
            "sum by (namespace) (up) == 0",
            "{{ $labels.namespce }}",
            "names label 'namespce', which the result of expr has not",
            "did you mean 'namespace'?",
        ),
        (
            "up == 0",
            "{{ .labels.job }}",
            "reads .labels, which templates of alerts have not",
            "did you mean '.Labels'?",
        ),
        ("up == 0", "{{ .CommonLabels.job }}", "reads .CommonLabels, which templates of alerts have not", ""),
        ("up == 0", "$labels.job is down", "has $labels.job outside of braces, where it is text", "{{ $labels.job }}"),
        ("up == 0", "at $value", "has $value outside of braces, where it is text", "write {{ $value }}"),
    ],
)
def test_what_comes_out_empty(expr, text, message, hint):
    (finding,) = found(templates, alert(expr, text), "alert/template-label")
    assert finding.message == f"text of alert Down {message}"
    assert hint in finding.hint
    column = 14 + max(text.find("$"), text.find(" .") + 1)
    assert place(finding) == f"alerts/shop.yaml:5:{column}"


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("up == 0", "{{ $labels.anything }}"),
        ("sum by (job) (up) == 0", "{{ $labels.job }} of {{ $externalLabels.region }} {{ .Value }}"),
        ("sum by (job) (up) == 0", "{{ range query `up` }}{{ .Labels.instance }}{{ end }}"),
        ("sum(up) * on () group_left (team) info == 0", "{{ $labels.team }}"),
        ("absent(up{job=`x`})", "{{ $labels.job }}"),
        ("label_replace(sum(up), `x`, `y`, ``, ``) == 0", "{{ $labels.x }}"),
        ("sum(", "{{ $labels.instance }}"),
    ],
)
def test_what_the_result_may_have_is_let_through(expr, text):
    assert found(templates, alert(expr, text), "alert/template-label") == ()


def test_what_the_rule_adds_is_not_among_the_labels():
    files = alert("sum(up) == 0", "{{ $labels.tier }}")
    files["alerts/shop.yaml"] += "    labels: {tier: one}\n"
    (finding,) = found(templates, files, "alert/template-label")
    assert finding.hint == "what the rule adds under labels is not in $labels: write the value itself"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("{{ $value }}", [17]),
        ("v{{ .Value | humanize }}", [18]),
        ("{{ if gt $value 90.0 }}critical{{ else }}warning{{ end }}", []),
        ("{{ $labels.value }}", []),
    ],
)
def test_a_value_in_a_label_makes_another_alert_each_time(text, columns):
    findings = found(templates, alert("up == 0", text, "labels"), "alert/value-in-label")
    assert [place(each) for each in findings] == [f"alerts/shop.yaml:5:{column}" for column in columns]
    assert found(templates, alert("up == 0", text), "alert/value-in-label") == ()


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
@pytest.mark.parametrize(("text", "right"), [(text, False) for text, *_ in WRONG] + [(text, True) for text in RIGHT])
def test_promtool_agrees(text, right, tmp_path):
    rules = tmp_path / "rules.yaml"
    body = "".join(f"    {line}\n" for line in SERVICE.format(text).splitlines()[1:])
    rules.write_text(f"groups:\n- name: g\n  rules:\n{body}")
    done = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is right, done.stderr
