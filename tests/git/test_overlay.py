"""A branch over a tree: file by file what a merge would give, and nothing outside of its folders."""

from __future__ import annotations

import shutil

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from generator.git import Memory, work_tree
from generator.git.clone import open_clone
from generator.git.laying import laid, lay, written_up
from tests.repositories import GitRepository, new_repository

OPEN = "---\nstatus: open\n---\n# X\n"
DRAFT = "---\nstatus: draft\n---\n# X\n"


@pytest.fixture
def repository(git_repo: GitRepository) -> GitRepository:
    git_repo.write("tocsin.yaml", "main")
    git_repo.write("status/a.yaml", "main")
    git_repo.write("status/b.yaml", "main")
    git_repo.write("postmortems/old.md", DRAFT)
    git_repo.commit()
    return git_repo


def on_branch(repository: GitRepository, files: dict[str, str | None], name: str = "status") -> None:
    """Commits files on a branch that begins here, or goes on."""
    there = repository.git("branch", "--list", name).stdout.strip()
    repository.git("switch", "--quiet", *([] if there else ["-c"]), name)
    for path, text in files.items():
        if text is None:
            (repository.path / path).unlink()
        else:
            repository.write(path, text)
    repository.commit()
    repository.git("switch", "--quiet", "main")


def contents(tree) -> dict[str, str]:
    return {path: raw.decode() for path, raw in tree.read(tree.list())}


def over(repository: GitRepository, name: str = "status"):
    return lay(work_tree(repository.path), name)


def test_what_the_branch_wrote_and_took_away_counts_in_its_folders(repository):
    on_branch(repository, {"status/a.yaml": "branch", "status/b.yaml": None, "status/c.yaml": "new", "x.yaml": "no"})
    found = over(repository)
    before = contents(work_tree(repository.path))
    assert contents(found.tree) == {
        **{path: text for path, text in before.items() if path != "status/b.yaml"},
        "status/a.yaml": "branch",
        "status/c.yaml": "new",
    }
    assert (found.why, found.upper) == ("", {"status/a.yaml", "status/c.yaml"})
    assert list(found.tree.read(["status/b.yaml", "status/c.yaml", "x.yaml"])) == [("status/c.yaml", b"new")]


def test_what_main_changes_afterwards_and_the_branch_did_not_is_mains(repository):
    on_branch(repository, {"status/a.yaml": "branch"})
    repository.write("status/b.yaml", "changed on main")
    repository.write("postmortems/old.md", "changed on main")
    repository.commit()
    repository.write("status/new.yaml", "not even committed")
    found = contents(over(repository).tree)
    assert found["status/a.yaml"] == "branch"
    assert found["status/b.yaml"] == found["postmortems/old.md"] == "changed on main"
    assert found["status/new.yaml"] == "not even committed"


@pytest.mark.parametrize(("text", "wins"), [(DRAFT, True), (OPEN, False), ("# None\n", False)])
def test_a_postmortem_that_main_has_written_up_is_mains(repository, text, wins):
    on_branch(repository, {"postmortems/x.md": OPEN + "branch"})
    repository.write("postmortems/x.md", text)
    found = contents(over(repository).tree)["postmortems/x.md"]
    assert found == (text if wins else OPEN + "branch")


def test_only_postmortems_are_written_up():
    assert not written_up("status/incidents/x.yaml", DRAFT.encode())
    assert written_up("postmortems/x.md", b"---\r\ndate: 2026-10-14\r\nstatus: 'published'\r\n---\r\n")


def test_a_branch_without_a_common_past_adds_and_takes_nothing_away(repository):
    repository.git("switch", "--quiet", "--orphan", "status")
    repository.write("status/a.yaml", "orphan")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    found = contents(over(repository).tree)
    assert (found["status/a.yaml"], found["status/b.yaml"]) == ("orphan", "main")


def test_a_branch_that_is_nowhere_is_said(repository):
    found = over(repository)
    assert (found.why, found.tips) == ("there is no branch 'status' in this clone", ())
    assert contents(found.tree) == contents(work_tree(repository.path))
    assert lay(Memory({"a": b""}, root=repository.path.parent), "status").why == "branch 'status' cannot be read"


def test_a_branch_that_is_checked_out_lies_there_already(repository):
    on_branch(repository, {"status/a.yaml": "branch"})
    repository.git("switch", "--quiet", "status")
    assert (over(repository).tips, over(repository).why) == ((), "")


@pytest.fixture
def clone(repository) -> GitRepository:
    """A clone that was made when the branch had one commit."""
    on_branch(repository, {"status/a.yaml": "first"})
    place = repository.path.parent / "clone"
    repository.git("clone", "--quiet", str(repository.path), str(place))
    return GitRepository(place)


def test_what_was_last_seen_of_the_remote_is_enough(clone):
    assert contents(over(clone).tree)["status/a.yaml"] == "first"


def test_the_newer_one_of_ours_and_the_remotes_counts(clone, repository):
    clone.git("branch", "--quiet", "--track", "status", "origin/status")
    on_branch(clone, {"status/a.yaml": "second"})
    assert contents(over(clone).tree)["status/a.yaml"] == "second"
    clone.git("push", "--quiet", "origin", "status")
    on_branch(repository, {"status/a.yaml": "third"})
    clone.git("fetch", "--quiet")
    found = over(clone)
    assert (contents(found.tree)["status/a.yaml"], len(found.tips), found.why) == ("third", 1, "")


def test_where_both_went_on_both_count(clone, repository):
    clone.git("branch", "--quiet", "--track", "status", "origin/status")
    on_branch(clone, {"status/b.yaml": "ours", "status/ours.yaml": "ours"})
    on_branch(repository, {"status/a.yaml": "theirs"})
    clone.git("fetch", "--quiet")
    found = over(clone)
    assert {path: text for path, text in contents(found.tree).items() if path.startswith("status/")} == {
        "status/a.yaml": "theirs",
        "status/b.yaml": "ours",
        "status/ours.yaml": "ours",
    }
    assert "commits here that the remote lacks" in found.why


def test_a_shallow_clone_says_what_it_cannot_know(repository):
    on_branch(repository, {"status/b.yaml": None})
    repository.write("tocsin.yaml", "later")
    repository.commit()
    place = repository.path.parent / "shallow"
    repository.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repository.path}", str(place))
    assert "the clone is shallow" in over(GitRepository(place)).why


def test_what_is_refused_below_is_refused_unless_the_branch_has_the_file(repository):
    on_branch(repository, {"status/a.yaml": "branch"})
    for name in ("a", "b"):
        (repository.path / f"status/{name}.yaml").unlink()
        (repository.path / f"status/{name}.yaml").symlink_to("/etc/passwd")
    found = over(repository).tree
    assert found.refused() == (("status/b.yaml", "is a symlink"),)
    assert contents(found)["status/a.yaml"] == "branch"


def test_a_folder_of_the_repository(repository):
    repository.write("ops/status/a.yaml", "main")
    repository.commit()
    on_branch(repository, {"ops/status/a.yaml": "branch", "status/a.yaml": "not below"})
    found = lay(work_tree(repository.path / "ops"), "status")
    assert contents(found.tree) == {"status/a.yaml": "branch"}


FILES = st.dictionaries(
    st.sampled_from(["status/a", "status/b", "status/c", "other"]), st.sampled_from(["1", "2", "3"])
)


@settings(max_examples=12)
@given(base=FILES, main=FILES, branch=FILES)
def test_file_by_file_it_is_what_a_merge_for_the_branch_would_give(tmp_path_factory, base, main, branch):
    place = tmp_path_factory.mktemp("merge")
    repository = new_repository(place)
    try:
        commits = {}
        for name, files in {"base": base, "branch": branch, "main": main}.items():
            repository.git(
                "switch", "--quiet", *(["--detach", commits["base"]] if commits else []), check=bool(commits)
            )
            repository.git("rm", "-r", "--quiet", "--ignore-unmatch", ".")
            for path, text in files.items():
                repository.write(path, text)
            commits[name] = repository.commit()
        tree = laid(open_clone(place), commits["branch"], "branch", work_tree(place))
        assert contents(tree) == _merged(base, main, branch)
    finally:
        shutil.rmtree(place)


def _merged(base, main, branch) -> dict[str, str]:
    def one(path):
        changed = path.startswith("status/") and branch.get(path) != base.get(path)
        return branch.get(path) if changed else main.get(path)

    return {path: text for path in sorted({*main, *branch}) if (text := one(path)) is not None}
