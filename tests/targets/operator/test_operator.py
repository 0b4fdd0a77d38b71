"""PrometheusRule objects: the rules of the rule file, in what the operator takes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import jsonschema
import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.targets import load_target
from generator.targets.operator import TARGET, nested
from generator.targets.prometheus.blocks import block
from tests.catalogs import make_catalog, make_context

SERVICE = r"""
labels: {tier: "1"}
slos:
  - name: availability
    objective: 99.9
    description: 'q" \ ${x} {{ y }} é # : -'
    sli: {errors: 'e{code=~"5.."}', total: t}
alerts:
  - alert: WebDown
    expr: |
      up{job="web"} == 0

      unless on () absent(up{job="other"})
    for: 5m
    keep_firing_for: 10m
groups:
  - name: web own
    interval: 1m
    limit: 10
    rules:
      - {record: "job:up:sum", expr: sum by (job) (up), labels: {own: "on"}}
"""
SETTINGS = """
operator: {namespace: monitoring, labels: {release: kube-prometheus-stack, example.com/role: "1"}}
environments: {eu: {external_labels: {region: eu}, objectives: {web/availability: 99}}}
"""
DURATION = r"^(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?$"
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
RULE = {
    "type": "object",
    "required": ["expr"],
    "additionalProperties": False,
    "oneOf": [{"required": ["alert"]}, {"required": ["record"]}],
    "properties": {
        "alert": {"type": "string", "minLength": 1},
        "record": {"type": "string", "minLength": 1},
        "expr": {"type": "string"},
        "for": {"type": "string", "pattern": DURATION},
        "keep_firing_for": {"type": "string", "pattern": DURATION, "minLength": 1},
        "labels": TEXTS,
        "annotations": TEXTS,
    },
}
GROUP = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "interval": {"type": "string", "pattern": DURATION},
        "query_offset": {"type": "string", "pattern": DURATION},
        "limit": {"type": "integer"},
        "rules": {"type": "array", "items": RULE},
    },
}
OBJECT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["apiVersion", "kind", "metadata", "spec"],
    "properties": {
        "apiVersion": {"const": "monitoring.coreos.com/v1"},
        "kind": {"const": "PrometheusRule"},
        "metadata": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "pattern": r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", "maxLength": 253},
                "namespace": {"type": "string"},
                "labels": TEXTS,
            },
        },
        "spec": {
            "type": "object",
            "additionalProperties": False,
            "required": ["groups"],
            "properties": {"groups": {"type": "array", "items": GROUP}},
        },
    },
}
"""The shape of the published resource, as far as these objects use it."""

needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool: run .ci/tools")


def render(files, target=TARGET):
    catalog = make_catalog({"alerts/web.yaml": SERVICE, **files})
    return {artifact.path: artifact.content.decode() for artifact in target.render(catalog, make_context())}


def read(text):
    return pyyaml.load(text, pyyaml.CSafeLoader)


def test_an_object_holds_the_groups_of_the_rule_file_for_every_server():
    found = render({"tocsin.yaml": SETTINGS})
    rules = render({"tocsin.yaml": SETTINGS}, load_target("prometheus"))
    assert list(found) == ["prometheus/operator/web.yaml", "prometheus/eu/operator/web.yaml"]
    for path, text in found.items():
        assert read(text)["spec"] == read(rules[path.replace("/operator/", "/rules/")])
    assert found["prometheus/operator/web.yaml"] != found["prometheus/eu/operator/web.yaml"]


def test_objects_have_the_shape_that_the_operator_takes():
    for text in render({"tocsin.yaml": SETTINGS}).values():
        assert text.startswith("# Made by tocsin from alerts/web.yaml")
        jsonschema.validate(read(text), OBJECT)


def test_metadata_comes_from_the_settings():
    (text, _) = render({"tocsin.yaml": SETTINGS}).values()
    assert read(text)["metadata"] == {
        "name": "web",
        "namespace": "monitoring",
        "labels": {"release": "kube-prometheus-stack", "example.com/role": "1"},
    }
    (text,) = render({}).values()
    assert read(text)["metadata"] == {"name": "web"}


@pytest.mark.parametrize(
    "said",
    [
        "{namespace: Monitoring}",
        "{namespace: a.b}",
        "{labels: {release: a b}}",
        "{labels: {release: -a}}",
        "{labels: {/release: a}}",
        "{labels: {Example.com/release: a}}",
        f"{{labels: {{release: {'a' * 64}}}}}",
        f"{{labels: {{example.com/{'a' * 64}: a}}}}",
        "{label: {}}",
    ],
)
def test_what_kubernetes_would_refuse_is_a_finding(said):
    catalog = make_catalog({"tocsin.yaml": f"operator: {said}\n"})
    assert [finding.where.path for finding in catalog.findings] == ["tocsin.yaml"]


def test_it_is_rendered_only_when_asked_for():
    assert not TARGET.default
    assert TARGET.applies(make_catalog({"alerts/web.yaml": SERVICE}))
    assert not TARGET.applies(make_catalog({"runbooks/a.md": "# A\n"}))


@given(st.text(st.sampled_from('ab "\\\n\t#:-{}|>\x85\u2028\r\x0b\x0c\x1c\U0001f514')))
@example('a == "b"\n')
@example('a\n\n  "b"\n\n')
def test_text_survives_the_deeper_indentation(text):
    document = f"groups:\n  - expr: {block(text, 6)}\n    next: 1\n"
    assert read(f"spec:\n{nested(document)}\n")["spec"] == read(document) == {"groups": [{"expr": text, "next": 1}]}


@needs_promtool
@pytest.mark.real_tool
def test_promtool_accepts_the_spec(tmp_path):
    for number, text in enumerate(render({"tocsin.yaml": SETTINGS}).values()):
        place = tmp_path / f"{number}.yaml"
        place.write_text(json.dumps(read(text)["spec"]), encoding="utf-8")
        found = subprocess.run(["promtool", "check", "rules", place], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr
        assert re.search(r"[1-9][0-9]* rules found", found.stdout)
