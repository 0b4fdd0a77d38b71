"""`check --since`: what a change brings, in real repositories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from tests.repositories import GitRepository

OLD = """\
alerts:
  - {alert: ShopDown, expr: shop_errors > 1, runbook: gone}
  - {alert: ShopSlow, expr: shop_seconds > 1, runbook: slow}
"""


@pytest.fixture
def repository(git_repo: GitRepository) -> GitRepository:
    """A finding that was always there, and none about the runbook `slow`."""
    git_repo.write("alerts/shop.yaml", OLD)
    git_repo.write("runbooks/slow.md", "# Slow\n")
    git_repo.commit("Begin")
    return git_repo


def since(repository: GitRepository, capsys, rev: str = "main", *more: str) -> tuple[int, list[tuple[str, str]], str]:
    """Exit status, check and subject of what is reported, and what was said beside it."""
    capsys.readouterr()
    status = main(["check", "-C", str(repository.path), "--since", rev, "--format", "json", *more])
    said = capsys.readouterr()
    findings = json.loads(said.out)["findings"] if said.out else []
    return status, [(each["check"], each["subject"]) for each in findings if each["level"] == "error"], said.err


def test_what_was_there_before_is_counted_and_fails_nothing(repository: GitRepository, capsys):
    status, findings, err = since(repository, capsys)
    assert (status, findings) == (0, [])
    assert "more were there before main\n" in err


def test_lines_that_move_and_entries_that_are_sorted_bring_nothing(repository: GitRepository, capsys):
    first, second = OLD.splitlines()[1:]
    repository.write("alerts/shop.yaml", f"# sorted\n\nalerts:\n{second}\n\n{first}\n")
    assert since(repository, capsys)[:2] == (0, [])


def test_a_file_that_moves_brings_nothing(repository: GitRepository, capsys):
    repository.git("mv", "alerts/shop.yaml", "alerts/moved.yaml")
    repository.git("mv", "alerts/moved.yaml", "alerts/shop.yaml")
    (repository.path / "alerts" / "deep").mkdir()
    repository.git("mv", "alerts/shop.yaml", "alerts/deep/shop.yaml")
    assert since(repository, capsys)[:2] == (0, [])


@pytest.mark.parametrize("committed", [True, False])
def test_a_deleted_runbook_is_told_where_alerts_lead_to_it(repository: GitRepository, capsys, committed: bool):
    repository.git("checkout", "-q", "-b", "change")
    (repository.path / "runbooks" / "slow.md").unlink()
    repository.write("runbooks/new.md", "# New\n")
    if committed:
        repository.commit("Delete a runbook")
    assert since(repository, capsys)[:2] == (1, [("runbook/missing", "shop/ShopSlow")])


def test_one_typo_in_the_place_of_another_is_new(repository: GitRepository, capsys):
    repository.write("alerts/shop.yaml", OLD.replace("gone", "away"))
    assert since(repository, capsys)[:2] == (1, [("runbook/missing", "shop/ShopDown")])


def test_the_same_fault_once_more_is_new(repository: GitRepository, capsys):
    repository.write("alerts/shop.yaml", OLD + "  - {alert: ShopDown, expr: shop_errors > 2, runbook: gone}\n")
    assert since(repository, capsys)[:2] == (1, [("runbook/missing", "shop/ShopDown")])


def test_what_was_mended_on_main_meanwhile_is_not_this_change_s(repository: GitRepository, capsys):
    repository.git("checkout", "-q", "-b", "change")
    repository.write("runbooks/other.md", "# Other\n")
    repository.commit("Something else")
    repository.git("checkout", "-q", "main")
    repository.write("alerts/shop.yaml", OLD.replace("gone", "slow"))
    repository.commit("Mend")
    repository.git("checkout", "-q", "change")
    assert since(repository, capsys)[:2] == (0, [])


def test_a_source_that_breaks_is_new_and_one_that_was_broken_is_not(repository: GitRepository, capsys):
    repository.write("alerts/cart.yaml", "alerts: [\n")
    assert since(repository, capsys)[:2] == (1, [("source/syntax", "cart")])
    repository.commit("Break")
    assert since(repository, capsys, "HEAD")[:2] == (0, [])


def test_settings_that_could_not_be_read_then_leave_everything_new(repository: GitRepository, capsys):
    repository.write("tocsin.yaml", "name: [\n")
    repository.commit("Break the settings")
    repository.write("tocsin.yaml", "name: Shop\n")
    status, findings, err = since(repository, capsys)
    assert (status, findings) == (1, [("runbook/missing", "shop/ShopDown")])
    assert "every finding counts as new" in err


def test_paths_limit_it_further(repository: GitRepository, capsys):
    repository.write("alerts/shop.yaml", OLD.replace("gone", "away"))
    runbooks = str(repository.path / "runbooks")
    assert since(repository, capsys, "main", runbooks)[:2] == (0, [])


@pytest.mark.parametrize("rev", ["", "-x", "nothing", "a b"])
def test_a_revision_that_there_is_not_is_wrong_use(repository: GitRepository, capsys, rev: str):
    status = main(["check", "-C", str(repository.path), f"--since={rev}"])
    assert status == 2
    assert "revision" in capsys.readouterr().err


def test_without_git_it_is_wrong_use(tmp_path: Path, capsys):
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "a.md").write_text("# A\n")
    assert main(["check", "-C", str(tmp_path), "--since", "main"]) == 2
    assert "not a Git repository" in capsys.readouterr().err


def test_an_entry_added_to_the_baseline_is_told(repository: GitRepository, capsys):
    main(["check", "-C", str(repository.path), "--baseline"])
    repository.commit("Know what there is")
    repository.write("alerts/shop.yaml", OLD.replace("runbook: slow", "runbook: no"))
    path = repository.path / "baseline.yaml"
    path.write_text(path.read_text().replace("  - shop/ShopDown\n", "  - shop/ShopDown\n  - shop/ShopSlow\n"))
    assert since(repository, capsys)[:2] == (1, [("baseline/grown", "runbook/missing shop/ShopSlow")])
