"""`tocsin oncall add|remove|swap`: the file, what is said, and that nobody else moves."""

from __future__ import annotations

import json

import pytest

from generator.cli import main

PEOPLE = "".join(f"{name}: {{name: {name.title()}}}\n" for name in ("ana", "bea", "cleo", "dora", "eva"))
WEB = """\
# Web
name: Web
lead: cleo
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      # by weeks
      - name: Week
        start: 2026-01-05 09:00   # a Monday
        turn: 1w
        hours: 09:00-01:00
        people:
          - ana   # she began it
          - bea
          # in the office
          - cleo
          - dora
escalation:
  steps:
    - {page: [primary, cleo], wait: 15m}
"""
NOW = "--now=2026-10-20T08:00Z"  # bea's week: turn 41


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "schedules").mkdir()
    (tmp_path / "schedules" / "people.yaml").write_text(PEOPLE)
    (tmp_path / "schedules" / "web.yaml").write_text(WEB)
    return tmp_path


@pytest.fixture
def said(repository, capsys):
    def run(*arguments: str, status: int = 0) -> str:
        assert main(["-C", str(repository), "oncall", *arguments, NOW]) == status
        out = capsys.readouterr()
        return out.err if status else out.out

    return run


@pytest.fixture
def web(repository):
    return (repository / "schedules" / "web.yaml").read_text


def test_add_puts_a_line_and_an_anchor_where_nobody_moves(said, web):
    out = said("add", "eva", "primary")
    assert web() == WEB.replace("# a Monday\n", "# a Monday\n        anchor: 2026-10-05 09:00\n").replace(
        "she began it\n", "she began it\n          - eva\n"
    )
    assert out.splitlines()[:3] == [
        "eva joins layer Week of web/primary",
        "in the next 12 weeks:",
        "  bea's week of 16 November becomes eva's",
    ]
    assert out.endswith("wrote schedules/web.yaml\n")


def test_add_after_the_current_shift_is_next(said):
    out = said("add", "eva", "web/primary", "--rollout=after-current-shift")
    assert "  cleo's week of 26 October becomes eva's\n  dora's week of 2 November becomes cleo's\n" in out
    assert "Bea (bea)" in said("now")
    names = [line.split("  ")[3].strip() for line in said("show", "primary").splitlines() if "nobody" not in line]
    assert list(dict.fromkeys(names)) == ["Bea (bea)", "Eva (eva)", "Cleo (cleo)", "Dora (dora)", "Ana (ana)"]


def test_remove_of_somebody_else_is_one_line_less(said, web):
    out = said("remove", "cleo", "primary")
    assert web() == WEB.replace("          - cleo\n", "").replace(
        "# a Monday\n", "# a Monday\n        anchor: 2026-10-12 09:00\n"
    )
    assert "  cleo's week of 26 October becomes dora's\n" in out
    assert "cleo is still named here:\n" in out
    assert "  schedules/web.yaml:3: team web names as lead cleo\n" in out


def test_whoever_is_on_call_finishes_their_turn_in_the_layer_that_ends(said, web):
    out = said("remove", "bea", "primary")
    assert "bea leaves layer Week of web/primary from 2026-10-26 09:00 on, in a version of it" in out
    assert "still named" not in out
    assert web() == WEB.replace("# a Monday\n", "# a Monday\n        end: 2026-10-26 09:00\n").replace(
        "          - dora\n",
        """\
          - dora
      - name: Week
        start: 2026-10-26 09:00
        anchor: 2026-10-19 09:00
        turn: 1w
        hours: 09:00-01:00
        people:
          - ana
          - cleo
          - dora
""",
    )


def test_immediate_hands_over_at_once(said):
    out = said("remove", "bea", "primary", "--rollout=immediate")
    assert "  bea leaves the shift that runs now (until 26 October 01:00), and cleo takes it\n" in out
    assert "Cleo (cleo)" in said("now")


def test_swap_moves_two_people_only(said, web):
    out = said("swap", "ana", "primary", "--with=cleo")
    assert web() == WEB.replace("- cleo\n", "- x\n").replace("- ana   # she began it", "- cleo").replace(
        "- x\n", "- ana   # she began it\n"
    )
    names = [word for line in out.splitlines() if "becomes" in line for word in ("bea", "dora") if word in line]
    assert names == []


def test_the_past_is_kept_by_a_version_from_the_next_handoff(said, web, capsys):
    span = ("--from=2026-06-01", "--until=2026-10-26")
    past = said("show", "primary", *span)
    assert "eva joins layer Week of web/primary from 2026-10-26 09:00 on" in said(
        "add", "eva", "primary", "--keep-past"
    )
    assert said("show", "primary", *span) == past
    assert web().count("- name: Week\n") == 2


def test_a_version_starts_now_where_somebody_hands_over_now(said):
    out = said("remove", "bea", "primary", "--keep-past", "--rollout=immediate")
    assert "from 2026-10-20 10:00 on" in out
    found = json.loads(said("export", "--format=json", "--from=2026-10-19", "--until=2026-10-20 12:00"))
    assert [each["person"] for each in found] == ["ana", None, "bea", None, "bea", "cleo"]


def test_a_dry_run_shows_the_lines_and_writes_nothing(said, web):
    out = said("add", "eva", "primary", "--dry-run")
    assert "+          - eva\n" in out
    assert out.endswith("nothing was written (--dry-run)\n")
    assert web() == WEB


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "evo", "primary"], "did you mean 'eva'"),
        (["add", "ana", "primary"], "ana is in layer Week of web/primary already"),
        (["add", "eva", "primry"], "there is no schedule 'primry'"),
        (["add", "eva", "primary", "--layer=Wek"], "did you mean 'Week'"),
        (["remove", "eva", "primary"], "eva is not in a layer of web/primary"),
        (["swap", "ana", "primary", "--with=ana"], "cannot exchange"),
        (["swap", "ana", "primary", "--with=eva"], "eva is not in a layer"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(said, web, arguments, message):
    assert message in said(*arguments, status=2)
    assert web() == WEB


def test_the_last_of_a_layer_stays(said, repository, web):
    text = WEB.replace("people:\n          - ana   # she began it\n          - bea\n", "people:\n")
    (repository / "schedules" / "web.yaml").write_text(text.replace("          - dora\n", ""))
    assert "it would be empty" in said("remove", "cleo", "primary", status=2)


def test_several_layers_ask_which(said, repository, web):
    (repository / "schedules" / "web.yaml").write_text(
        "schedules:\n  primary:\n    layers:\n"
        "      - {name: Days, start: 2026-01-05, turn: 1w, hours: 08:00-20:00, people: [ana, bea]}\n"
        "      - {name: Nights, start: 2026-01-05, turn: 1w, hours: 20:00-08:00, people: [ana, cleo]}\n"
    )
    assert "say --layer with one of: Days, Nights" in said("add", "eva", "primary", status=2)
    assert "say --layer with one of: Days, Nights" in said("remove", "ana", "primary", status=2)
    said("add", "eva", "primary", "--layer=Nights")
    assert "people: [ana, eva, cleo]" in web() or "people: [ana, cleo, eva]" in web()


def test_layers_above_still_win_over_the_new_version(said, repository, web):
    (repository / "schedules" / "web.yaml").write_text(
        "schedules:\n  primary:\n    layers:\n"
        "      - {name: Base, start: 2026-01-05, turn: 1w, people: [ana, bea]}\n"
        "      - {name: Top, start: 2026-01-07, turn: 2d, hours: 20:00-08:00, people: [cleo, dora]}\n"
    )
    out = said("remove", "bea", "primary")
    assert "cleo's" not in out
    assert "dora's" not in out
    top = "name: Top, start: 2026-10-26 00:00, anchor: 2026-01-07 00:00, turn: 2d, hours: 20:00-08:00"
    assert web().splitlines()[5:] == [
        "      - {name: Base, start: 2026-10-26 00:00, anchor: 2026-01-05 00:00, turn: 1w, people: [ana]}",
        f"      - {{{top}, people: [cleo, dora]}}",
    ]


def test_an_alias_is_no_list_of_ones_own(said, repository, web):
    (repository / "schedules" / "web.yaml").write_text(
        "schedules:\n  primary:\n    layers:\n"
        "      - {name: A, start: 2026-01-05, turn: 1w, people: &all [ana, bea]}\n"
        "      - {name: B, start: 2026-01-05, turn: 1d, people: *all}\n"
    )
    before = web()
    assert "alias" in said("add", "eva", "primary", "--layer=B", status=2)
    assert web() == before


def test_a_hostile_name_stays_on_its_line(said, repository, web):
    (repository / "schedules" / "web.yaml").write_text(WEB.replace("name: Week\n", 'name: "W\\n\\e[31m #x"\n'))
    assert said("remove", "bea", "primary").startswith("bea leaves layer W  [31m #x of web/primary from ")
    assert web().count('- name: "W\\n\\e[31m #x"\n') == 2


def test_a_change_beside_a_source_that_cannot_be_read_says_so(repository, capsys):
    (repository / "schedules/web.overrides.yaml").write_text("- {who: bea}\n")
    for action in (["add", "eva", "web/primary"], ["swap", "ana", "web/primary", "--with", "dora"]):
        assert main(["-C", str(repository), "oncall", *action, "--dry-run", NOW]) == 0
        assert "schedules/web.overrides.yaml could not be read" in capsys.readouterr().err
