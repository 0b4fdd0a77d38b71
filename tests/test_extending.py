"""A check, a target, a kind and a setting added from outside: one place each, and all that exists picks it up."""

from __future__ import annotations

import json
import re
import sys
import types
from dataclasses import dataclass

import pytest

from generator import resources, settings
from generator.artifacts import Artifact
from generator.catalog import load
from generator.checks import FAMILIES, all_checks, engine
from generator.checks.base import check
from generator.commands.explain import page
from generator.findings import Ref
from generator.git import Memory
from generator.kinds import KINDS, Entity, Kind
from generator.kinds.base import mapping
from generator.kinds.service import Service
from generator.settings import Setting
from generator.targets import TARGETS, Target, load_target
from tests.catalogs import make_catalog, make_context

SOURCES = {"alerts/shop.yaml": "description: A shop without a team\n"}


def test_check_is_one_function():
    family = types.ModuleType("family")

    @check("service/no-team", level="warning")
    def no_team(catalog, context):
        """A service has no team.

        Nobody answers for it.
        """
        for service in catalog.all(Service):
            if service.team is None:
                yield service.finding("description", message=f"service {service.id} has no team", hint="write team:")

    family.no_team = no_team
    families = (*FAMILIES, family)
    found = [each for each in engine.run(make_catalog(SOURCES), make_context(), families) if each.check == no_team.id]
    assert [(each.level.value, each.where.span.line, each.where.span.column) for each in found] == [("warning", 1, 14)]
    assert page(all_checks(families)["service/no-team"]).startswith("# service/no-team\n\nA service has no team.")


def test_level_of_a_new_check_is_a_setting_at_once():
    family = types.ModuleType("family")

    @check("service/any")
    def any_service(catalog, context):
        """A service."""
        for service in catalog.all(Service):
            yield service.finding(message="a service")

    family.any_service = any_service
    catalog = make_catalog({**SOURCES, "tocsin.yaml": "checks: {service/any: note}\n"})
    levels = [each.level.value for each in engine.run(catalog, make_context(), (*FAMILIES, family))]
    assert levels.count("note") >= 1
    assert "error" not in levels


def test_target_is_one_module(monkeypatch):
    module = types.ModuleType("outside_target")

    def render(catalog, context):
        for service in catalog.all(Service):
            yield Artifact.text(f"labels/{service.id}.txt", f"{service.id}\n", (service.ref.path,))

    module.TARGET = Target("labels", "a list", render, applies=lambda catalog: bool(catalog.all(Service)))
    monkeypatch.setitem(sys.modules, "outside_target", module)
    target = load_target("labels", {**TARGETS, "labels": "outside_target"})
    catalog = make_catalog(SOURCES)
    assert target.applies(catalog)
    assert [each.path for each in target.render(catalog, make_context())] == ["labels/shop.txt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill(Entity):
    lead: str


def test_kind_is_one_module_and_its_schema(monkeypatch, tmp_path):
    contents = {
        "type": "object",
        "required": ["lead"],
        "properties": {"lead": {"type": "string"}},
        "additionalProperties": False,
    }
    (tmp_path / "drill.schema.json").write_text(json.dumps(contents))
    shipped = resources.shipped
    monkeypatch.setattr(
        resources,
        "shipped",
        lambda name: tmp_path if (tmp_path / "drill.schema.json").exists() and name == "schemas" else shipped(name),
    )
    resources.schema.cache_clear()

    def parse(document, _settings):
        yield Drill(ref=Ref(document.path), id=kind.id_of(document.path), lead=mapping(document.data)["lead"])

    kind = Kind("drill", "Drill", re.compile(r"drills/(?P<id>[^/]+)\.yaml"), parse, "drills/a.yaml")
    (tmp_path / "settings.schema.json").write_text('{"properties": {}}')
    tree = Memory({"drills/fire.yaml": b"lead: erin\n", "drills/flood.yaml": b"leed: erin\n"})
    try:
        catalog = load(tree, (*KINDS, kind))
    finally:
        resources.schema.cache_clear()
    assert [(drill.id, drill.lead) for drill in catalog.all(Drill)] == [("fire", "erin")]
    assert [each.check for each in catalog.findings] == ["schema/unknown-key"]


@pytest.fixture
def limit():
    setting = Setting(
        "page_limit",
        {"title": "Limit", "description": "Pages a week.", "type": "integer", "examples": [2]},
        lambda value: 2 if value is None else value,
    )
    yield setting
    del settings.DECLARED["page_limit"]


def test_setting_is_one_declaration(limit):
    assert make_catalog(SOURCES).settings.get(limit) == 2
    assert make_catalog({**SOURCES, "tocsin.yaml": "page_limit: 5\n"}).settings.get(limit) == 5
    wrong = make_catalog({**SOURCES, "tocsin.yaml": "page_limit: many\n"})
    assert [each.check for each in wrong.findings] == ["schema/type"]
    assert wrong.settings.get(limit) == 2
    assert "page_limit" in settings.schema(settings.DECLARED)["properties"]
