"""`tocsin oncall report`: the same hours for people and programs, rounded as it says."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.commands.oncall.report_formats import hours

PEOPLE = """\
ana: {name: Ana, email: a@example.com, time_zone: Europe/Madrid, country: ES-MD}
bea: {name: "=Bea|x", time_zone: America/New_York}
cleo: Cleo
"""
TEAM = """\
name: Web
lead: cleo
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {name: Week, start: 2026-01-05 09:00, turn: 1w, people: [bea, ana]}
      - {name: Learners, shadow: true, start: 2026-01-05 09:00, turn: 1w, people: [cleo]}
  backup:
    layers:
      - {start: 2026-01-05 09:00, turn: 1w, hours: 09:00-09:20, people: [ana, bea]}
escalation:
  steps:
    - {page: primary, wait: 15m}
    - {page: [backup, lead], wait: 15m}
"""
SHOP = "schedules:\n  day:\n    layers:\n      - {start: 2026-01-05 09:00, turn: 1w, people: [cleo]}\n"
OVERRIDES = "- {who: bea, for: ana, schedule: primary, from: 2026-10-20 12:00, until: 2026-10-20 15:30:30}\n"
FILES = {
    "tocsin.yaml": "time_zone: Europe/Madrid\n",
    "schedules/people.yaml": PEOPLE,
    "schedules/web.yaml": TEAM,
    "schedules/shop.yaml": SHOP,
    "schedules/web.overrides.yaml": OVERRIDES,
}
NOW = "--now=2026-11-24T12:00Z"
OCTOBER = ("--from=2026-10-01", "--until=2026-11-01", NOW)


@pytest.fixture
def said(tmp_path, capsys):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)

    def run(*arguments: str, status: int = 0) -> str:
        assert main(["-C", str(tmp_path), "oncall", "report", *arguments]) == status
        out = capsys.readouterr()
        return out.err if status else out.out

    return run


def test_without_a_span_it_is_the_last_whole_month(said):
    assert said(NOW) == said(*OCTOBER)
    assert "from 2026-10-01 00:00+02:00 until 2026-11-01 00:00+01:00 (745.00 hours)" in said(NOW)
    assert said("--from=2026-10-01", NOW) == said(NOW)


def test_a_month_from_a_day_that_the_next_one_lacks(said):
    assert "until 2026-03-01 00:00+01:00" in said("--from=2026-01-31", NOW)


def test_a_schedule_around_the_clock_has_all_the_hours_of_a_month_that_has_one_more(said):
    found = json.loads(said(*OCTOBER, "--format=json", "--schedule=web/primary"))
    assert {row["person"] for row in found["rows"]} == {"ana", "bea"}
    assert sum(row["total"]["seconds"] for row in found["rows"]) == 745 * 3600
    for row in found["rows"]:
        assert sum(bucket["seconds"] for bucket in row["buckets"].values()) == row["total"]["seconds"]
    ana = found["rows"][0]
    assert ana["covers_given"] == {"count": 1, "hours": "3.51", "seconds": 12630}
    assert (ana["step"], ana["time_zone"], ana["country"]) == (1, "Europe/Madrid", "ES-MD")
    assert ana["buckets"]["holiday"]["hours"] == "9.00"  # Monday the 12th, until she hands over


def test_whom_a_step_names_is_on_call_all_the_time_and_learners_never(said):
    rows = json.loads(said(*OCTOBER, "--format=json", "--team=web"))["rows"]
    (cleo,) = [row for row in rows if row["person"] == "cleo"]
    assert (cleo["schedule"], cleo["step"], cleo["total"]["hours"]) == (None, 2, "745.00")


def test_a_team_has_its_schedules_and_shares_count_everything(said):
    found = json.loads(said(*OCTOBER, "--format=json", "--team=shop"))
    assert [(row["person"], row["schedule"], row["step"]) for row in found["rows"]] == [("cleo", "shop/day", None)]
    assert found["shares"] == [{"person": "cleo", "name": "Cleo", "percent": "100.00"}]
    assert found["fairness"] == []
    both = json.loads(said(*OCTOBER, "--format=json", "--team=shop", "--schedule=backup"))
    assert {row["schedule"] for row in both["rows"]} == {"shop/day", "web/backup"}


def test_csv_is_the_same_and_no_formula(said):
    rows = list(csv.DictReader(io.StringIO(said(*OCTOBER, "--format=csv"))))
    plain = json.loads(said(*OCTOBER, "--format=json"))["rows"]
    assert [(row["person"], int(row["seconds"])) for row in rows] == [
        (row["person"], row["total"]["seconds"]) for row in plain
    ]
    assert {row["name"] for row in rows if row["person"] == "bea"} == {"'=Bea|x"}
    assert rows[0]["from"] == "2026-10-01T00:00:00+02:00"
    for row in rows:
        buckets = [int(value) for key, value in row.items() if key.endswith("_seconds")]
        assert sum(buckets) == int(row["seconds"])


def test_text_and_markdown_show_the_same_numbers(said):
    text, markdown = said(*OCTOBER), said(*OCTOBER, "--format=markdown")
    line = next(line for line in text.splitlines() if line.startswith("Ana (ana)") and "web/primary" in line)
    row = next(line for line in markdown.splitlines() if line.startswith("| Ana ") and "web/primary" in line)
    cells = [cell.strip().replace("&#45;", "-") for cell in row.split("|")[2:-1]]
    assert line.split()[2:] == cells
    assert "&#61;Bea&#124;x" in markdown
    assert markdown.count("\n## ") == 3
    assert "rounded half up to 0.01" in text


@given(st.integers(0, 10**13))
def test_hours_are_rounded_half_up(microseconds: int):
    shown = hours(timedelta(microseconds=microseconds))
    exact = Decimal(microseconds) / Decimal(3_600_000_000)
    assert shown.as_tuple().exponent == -2
    assert Decimal("-0.005") < exact - shown <= Decimal("0.005") or exact - shown == Decimal("-0.005")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(17, "0.00"), (18, "0.01"), (53, "0.01"), (54, "0.02"), (3600, "1.00"), (0, "0.00")]
)
def test_half_a_hundredth_is_one(seconds: int, shown: str):
    assert str(hours(timedelta(seconds=seconds))) == shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--team=wep"], "did you mean 'web'"),
        (["--schedule=primry"], "there is no schedule 'primry'"),
        (["--from=2026-10-02", "--until=2026-10-01"], "is not after"),
        (["--from=yesterday"], "is not a time"),
        (["--from=9999-12-01"], "is too far away"),
        (["--zone=Mars/Base"], "--zone: "),
    ],
)
def test_wrong_use_is_said(said, arguments, message):
    assert message in said(*arguments, NOW, status=2)


@pytest.mark.parametrize("path", ["schedules/shop.yaml", "schedules/web.leave.yaml", "schedules/people.yaml"])
def test_a_report_that_would_lack_something_is_none(said, tmp_path, path):
    (tmp_path / path).write_text("- {[\n")
    assert f"{path} could not be read, and the report would lack what it says" in said(NOW, status=2)
