"""`tocsin oncall`: who is on call, as people and programs read it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from generator.analysis.oncall import on_call_at
from generator.analysis.oncall.report import pieces
from generator.cli import main
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog

PEOPLE = 'ana: {name: Ana, email: a@example.com}\nbea: {name: "=Bea"}\ncleo: Cleo\n'
TEAM = """\
name: Web
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {name: Week, start: 2026-01-05 09:00, turn: 1w, hours: 09:00-01:00, people: [bea, ana]}
      - {name: Learners, shadow: true, start: 2026-10-19 09:00, turn: 1w, people: [cleo]}
"""
OVERRIDES = "- {who: bea, for: ana, from: 2026-10-20 12:00, until: 2026-10-20 15:30:30, why: dentist}\n"
FILES = {"schedules/people.yaml": PEOPLE, "schedules/web.yaml": TEAM, "schedules/web.overrides.yaml": OVERRIDES}
NOW = "--now=2026-10-20T08:00Z"


@pytest.fixture
def repository(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def said(repository, capsys):
    def run(*arguments: str, status: int = 0) -> str:
        assert main(["-C", str(repository), "oncall", *arguments]) == status
        out = capsys.readouterr()
        return out.err if status else out.out

    return run


@pytest.mark.parametrize("action", ["now", "show", "export"])
def test_every_action_has_help_with_its_own_examples(action, capsys):
    with pytest.raises(SystemExit):
        main(["oncall", action, "--help"])
    examples = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  tocsin ")]
    assert len(examples) >= 2
    assert all(line.startswith(f"  tocsin oncall {action} ") for line in examples)


def test_now_says_who_until_when_and_who_is_next(said):
    line = said("now", NOW)
    assert line == "web/primary  Ana (ana)  until 2026-10-20 12:00+02:00  then =Bea (bea)\n"
    (found,) = json.loads(said("now", NOW, "--format", "json"))
    assert (found["person"], found["from"]) == ("ana", "2026-10-20T09:00:00+02:00")
    assert found["next"]["why"] == "Override for Ana: dentist"


def test_now_says_nobody_where_nobody_is_on_call(said):
    line = said("now", "--now=2026-10-20T05:00Z", "--zone=Etc/UTC")
    assert line == "web/primary  nobody  until 2026-10-20 07:00+00:00  then Ana (ana)\n"


def test_show_says_why_to_the_second(said):
    lines = said("show", "primary", "--from=2026-10-20 09:00", "--until=2026-10-21 09:00", NOW).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "2026-10-20 09:00+02:00 2026-10-20 12:00+02:00 3 hours Ana (ana) Turn 41 of Week",
        "2026-10-20 09:00+02:00 2026-10-21 09:00+02:00 1 day Cleo (cleo) Learning: Turn 0 of Learners",
        "2026-10-20 12:00+02:00 2026-10-20 15:30:30+02:00 3 hours 30 minutes =Bea (bea) Override for Ana: dentist",
        "2026-10-20 15:30:30+02:00 2026-10-21 01:00+02:00 9 hours 29 minutes Ana (ana) Turn 41 of Week",
        "2026-10-21 01:00+02:00 2026-10-21 09:00+02:00 8 hours nobody No layer and no override",
    ]


def test_pieces_cover_the_span_once_right_through_a_change_of_clock():
    catalog = make_catalog(FILES)
    (schedule,) = catalog.all(Schedule)
    start, end = datetime(2026, 10, 17, tzinfo=UTC), datetime(2026, 11, 2, 3, 7, 9, tzinfo=UTC)
    found = [piece for piece in pieces(catalog, schedule, start, end) if not piece.shadow]
    assert [found[0].start, *(piece.end for piece in found)] == [*(piece.start for piece in found), end]
    assert found[0].start == start
    for hours in range(int((end - start) / timedelta(hours=1))):
        instant = start + timedelta(hours=hours)
        shift = on_call_at(catalog, schedule, instant)
        (piece,) = [each for each in found if each.start <= instant < each.end]
        assert piece.person == (shift.person if shift else None)


def test_a_spreadsheet_gets_hours_and_no_formula(said):
    rows = list(csv.DictReader(io.StringIO(said("export", "--format=csv", "--person=bea", "--from=2026-10-20", NOW))))
    assert {row["person"] for row in rows} == {"bea"}
    assert {row["name"] for row in rows} == {"'=Bea"}
    assert rows[0]["hours"] == "3.5083"
    assert rows[0]["from"] == "2026-10-20T12:00:00+02:00"


def test_export_gives_a_calendar_of_one_person(repository, capsysbinary):
    assert main(["-C", str(repository), "oncall", "export", "--person", "cleo", "--until=2026-10-27", NOW]) == 0
    calendar = icalendar.Calendar.from_ical(capsysbinary.readouterr().out)
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Cleo (learning): Web - Primary"] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "primry"], "there is no schedule 'primry'"),
        (["show", "primary", "--from=tomorrow"], "--from: 'tomorrow' is not a time"),
        (["show", "primary", "--from=2026-10-20", "--until=2026-10-20"], "is not after"),
        (["show", "primary", "--until=9999-01-01"], "is too far away"),
        (["now", "--zone=Mars/Olympus"], "--zone: "),
        (["export", "--person=bee"], "did you mean 'bea'"),
    ],
)
def test_wrong_use_is_said(said, arguments, message):
    assert message in said(*arguments, NOW, status=2)


def test_a_key_that_two_teams_have_is_no_answer(said, tmp_path):
    (tmp_path / "schedules/shop.yaml").write_text(TEAM)
    assert "write one of shop/primary, web/primary" in said("show", "primary", status=2)
    assert said("show", "web/primary", NOW)


@pytest.mark.parametrize("written", ["- {[\n", "- {who: bea}\n"], ids=["no YAML", "no times"])
@pytest.mark.parametrize("action", [["now"], ["show", "primary"], ["export"]], ids=lambda each: each[0])
def test_an_answer_without_a_source_that_cannot_be_read_says_so(repository, capsysbinary, action, written):
    (repository / "schedules/web.overrides.yaml").write_text(written)
    assert main(["-C", str(repository), "oncall", *action, NOW]) == 0
    said = capsysbinary.readouterr()
    assert said.out
    assert said.err.startswith(b"tocsin: schedules/web.overrides.yaml could not be read")
