"""Texts just inside and just outside of what each form of text allows, judged by both validators."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.schemas.test_schemas import load, subschemas

EDGES: dict[str, tuple[list[Any], list[Any]]] = {
    "service/$defs/id": (["a", "tr-web", "0", "a1-b2-c3"], ["", "-a", "a-", "a--b", "A", "a_b", "a.b", "a/b", "ñ", 7]),
    "service/$defs/duration": (
        ["5m", "1h30m", "300ms", "1y2w3d4h5m6s7ms", "0", "0s", "2592000s"],
        ["", "5", "5 m", "m", "1.5h", "-5m", "30m1h", "5M", "1h 30m", "5min", 5, "99999999999y"],
    ),
    "team/$defs/instant": (
        ["2026-10-14", "2026-10-14 13:12", "2026-10-14T13:12:59", "2026-10-14 13:12Z", "2026-10-14 13:12 +05:30"],
        ["2026-10-14 13", "2026-10-14 24:00", "2026-1-4", "26-10-14", "2026-10-14 13:12 CET", "2026-10-14Z", "1313"],
    ),
    "runbook/$defs/date": (
        ["2026-11-02"],
        ["2026-11-32", "2026-00-02", "2026-11-02 10:00", "02.11.2026", "0026-11-02"],
    ),
    "team/$defs/hours": (
        ["09:00-18:00", "17:00-01:00", "00:00-24:00"],
        ["9:00-18:00", "09:00", "24:00-09:00", "09:60-18:00", "09:00 - 18:00", "09-18", "09:00-24:30"],
    ),
    "team/$defs/days": (
        ["mon", "mon-fri", "sat-mon", ["sat", "sun"]],
        ["Mon", "mon-", "weekdays", "mon,tue", [], ["sat", "sat"], ["mon-fri"], ["x"]],
    ),
    "team/$defs/dayTime": (["fri 18:00"], ["fri", "18:00", "friday 18:00", "fri 24:00", "fri  18:00"]),
    "team/$defs/timeZone": (["UTC", "Europe/Madrid", "Etc/GMT+3"], ["", "Europe/", "Europe / Madrid", "../etc/passwd"]),
    "team/$defs/coverage": (
        ["always", {"days": "mon"}, {"hours": "09:00-10:00"}],
        ["never", {}, {"days": "mon", "from": "x"}],
    ),
    "team/$defs/pageTarget": (["lead", "primary", "payments/primary"], ["a/b/c", "/primary", "Primary", ""]),
    "team/$defs/layer/properties/restrictions": (
        [[{"from": "fri 18:00", "until": "mon 09:00"}]],
        [[], [{"from": "fri 18:00"}], "fri 18:00"],
    ),
    "team/properties/slack": (["#platform", "C012AB3CD", "#дежурные"], ["#", "#a #b", "", None]),
    "team/properties/email": (["a@example.com"], ["a", "a@", "@b", "a b@c", "a@b@c"]),
    "people/additionalProperties/properties/email": (["a@example.com"], ["a", "a@b c"]),
    "people/additionalProperties/properties/pagerduty": (["PABC123"], ["pabc123", "alice@example.com", ""]),
    "people/additionalProperties/properties/working_hours": (["09:00-17:00", {"days": "mon"}], ["always", {}, 9]),
    "people/additionalProperties/properties/country": (["AR", "ES-MD", "GB-ENG"], ["ar", "ARG", "ES-", "ES-LONG"]),
    "severity-map/$defs/sloId": (["tr-web/a"], ["a", "a/b/c", "tr-web/"]),
    "service/$defs/slo/properties/objective": ([99.9, 0.001, 99.9999, 50], [0, 100, -1, "99.9", True]),
    "service/$defs/slo/properties/traffic": (["6/h", "0.5/s", "100/d"], ["6", "/h", "6/hour", "6/w", 6]),
    "service/$defs/slo/properties/no_data": (["on", "off", "15m"], [True, False, "yes", "", 10]),
    "service/$defs/slo/properties/min_events": ([1, 100], [0, 1.5, "100"]),
    "service/$defs/recording/properties/record": (["job:up:sum", "_a"], ["1a", "a-b", ""]),
    "service/$defs/labelName": (["region", "_x1"], ["1x", "a-b", "a.b", ""]),
    "severity-map/$defs/condition/properties/burn_rate": (
        [14.4, 1, "14.4", "> 14.4x", ">6x", "6 x"],
        [0, -1, "", ">", "x", ">= 6", "6.x", "six", True],
    ),
    "severity-map/$defs/condition/properties/window": (
        [["5m", "1h"], "5m and 1h"],
        [["5m"], ["5m", "1h", "1d"], "5m", "5m, 1h", "5mand1h", ["5m", 1]],
    ),
    "severity-map/$defs/condition/properties/slos": (["all", "critical", ["a/b"]], ["a/b", [], ["a"], ["a/b", "a/b"]]),
    "service/$defs/ownCondition/properties/slos": (["all", ["a", "a/b"]], ["some", [], ["A"], ["a/b/c"]]),
    "service/$defs/severities": (
        [{"SEV-1": "off"}, {"SEV-9": {"conditions": [{"burn_rate": 1, "window": ["5m", "1h"]}]}}],
        [{"SEV-0": "off"}, {"SEV-10": "off"}, {"SEV-1": "on"}, {"SEV-1": {}}, {"SEV-1": {"conditions": []}}, "off"],
    ),
    "postmortem/properties/severity": (["SEV-1", "none"], ["SEV-0", "sev-1", "1", "SEV-10", "SEV-1 ", "None"]),
    "incident/properties/impact": (["none", "critical"], ["maintenance", "Minor", ""]),
    "incident/properties/postmortem": (
        ["https://example.com/a"],
        ["ftp://example.com", "example.com", "https://", "https://a b"],
    ),
    "incident/$defs/localized": (
        ["Text", {"en": "Text"}, {"pt-BR": "Texto"}],
        ["", {}, {"english": "Text"}, {"EN": "Text"}, {"en": ""}, {"en": {}}, ["Text"], 5],
    ),
    "pagerduty-ids/additionalProperties": (["PSCHED1", "PU1:PT1", "PU1.PR1"], ["", "psched1", "A:B:C", "A/B", 5]),
    "runbook/properties/parameters": (
        [{"namespace": "default", "port": 80}, {}],
        [{"a-b": "x"}, {"A": "x"}, {"a": []}],
    ),
}


def place(where: str) -> dict[str, Any]:
    kind, _, inner = where.partition("/")
    root = load(kind)
    return {**dict(subschemas(root))["/" + inner], "$defs": root.get("$defs", {})}


@pytest.mark.parametrize("where", EDGES)
def test_edges(where: str) -> None:
    schema = place(where)
    accepted, refused = EDGES[where]
    for validates in (Draft202012Validator(schema).is_valid, jsonschema_rs.validator_for(schema).is_valid):
        assert [value for value in accepted if not validates(value)] == []
        assert [value for value in refused if validates(value)] == []


FORMS = {name: place(f"team/$defs/{name}") for name in ("id", "duration", "instant", "hours", "dayTime", "timeZone")}


@given(st.sampled_from(sorted(FORMS)), st.text(alphabet="0159:-.TZ+ adefhimnorsuwy/\u00e9\u0661", max_size=12))
def test_both_validators_agree_on_any_one_line(form: str, text: str) -> None:
    """One says yes or no, the other explains; where they disagree, something is refused without a reason."""
    assert Draft202012Validator(FORMS[form]).is_valid(text) == jsonschema_rs.is_valid(FORMS[form], text)
