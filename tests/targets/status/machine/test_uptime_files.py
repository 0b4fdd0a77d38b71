from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest

from generator.targets.status.machine.uptime_files import COLUMNS, cell, percent
from tests.analysis.status.status_sources import at, catalog, component, incident, update
from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import build, small


@pytest.fixture(scope="module")
def files():
    return build(busy())


def table(files):
    return list(csv.DictReader(io.StringIO(files["uptime.csv"].decode(), newline="")))


def figures(files):
    return {each["id"]: each for each in json.loads(files["uptime.json"])["components"]}


def test_the_figures_say_how_they_were_counted(files):
    read = json.loads(files["uptime.json"])
    assert read["as_of"] == "2026-11-24T12:00:00.000Z"
    assert (read["time_zone"], read["partial_outage_weight"]) == ("America/Argentina/Buenos_Aires", 0.3)


def test_each_component_and_group_has_its_figures_and_its_bad_days(files):
    read = figures(files)
    assert list(read) == ["website", "api", "rest", "hooks"]
    down = Fraction(28, 24 * 60) * Fraction(3, 10)
    assert read["website"]["days"] == [
        {
            "date": "2026-10-14",
            "worst_status": "partial_outage",
            "counted_seconds": 86400,
            "major_outage_seconds": 0,
            "partial_outage_seconds": 28 * 60,
            "uptime_percent": percent(1 - down),
        }
    ]
    today = Fraction(9, 24)  # it is nine in the morning there
    assert read["website"]["uptime_percent"] == {
        "30": 100,
        "90": percent(1 - down / (89 + today)),
        "365": percent(1 - down / (364 + today)),
    }
    assert read["hooks"]["counted_days"] == {"30": 30, "90": 54, "365": 54}


def test_a_group_counts_the_time_of_its_components_alike(files):
    read = figures(files)
    assert read["api"]["is_group"]
    day = read["api"]["days"][-1]
    assert (day["worst_status"], day["counted_seconds"], day["major_outage_seconds"]) == (
        "major_outage",
        2 * 9 * 3600,
        3600,
    )
    assert read["rest"]["uptime_percent"]["30"] < read["api"]["uptime_percent"]["30"] < 100


def test_the_table_has_a_row_a_component_and_counted_day(files):
    rows = table(files)
    assert tuple(rows[0]) == COLUMNS
    count = {name: sum(row["component"] == name for row in rows) for name in ("website", "api", "rest", "hooks")}
    assert count == {"website": 365, "api": 0, "rest": 365, "hooks": 54}
    (bad,) = (row for row in rows if row["component"] == "website" and row["worst_status"] != "operational")
    assert (bad["date"], bad["partial_outage_seconds"], bad["uptime_percent"]) == ("2026-10-14", "1680", "99.4166")


def test_the_table_and_the_figures_say_the_same(files):
    rows = {(row["component"], row["date"]): row for row in table(files)}
    for name, each in figures(files).items():
        for day in each["days"] if not each["is_group"] else ():
            row = rows[name, day["date"]]
            assert {key: row[key] for key in day} == {key: f"{value}" for key, value in day.items()}


@pytest.mark.parametrize("weight", [0, 0.5, 1])
def test_the_weight_of_partial_outages_is_a_setting(weight):
    out = incident(
        "x", update("2026-11-23 00:00", "identified", {"web": "partial_outage"}), update("2026-11-24", "resolved")
    )
    read = figures(build(small(out, status={"partial_outage_weight": weight})))
    assert read["web"]["days"][0]["uptime_percent"] == 100 - 100 * weight


def test_what_begins_today_has_no_figure_before_it_has_time():
    read = figures(build(catalog(component("new", since="2026-11-25"), name="Example")))
    assert read["new"]["uptime_percent"] == {"30": None, "90": None, "365": None}
    assert read["new"]["days"] == []


def test_days_are_as_long_as_in_the_zone_of_the_page():
    sources = catalog(component("web"), name="Example", time_zone="Europe/Madrid")
    rows = {row["date"]: row["counted_seconds"] for row in table(build(sources, at("2026-11-24 12:00")))}
    assert (rows["2026-03-29"], rows["2026-10-25"], rows["2026-11-24"]) == ("82800", "90000", str(13 * 3600))


def test_percentages_are_rounded_down_and_only_what_never_failed_is_a_hundred():
    shares = (Fraction(1), Fraction(999_999_999, 1_000_000_000), Fraction(0), None)
    assert [percent(each) for each in shares] == [100, 99.9999, 0, None]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x","y")'])
def test_no_spreadsheet_takes_a_name_for_a_formula(text):
    read = next(csv.reader([cell(text)]))
    assert read == ["'" + " ".join(text.split())]
