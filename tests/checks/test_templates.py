from __future__ import annotations

import shutil
import subprocess

import pytest

from generator.checks import templates
from tests.checks.found import found, place

SERVICE = "alerts:\n  - alert: Down\n    expr: up == 0\n    annotations:\n      summary: '{}'\n"

WRONG = [
    ("{{ $label.namespace }} is down", "uses $label, which no template has", "did you mean '$labels'?"),
    ("{{ $valeu | humanize }}", "uses $valeu, which no template has", "did you mean '$value'?"),
    ("{{ $labels.job", "has a '{{' that no '}}' closes", 'close it, or write {{ "{{" }} for the text'),
]
RIGHT = [
    "{{ $labels.job }} is down for {{ $value | humanizeDuration }}",
    '{{ with printf "up{job=%q}" $labels.job | query }}{{ . | first | value }}{{ end }}',
    "{{ range $i, $e := query `up` }}{{ $i }}{{ $e.Value }}{{ end }}",
    '{{ "$label" }} costs $5 in {{ $externalLabels.region }}',
    "{{/* $label */}}text",
]


@pytest.mark.parametrize(("text", "message", "hint"), WRONG)
def test_what_prometheus_would_refuse(text, message, hint):
    (finding,) = found(templates, {"alerts/shop.yaml": SERVICE.format(text)})
    assert finding.message == f"summary of alert Down {message}"
    assert (finding.hint, place(finding)) == (hint, "alerts/shop.yaml:5:16")


@pytest.mark.parametrize("text", RIGHT)
def test_what_it_takes(text):
    assert found(templates, {"alerts/shop.yaml": SERVICE.format(text)}) == ()


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool: run .ci/tools")
@pytest.mark.parametrize(("text", "right"), [(text, False) for text, *_ in WRONG] + [(text, True) for text in RIGHT])
def test_promtool_agrees(text, right, tmp_path):
    rules = tmp_path / "rules.yaml"
    body = "".join(f"    {line}\n" for line in SERVICE.format(text).splitlines()[1:])
    rules.write_text(f"groups:\n- name: g\n  rules:\n{body}")
    done = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is right, done.stderr
