"""The pages of who is on call, as Markdown: drawings say what the tables beside them say."""

from __future__ import annotations

import json
import re

import pytest

from generator.targets.site.charts import LANGUAGE, Chart, read
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context

PEOPLE = """\
ana: {name: "Ana <b>", time_zone: Europe/Madrid, country: ES}
bob: {name: Bob, time_zone: America/New_York}
lea: {name: Lea, time_zone: Europe/Madrid}
"""
TEAM = """\
name: Shop
lead: lea
schedules:
  primary:
    time_zone: Europe/Madrid
    layers: [{name: Days, start: 2026-01-05 09:00, turn: 1w, hours: 09:00-01:00, people: [ana, bob]}]
escalation: {steps: [{page: primary, wait: 15m}, {page: lead, wait: 15m}]}
"""
OVERRIDE = "- {who: bob, for: ana, from: 2026-11-25 09:00, until: 2026-11-26 01:00, why: dentist}\n"
FILES = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": TEAM, "schedules/shop.overrides.yaml": OVERRIDE}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {page.path: page.markdown for page in all_pages(Site(make_catalog(FILES), make_context()))}


def charts(text: str) -> list[Chart]:
    found = re.findall(rf"^``` {LANGUAGE}\n(.*)\n```$", text, re.MULTILINE)
    read_back = [read(each) for each in found]
    assert None not in read_back
    return [each for each in read_back if each is not None]


def test_a_schedule_draws_six_weeks_by_its_own_clock(pages):
    (chart,) = charts(pages["schedules/shop/primary/index.md"])
    assert [row.label for row in chart.rows][:2] == ["23 Nov to 29 Nov", "30 Nov to 6 Dec"]
    assert len(chart.rows) == 6
    assert chart.series == ("Ana <b>", "Bob")
    # On Monday the last hour of Bob's week, then Ana's from 09:00.
    first, second = chart.rows[0].segments[:2]
    assert (first.start, first.length, first.text) == (0, round(1 / 168, 5), "Bob")
    assert (second.start, second.length, second.text) == (round(9 / 168, 5), round(16 / 168, 5), "Ana <b>")


def test_shifts_in_a_row_are_one_line_and_an_override_is_its_own(pages):
    lines = [line for line in pages["schedules/shop/primary/index.md"].splitlines() if "{time" in line and "|" in line]
    assert lines[0].startswith("| Ana")
    assert any("instead of Ana" in line and "(dentist)" in line for line in lines)
    assert any("7 shifts, 112 h on call" in line for line in lines)


def test_a_team_shows_who_is_called_first_hour_by_hour_and_who_after_that(pages):
    text = pages["schedules/shop/index.md"]
    answers, load = charts(text)
    tuesday = answers.rows[0]
    assert tuesday.label == "Tue 24 Nov"
    assert [(each.text, round(each.length * 24)) for each in tuesday.segments] == [
        ("Ana <b>", 1),
        ("Lea", 8),
        ("Ana <b>", 15),
    ]
    assert "Lea |" in text
    assert re.search(r"\| Bob, then Lea after 15 minutes \|", text)
    assert [row.label.partition(",")[0] for row in load.rows] == ["Ana <b>", "Bob"]


def test_the_load_of_the_drawing_is_that_of_the_table_and_adds_up(pages):
    text = pages["schedules/shop/index.md"]
    line = next(line for line in text.splitlines() if line.startswith("| Bob |"))
    _, share, week, *buckets = [cell.strip().replace("\N{NO-BREAK SPACE}", " ") for cell in line.strip("|").split("|")]
    assert share == "33 %"
    assert abs(float(week.removesuffix(" h")) - sum(float(each.removesuffix(" h")) for each in buckets)) < 0.4
    assert abs(float(week.removesuffix(" h")) - 56) < 1.5


def test_a_name_is_text_in_a_drawing_and_on_the_page(pages):
    text = pages["schedules/shop/index.md"]
    outside = re.sub(rf"^``` {LANGUAGE}\n.*\n```$", "", text, flags=re.MULTILINE)
    assert "<b>" not in outside
    assert json.dumps("Ana <b>") in text


def test_a_team_that_calls_nobody_says_so():
    silent = FILES | {"schedules/shop.yaml": "name: Shop\nescalation: {steps: [{page: [nobody-known], wait: 5m}]}\n"}
    pages = {page.path: page.markdown for page in all_pages(Site(make_catalog(silent), make_context()))}
    assert "Nobody is called in the coming two weeks." in pages["schedules/shop/index.md"]
    assert "## Load" not in pages["schedules/shop/index.md"]
