"""`tocsin oncall cover`: override lines, one a shift."""

from __future__ import annotations

import pytest

from generator.cli import main

PEOPLE = "ana: Ana\nbea: Bea\ncleo: {name: Cleo, time_zone: America/Chicago}\ndora: {name: Dora, until: 2026-10-01}\n"
PRIMARY = """\
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {name: Week, start: 2026-01-05 09:00, turn: 1w, hours: 09:00-01:00, people: [bea, ana]}
"""
SECOND = """\
  second:
    time_zone: America/Chicago
    layers:
      - {name: Always, start: 2026-01-05 09:00, turn: 1w, people: [ana, cleo]}
"""
LEAVE = "- {who: cleo, from: 2026-11-04, until: 2026-11-05}\n"
NOW = "--now=2026-10-20T08:00Z"  # ana is on primary, cleo on second
WEEKEND = ("--from=2026-10-24", "--until=2026-10-26 00:30")  # the clocks change in Madrid


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "schedules").mkdir()
    (tmp_path / "schedules" / "people.yaml").write_text(PEOPLE)
    (tmp_path / "schedules" / "web.yaml").write_text(PRIMARY)
    (tmp_path / "schedules" / "web.leave.yaml").write_text(LEAVE)
    return tmp_path


@pytest.fixture
def said(repository, capsys):
    def run(*arguments: str, status: int = 0) -> tuple[str, str]:
        assert main(["-C", str(repository), "oncall", "cover", *arguments, NOW]) == status
        return tuple(capsys.readouterr())

    return run


@pytest.fixture
def overrides(repository):
    path = repository / "schedules" / "web.overrides.yaml"
    return lambda: path.read_text() if path.exists() else None


def test_a_line_a_shift_cut_at_the_span_in_a_new_file(said, overrides):
    out, _ = said("bea", "--for=ana", *WEEKEND, "--why=wedding: Ana's")
    head = "# Who stands in for whom, one a line, in the schedule's time zone. A later line wins.\n"
    assert overrides().startswith(head)
    assert [line for line in overrides().splitlines() if line[0] != "#"] == [
        '- {who: bea, for: ana, from: 2026-10-24 00:00, until: 2026-10-24 01:00, why: "wedding: Ana\'s"}',
        '- {who: bea, for: ana, from: 2026-10-24 09:00, until: 2026-10-25 01:00, why: "wedding: Ana\'s"}',
        '- {who: bea, for: ana, from: 2026-10-25 09:00, until: 2026-10-26 00:30, why: "wedding: Ana\'s"}',
    ]
    assert "bea covers ana on web/primary: 2026-10-24 09:00 until 2026-10-25 01:00\n" in out


def test_the_same_cover_twice_is_there_already(said, overrides):
    said("bea", "--for=ana", *WEEKEND)
    written = overrides()
    out, _ = said("bea", "--for=ana", *WEEKEND)
    assert "bea covers ana on web/primary already: 2026-10-25 09:00 until 2026-10-26 00:30\n" in out
    assert out.endswith("nothing was written\n")
    assert overrides() == written


def test_a_longer_cover_adds_what_is_missing(said, overrides):
    said("bea", "--for=ana", "--from=2026-10-24 09:00", "--until=2026-10-24 12:00")
    said("bea", "--for=ana", "--from=2026-10-24 08:00", "--until=2026-10-25")
    assert [line for line in overrides().splitlines() if line[0] != "#"] == [
        "- {who: bea, for: ana, from: 2026-10-24 09:00, until: 2026-10-24 12:00}",
        "- {who: bea, for: ana, from: 2026-10-24 12:00, until: 2026-10-25 00:00}",
    ]


def test_a_team_with_several_schedules_says_which_each_in_its_zone(said, repository, overrides):
    (repository / "schedules" / "web.yaml").write_text(PRIMARY + SECOND)
    once = "- {who: cleo, from: 2026-01-07, until: 2026-01-08, schedule: second}  # once"
    (repository / "schedules" / "web.overrides.yaml").write_text(f"# ours\n\n{once}\n")
    said("cleo", "--for=ana", "--from=2026-10-26 00:30", "--until=2026-10-27")
    assert overrides().splitlines()[2:] == [
        once,
        "- {who: cleo, for: ana, schedule: primary, from: 2026-10-26 00:30, until: 2026-10-26 01:00}",
        "- {who: cleo, for: ana, schedule: second, from: 2026-10-26 09:00, until: 2026-10-27 00:00}",
    ]


def test_an_hour_that_is_shown_twice_has_its_offset(said, repository, overrides):
    (repository / "schedules" / "web.yaml").write_text(PRIMARY.replace("hours: 09:00-01:00, ", ""))
    said("bea", "--for=ana", "--from=2026-10-25 01:30 +02:00", "--until=2026-10-25 02:30 +01:00")
    assert "from: 2026-10-25 01:30 +02:00, until: 2026-10-25 02:30 +01:00}\n" in overrides()
    assert "already" in said("bea", "--for=ana", "--from=2026-10-25 01:30 +02:00", "--until=2026-10-25 02:30 +01:00")[0]


def test_who_is_on_call_elsewhere_at_that_time_is_told(said, repository):
    (repository / "schedules" / "web.yaml").write_text(PRIMARY + SECOND)
    _, err = said("cleo", "--for=ana", "--from=2026-10-20 12:00", "--until=2026-10-20 14:00", "--schedule=primary")
    assert "cleo is on call on web/second as well then: 2026-10-20 05:00 until 2026-10-20 07:00" in err


def test_a_dry_run_writes_nothing(said, overrides):
    out, _ = said("bea", "--for=ana", *WEEKEND, "--dry-run")
    assert "+- {who: bea, for: ana, from: 2026-10-24 09:00, until: 2026-10-25 01:00}\n" in out
    assert overrides() is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bea", "--for=anna", *WEEKEND], "did you mean 'ana'"),
        (["bee", "--for=ana", *WEEKEND], "did you mean 'bea'"),
        (["ana", "--for=ana", *WEEKEND], "cannot stand in"),
        (["ana", "--for=bea", *WEEKEND], "bea is not on call on web/primary in that span"),
        (["bea", "--for=ana", "--from=2026-10-24 02:00", "--until=2026-10-24 08:00"], "there is nothing to cover"),
        (
            ["cleo", "--for=ana", "--from=2026-11-04", "--until=2026-11-06"],
            "cleo is on leave or gone then: 2026-11-04 09:00",
        ),
        (["dora", "--for=ana", *WEEKEND], "dora is on leave or gone then: 2026-10-24 00:00"),
        (["bea", "--for=ana", "--from=2026-10-24", "--until=2026-10-24"], "is not after"),
        (["bea", "--for=ana", "--from=2026-01-01", "--until=2026-01-24"], "is past"),
        (["bea", "--for=ana", "--from=soon", "--until=2026-01-24"], "--from: 'soon'"),
    ],
)
def test_what_cannot_be_is_refused(said, overrides, arguments, message):
    assert message in said(*arguments, status=2)[1]
    assert overrides() is None


def test_a_file_that_cannot_be_read_is_left_alone(said, repository):
    path = repository / "schedules" / "web.overrides.yaml"
    path.write_text("- {who: bea\n")
    assert "web.overrides.yaml was not changed" in said("bea", "--for=ana", *WEEKEND, status=2)[1]
    path.write_bytes(b"- \xff\n")
    assert "is not UTF-8" in said("bea", "--for=ana", *WEEKEND, status=2)[1]
