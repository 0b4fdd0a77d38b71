"""Sources become Terraform and come back: the same sources when done again, and the same people at every time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.importers import Given, Options
from generator.importers.pagerduty import read
from generator.kinds.team import Schedule
from generator.targets.terraform import TARGET
from tests.catalogs import make_catalog, make_context
from tests.importers.pagerduty.accounts import NOW, said, texts
from tests.targets.terraform.sources import NO_HISTORY

PEOPLE = ["ana", "bob", "cleo-2", "4ops", "d"]
ZONES = ["America/Argentina/Buenos_Aires", "Europe/Madrid", "Australia/Sydney", "Asia/Kathmandu"]
HOURS = st.sampled_from(["09:00-17:00", "17:00-01:00", "00:00-24:00", "22:30-06:15", "18:00-24:00"])
DAYS = st.sampled_from(["mon-fri", "sat", ["sat", "sun"], "fri-mon", ["mon", "wed", "fri"]])
MOMENT = st.builds(
    "{} {:02}:{:02}".format, st.sampled_from(["mon", "wed", "fri", "sun"]), st.integers(0, 23), st.just(30)
)
NAMES = st.sampled_from(["Ünï çø", 'Say "${hi}"', "%{x} \\n", "{{y}}", "A / B", "Team"])


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Any]:
    day, hour = draw(st.integers(1, 28)), draw(st.integers(0, 23))
    layer: dict[str, Any] = {"start": f"2026-{draw(st.integers(1, 12)):02}-{day:02} {hour:02}:00"}
    if draw(st.booleans()):
        layer["anchor"] = f"2025-{draw(st.integers(1, 12)):02}-{day:02} {hour:02}:30"
    layer["turn"] = draw(st.sampled_from(["1h", "12h", "1d", "1d12h", "1w", "2w", "365d"]))
    match draw(st.integers(0, 3)):
        case 1:
            layer["hours"] = draw(HOURS)
        case 2:
            layer |= {"days": draw(DAYS), "hours": draw(HOURS)}
        case 3:
            spans = draw(
                st.lists(st.tuples(MOMENT, MOMENT).filter(lambda each: each[0] != each[1]), min_size=1, max_size=3)
            )
            layer["restrictions"] = [{"from": start, "until": end} for start, end in spans]
    layer["people"] = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4))
    if draw(st.booleans()):
        layer["name"] = draw(NAMES)
    return layer


@st.composite
def teams(draw: st.DrawFn, name: str) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(["primary", "nights-2", "shop", "4th"]), min_size=1, max_size=3, unique=True))
    schedules = {
        key: {"time_zone": draw(st.sampled_from(ZONES)), "layers": draw(st.lists(layers(), min_size=1, max_size=3))}
        for key in keys
    }
    called = st.sampled_from([*keys, "lead", "bob"])
    steps = st.lists(
        st.fixed_dictionaries({"page": called, "wait": st.sampled_from(["1m", "5m", "1h30m"])}), min_size=1, max_size=3
    )
    policy = st.fixed_dictionaries({"loops": st.integers(0, 9), "steps": steps})
    team = {"name": name, "lead": draw(st.sampled_from(PEOPLE)), "schedules": schedules, "escalation": draw(policy)}
    if draw(st.booleans()):
        team["escalations"] = {"other": draw(policy)}
    return team


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, str]:
    people = {each: {"name": f"{each} {draw(NAMES)}", "email": f"{each}@example.com"} for each in PEOPLE}
    return {
        "tocsin.yaml": "name: Test\ntime_zone: Europe/Madrid\n",
        "schedules/people.yaml": json.dumps(people),
        "schedules/shop.yaml": json.dumps(draw(teams("Shop"))),
        "schedules/web-4.yaml": json.dumps(draw(teams("Web 4"))),
    }


def built(files: dict[str, str]) -> list[Given]:
    context = make_context(NOW, open_history=lambda: NO_HISTORY)
    catalog = make_catalog(files)
    assert not catalog.findings, [each.message for each in catalog.findings]
    return [Given(each.path.rpartition("/")[2], each.content) for each in TARGET.render(catalog, context)]


def back(files: list[Given]) -> dict[str, str]:
    empty = make_catalog({"tocsin.yaml": "name: Test\ntime_zone: Europe/Madrid\n"})
    found = read(files, Options(catalog=empty, now=NOW))
    assert said(found) == []
    return {"tocsin.yaml": "name: Test\ntime_zone: Europe/Madrid\n", **texts(found)}


@settings(max_examples=60, deadline=None)
@given(repositories())
def test_there_and_back_again(files):
    first = back(built(files))
    assert back(built(first)) == first
    before, after = make_catalog(files), make_catalog(first)
    start = datetime(2026, 11, 24, tzinfo=UTC)
    for schedule in before.all(Schedule):
        same = after.get(Schedule, schedule.id)
        assert same is not None
        assert who(after, same, start) == who(before, schedule, start)


def who(catalog, schedule, start):
    """Who is on call in the coming weeks, pieces of one person that touch joined."""
    out: list[list[Any]] = []
    for each in shifts(catalog, schedule, start, start + timedelta(weeks=5)):
        if out and out[-1][1] == each.start and out[-1][2] == each.person:
            out[-1][1] = each.end
        else:
            out.append([each.start, each.end, each.person])
    return out
