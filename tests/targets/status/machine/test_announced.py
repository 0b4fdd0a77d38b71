from __future__ import annotations

from datetime import timedelta

from generator.git import History
from generator.targets.status.machine.announced import AHEAD, Commits, announced, commits
from tests.analysis.status.status_sources import at, maintenance, update
from tests.catalogs import NOW, make_context
from tests.targets.status.machine.built import commit

PATH = "status/maintenances/2026-12-24-x.yaml"
PLANNED = maintenance("2026-12-24-x", "2026-12-24", "2026-12-25")


def test_it_is_as_old_as_its_first_commit_under_any_name(tmp_path):
    old = tmp_path / "status/maintenances/old.yaml"
    old.parent.mkdir(parents=True)
    old.write_text("title: Work\nfrom: 2026-12-24\nuntil: 2026-12-25\n")
    commit(tmp_path, "init", "--quiet")
    commit(tmp_path, "add", ".")
    commit(tmp_path, "commit", "--quiet", "-m", "one")
    old.rename(tmp_path / PATH)
    commit(tmp_path, "add", "--all")
    commit(tmp_path, "commit", "--quiet", "-m", "two", when="2026-11-02T10:00:00Z")
    (tmp_path / PATH).write_text("title: Other\nfrom: 2026-12-24\nuntil: 2026-12-25\n")
    commit(tmp_path, "commit", "--quiet", "-a", "-m", "three", when="2026-11-03T10:00:00Z")
    (tmp_path / "status/maintenances/new.yaml").write_text("title: not committed\n")
    found = commits(make_context(root=tmp_path), [PLANNED])
    assert found == {PATH: Commits(at("2026-11-01 10:00"), at("2026-11-03 10:00"), 3)}
    earlier = commits(make_context(at("2026-11-02 12:00"), root=tmp_path), [PLANNED])
    assert earlier == {PATH: Commits(at("2026-11-01 10:00"), at("2026-11-02 10:00"), 2)}


def test_git_is_not_asked_without_maintenances():
    def never() -> History:
        raise AssertionError

    assert commits(make_context(open_history=never), []) == {}


def once(when):
    return Commits(at(when), at(when), 1)


def test_the_commit_says_it():
    assert announced(PLANNED, once("2026-11-01 10:00"), NOW) == at("2026-11-01 10:00")


def test_without_git_it_is_a_year_before_and_the_same_in_every_build():
    expected = PLANNED.start - AHEAD[0]
    assert {announced(PLANNED, None, NOW + timedelta(hours=hours)) for hours in range(0, 2000, 17)} == {expected}


def test_a_commit_after_the_fact_says_nothing():
    said = maintenance("x", "2026-11-10", "2026-11-11", updates=[update("2026-11-09", "scheduled")])
    for late in ("2026-11-09 12:00", "2026-12-01"):
        assert announced(said, once(late), NOW) == said.start - AHEAD[0]
    assert announced(said, once("2026-11-08"), NOW) == at("2026-11-08")


def test_it_is_never_after_now():
    far = maintenance("x", "2031-11-10", "2031-11-11")
    assert announced(far, None, NOW) <= NOW
