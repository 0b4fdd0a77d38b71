"""Schedules that nobody thought of: Terraform takes them, and the service renders what Tocsin expands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.catalogs import make_catalog
from tests.pagerduty_fake import FakePagerDuty
from tests.targets.terraform.rendered import assert_renders_the_same
from tests.targets.terraform.sources import render
from tests.targets.terraform.workspace import Workspace, configuration, needs_provider

pytestmark = [needs_provider, pytest.mark.real_tool, pytest.mark.slow]

PEOPLE = "".join(f"{each}: {{name: {each.title()}, email: {each}@example.com}}\n" for each in ("ana", "bob", "eve"))
# Clocks that change at night, at midnight, for Ramadan, never; Oslo has another name there.
ZONES = ["Europe/Oslo", "America/Chicago", "Australia/Sydney", "America/Santiago", "Asia/Kolkata", "Africa/Casablanca"]
SPANS = [
    "",
    "hours: 09:00-17:00, ",
    "hours: 17:00-01:30, ",
    "days: mon-fri, hours: 08:30-20:00, ",
    "restrictions: [{from: fri 18:00, until: mon 09:00}, {from: wed 12:00, until: wed 12:45}], ",
]
STARTS = ["2024-10-01 00:00", "2026-01-05 09:00", "2025-03-30 02:30", "2026-07-01 23:59"]

layers = st.builds(
    "{{start: {}, {}turn: {}, people: [{}]}}".format,
    st.sampled_from(STARTS),
    st.sampled_from(SPANS),
    st.sampled_from(["1h", "5h", "12h", "1d", "3d", "1w", "30d", "365d"]),
    st.lists(st.sampled_from(["ana", "bob", "eve"]), min_size=1, max_size=4).map(", ".join),
)
schedules = st.tuples(st.sampled_from(ZONES), st.lists(layers, min_size=1, max_size=3))


def team(written: list[tuple[str, list[str]]]) -> str:
    lines = ["name: Shop", "schedules:"]
    for index, (zone, stack) in enumerate(written):
        lines += [f"  s{index}:", f"    time_zone: {zone}", "    layers:", *(f"      - {layer}" for layer in stack)]
    calls = ", ".join(f"s{index}" for index in range(len(written)))
    return "\n".join([*lines, f"escalation: {{steps: [{{page: [{calls}], wait: 5m}}]}}", ""])


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return configuration(tmp_path_factory.mktemp("terraform"))


# Eight schedules each, because a run of Terraform is what takes the time; to shrink would take an hour.
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(schedules, min_size=8, max_size=8))
def test_any_schedules(tmp_path_factory, config, written):
    now = datetime.now(UTC).replace(microsecond=0)
    sources = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": team(written)}
    catalog = make_catalog(sources)
    with FakePagerDuty() as api:
        workspace = Workspace(tmp_path_factory.mktemp("workspace"), config, api)
        workspace.apply(render(now=now, people=PEOPLE, team=sources["schedules/shop.yaml"]))
        # Half a year has a change of every clock that changes.
        assert_renders_the_same(api, catalog, now, days=183)
