"""A branch of its own for the status sources: the work tree stays as it is, whatever is recorded."""

from __future__ import annotations

import pytest

from generator.errors import RefusedPath
from generator.integrations.recording import Change, record
from tests.integrations.recording.conftest import SOURCES, incident, state
from tests.integrations.recording.driver import INCIDENT, NOW, says
from tests.repositories import GitRepository

POSTMORTEM = "postmortems/2026-10-14-checkout.md"


def on_branch(clone, words="Hello", *, push=False, plan=None):
    return record(clone.path, plan or says(words), now=NOW, push=push, branch="status", key=words)


def work_tree(clone: GitRepository) -> dict[str, object]:
    """Everything but Git's own folder, and what Git makes of it."""
    found = {path: each for path, each in state(clone).items() if not path.startswith((".git", "names", "reflog"))}
    return {**found, "status": clone.git("status", "--porcelain").stdout, "head": clone.git("rev-parse", "HEAD").stdout}


def test_it_begins_where_main_is_and_holds_the_change_alone(clone):
    clone.write(INCIDENT, "title: Somebody is changing it\n")
    before = work_tree(clone)
    done = on_branch(clone)
    assert work_tree(clone) == before
    assert (done.branch, done.commit) == ("status", clone.git("rev-parse", "status").stdout.strip())
    assert clone.git("diff", "--name-only", "main", "status", "--").stdout.split() == [INCIDENT]
    assert clone.git("rev-parse", "status~1").stdout == clone.git("rev-parse", "main").stdout
    assert not (clone.path / ".git/tocsin").exists()


def test_what_was_not_pushed_of_main_does_not_come_along(clone, origin):
    clone.write("runbooks/half.md", "# Half done\n")
    clone.commit("Half done")
    assert on_branch(clone, push=True).pushed
    assert "half.md" not in origin.git("ls-tree", "-r", "--name-only", "status").stdout
    assert incident(origin, "status").count("Hello") == 1
    assert incident(origin) == SOURCES[INCIDENT]


def test_two_clones_make_the_branch_at_once(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    happened = []

    def plan(tree):
        change = says("Hello")(tree)
        if not happened:
            happened.append(on_branch(theirs, "Theirs", push=True))
        return change

    assert on_branch(mine, push=True, plan=plan).pushed
    assert [incident(origin, "status").count(words) for words in ("Theirs", "Hello")] == [1, 1]
    assert mine.git("rev-parse", "status").stdout == origin.git("rev-parse", "status").stdout


def test_the_plan_sees_the_branch_over_main(clone):
    on_branch(clone, "One")
    seen = []

    def plan(tree):
        seen.append(dict(tree.read([INCIDENT, "status/components.yaml", "tocsin.yaml"])))
        return Change({POSTMORTEM: "---\ndate: 2026-10-14\nstatus: open\n---\n# Checkout fails\n"}, "Open it")

    clone.write("status/components.yaml", "rest: {name: New name}\n")
    clone.commit()
    on_branch(clone, "Two", plan=plan)
    assert b"One" in seen[0][INCIDENT]
    assert seen[0]["status/components.yaml"] == b"rest: {name: New name}\n"
    assert clone.git("diff", "--name-only", "main...status", "--").stdout.split() == [POSTMORTEM, INCIDENT]


def test_other_folders_are_not_for_it(clone):
    before = state(clone)
    with pytest.raises(RefusedPath, match=r"runbooks/x\.md is not in status/ or postmortems/"):
        on_branch(clone, plan=lambda _: Change({"runbooks/x.md": "# X\n"}, "Add X"))
    assert state(clone) == before


def test_a_detached_head_is_no_hindrance(clone):
    clone.git("checkout", "--quiet", "--detach")
    assert on_branch(clone).commit


def test_where_it_is_checked_out_the_work_tree_goes_along(clone):
    on_branch(clone, "One")
    clone.git("switch", "--quiet", "status")
    on_branch(clone, "Two")
    assert (clone.path / INCIDENT).read_text() == incident(clone, "status")
    assert incident(clone, "status").count("message: T") == 1
    assert clone.git("status", "--porcelain").stdout == ""


def test_a_branch_that_is_protected_itself(clone, origin):
    (origin.path / "hooks").mkdir(exist_ok=True)
    hook = origin.path / "hooks/update"
    hook.write_text("#!/bin/sh\necho GH006: Protected branch update failed; exit 1\n")
    hook.chmod(0o755)
    done = on_branch(clone, push=True)
    assert "status is protected" in done.kept
    assert done.hint == "branch status has to be free of such rules"
    assert incident(clone, "status").count("Hello") == 1


def test_only_the_remote_has_it_yet(clone_as, origin):
    on_branch(clone_as("theirs"), "Theirs", push=True)
    mine = clone_as("mine")
    mine.git("fetch", "--quiet")
    assert on_branch(mine).commit
    assert [incident(mine, "status").count(words) for words in ("Theirs", "Hello")] == [1, 1]
    assert on_branch(mine, "More", push=True).pushed
    assert [incident(origin, "status").count(words) for words in ("Theirs", "Hello", "More")] == [1, 1, 1]
