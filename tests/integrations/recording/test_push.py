"""Pushing, with the real Git: what others do meanwhile, and what of it stays in this clone."""

from __future__ import annotations

import pytest

from generator.errors import UsageError
from generator.integrations.recording import Change, newest, record
from tests.integrations.recording.conftest import incident, state
from tests.integrations.recording.driver import INCIDENT, NOW, says

OTHER = "status/components.yaml"


def push(clone, words="Hello", plan=None, key=None, **more):
    return record(clone.path, plan or says(words), now=NOW, push=True, key=key or words, **more)


def meanwhile(*happens):
    """The plan of 'Hello'; what happens comes to pass after it was asked, once each time."""
    left = list(happens)

    def plan(tree):
        change = says("Hello")(tree)
        if left:
            left.pop(0)()
        return change

    return plan


def ends(clone, origin):
    """Both have the same, and nothing is left over."""
    assert clone.git("rev-parse", "main").stdout == origin.git("rev-parse", "main").stdout
    assert clone.git("rev-parse", "origin/main").stdout == clone.git("rev-parse", "main").stdout
    assert clone.git("status", "--porcelain").stdout == ""
    assert clone.git("for-each-ref", "refs/tocsin").stdout == ""
    assert not (clone.path / ".git/tocsin").exists()


def test_what_nobody_disturbs(clone, origin):
    done = push(clone)
    assert (done.pushed, done.remote, done.kept, done.notes, done.again) == (True, "origin", "", (), False)
    assert origin.git("rev-parse", "main").stdout.strip() == done.commit
    ends(clone, origin)


def test_a_clone_that_is_behind_goes_along(clone_as, origin):
    old, new = clone_as("old"), clone_as("new")
    new.write("tocsin.yaml", "name: New\n")
    new.write("runbooks/x.md", "# X\n")
    new.git("rm", "--quiet", OTHER)
    new.commit()
    new.git("push", "--quiet")
    old.write("notes.txt", "mine\n")
    assert push(old).pushed
    assert old.git("status", "--porcelain").stdout == "?? notes.txt\n"
    assert (old.path / "tocsin.yaml").read_text() == "name: New\n"
    assert not (old.path / OTHER).exists()
    assert old.git("rev-parse", "main").stdout == origin.git("rev-parse", "main").stdout


def test_who_comes_too_late_plans_again(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    done = push(mine, plan=meanwhile(lambda: push(theirs, "One"), lambda: push(theirs, "Two")))
    assert [line.split("message: ")[1] for line in incident(origin).splitlines()[3:]] == ["One}", "Two}", "Hello}"]
    assert done.commit == origin.git("rev-parse", "main").stdout.strip()
    assert "+  - {at: 2026-10-14 14:00, status: monitoring, message: Hello}" in done.diff
    ends(mine, origin)


def test_what_has_become_impossible_is_kept_and_said(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    happened = []

    def plan(tree):
        if happened:
            raise UsageError("the incident is resolved")
        happened.append(push(theirs, "Resolved"))
        return says("Hello")(tree)

    done = push(mine, plan=plan)
    assert (done.pushed, done.kept) == (False, "others changed it meanwhile, and now the incident is resolved")
    name = done.hint.rpartition(" ")[2]
    assert "message: Hello" in mine.git("show", name).stdout
    assert "Hello" not in incident(mine) + incident(origin)
    assert mine.git("status", "--porcelain").stdout == ""
    assert push(mine, "Again").pushed
    assert "Hello" not in incident(origin)


def test_what_somebody_did_not_push_is_not_pushed_by_the_way(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    mine.write("runbooks/half.md", "# Half done\n")
    own = mine.commit("Half done")
    push(theirs, "Theirs")
    done = push(mine)
    assert done.pushed
    assert "1 commit of yours that origin lacks" in " ".join(done.notes)
    assert "half.md" not in origin.git("ls-tree", "-r", "--name-only", "main").stdout
    assert incident(origin).count("Hello") == 1
    assert mine.git("rev-parse", "main").stdout.strip() == own
    assert "your main does not have the change yet" in " ".join(done.notes)
    assert mine.git("status", "--porcelain").stdout == ""
    mine.git("pull", "--quiet", "--rebase")
    assert mine.git("log", "--format=%s", "-3").stdout.splitlines()[0] == "Half done"
    assert incident(mine) == incident(origin)


def test_beside_what_somebody_did_not_push_it_is_the_same_change(clone, origin):
    clone.write("runbooks/half.md", "# Half done\n")
    own = clone.commit("Half done")
    assert push(clone).pushed
    assert clone.git("rev-parse", "main~1").stdout.strip() == own
    assert incident(clone) == incident(origin)
    assert push(clone, "More").pushed
    assert "half.md" not in origin.git("ls-tree", "-r", "--name-only", "main").stdout
    assert [incident(origin).count(words) for words in ("Hello", "More")] == [1, 1]
    clone.git("pull", "--quiet", "--rebase")
    assert clone.git("rev-list", "--format=%s", "origin/main..main").stdout.splitlines()[1:] == ["Half done"]
    assert clone.git("for-each-ref", "refs/tocsin").stdout == ""


def test_a_file_that_somebody_is_changing_keeps_the_clone_behind_and_not_the_change(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    theirs.write(OTHER, "rest: {name: Theirs}\n")
    theirs.commit()
    theirs.git("push", "--quiet")
    mine.write(OTHER, "rest: {name: Mine}\n")
    done = push(mine)
    assert done.pushed
    assert f"{OTHER} has changes of its own" in " ".join(done.notes)
    assert (mine.path / OTHER).read_text() == "rest: {name: Mine}\n"
    assert mine.git("status", "--porcelain").stdout == f" M {OTHER}\n"
    assert incident(mine).count("Hello") == incident(origin).count("Hello") == 1


def test_what_was_recorded_without_a_push_goes_along_with_the_next(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")

    def postmortem(_tree):
        return Change({"postmortems/2026-10-14-x.md": "# X\n"}, "Open X")

    record(mine.path, postmortem, now=NOW, key="one")
    push(theirs, "Theirs")
    done = push(mine)
    assert (done.pushed, done.notes) == (True, ("'Open X', which was recorded here earlier, is pushed too",))
    assert origin.git("log", "--format=%s", "-3").stdout.splitlines() == [
        "status: monitoring - Hello",
        "Open X",
        "status: monitoring - Theirs",
    ]
    ends(mine, origin)


def test_what_cannot_be_merged_stays_here_and_does_not_keep_the_rest(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    record(mine.path, says("Earlier"), now=NOW, key="one")
    push(theirs, "Theirs")
    done = push(mine, plan=lambda _: Change({"runbooks/x.md": "# X\n"}, "Add X"))
    assert done.pushed
    assert "Earlier" in " ".join(done.notes)
    assert "git pull --rebase" in " ".join(done.notes)
    assert incident(origin).count("Theirs") == 1
    assert "Earlier" not in incident(origin)
    assert incident(mine).count("Earlier") == 1
    assert "runbooks/x.md" in origin.git("ls-tree", "-r", "--name-only", "main").stdout


def test_a_branch_that_the_remote_lacks_is_made_there(clone, origin):
    clone.git("switch", "--quiet", "-c", "new")
    assert push(clone).pushed
    assert incident(origin, "new").count("Hello") == 1


def test_an_upstream_of_another_name(clone, origin):
    origin.git("branch", "live", "main")
    clone.git("fetch", "--quiet")
    clone.git("switch", "--quiet", "-c", "mine", "--track", "origin/live")
    assert push(clone).pushed
    assert incident(origin, "live").count("Hello") == 1
    assert "mine" not in origin.git("branch", "--list").stdout


def test_a_shallow_clone(clone_as, origin, tmp_path):
    for words in ("One", "Two"):
        push(clone_as(words), words)
    shallow = type(origin)(tmp_path / "shallow")
    origin.git("clone", "--quiet", "--depth=1", f"file://{origin.path}", str(shallow.path))
    push(clone_as("other"), "Three")
    assert push(shallow).pushed
    assert [incident(origin).count(words) for words in ("One", "Two", "Three", "Hello")] == [1, 1, 1, 1]
    ends(shallow, origin)


def test_a_partial_clone(clone_as, origin, tmp_path):
    origin.git("config", "uploadpack.allowFilter", "true")
    partial = type(origin)(tmp_path / "partial")
    origin.git("clone", "--quiet", "--filter=blob:none", f"file://{origin.path}", str(partial.path))
    push(clone_as("other"), "Theirs")
    assert push(partial).pushed
    assert [incident(origin).count(words) for words in ("Theirs", "Hello")] == [1, 1]
    ends(partial, origin)


@pytest.mark.parametrize("shown", ["status", "runbooks"])
def test_a_sparse_checkout(clone_as, origin, shown):
    sparse, theirs = clone_as("sparse"), clone_as("theirs")
    sparse.git("update-index", "--refresh")  # a copy is no clone: its files have other times
    sparse.git("sparse-checkout", "set", shown)
    theirs.write("runbooks/x.md", "# X\n")
    theirs.commit()
    push(theirs, "Theirs")
    assert push(sparse).pushed
    ends(sparse, origin)
    assert (sparse.path / INCIDENT).exists() is (shown == "status")
    assert push(sparse, "More").notes == ()
    ends(sparse, origin)


def test_the_same_change_of_somebody_else_is_not_made_twice(clone_as, origin):
    mine, theirs = clone_as("mine"), clone_as("theirs")
    done = push(mine, plan=meanwhile(lambda: push(theirs, "Hello")))
    assert (done.kept, incident(origin).count("Hello")) == ("", 1)
    ends(mine, origin)


def test_before_the_remote_is_asked_nothing_is_looked_for_in_history(clone, origin):
    """A second start of what is done is a new operation, and the plan says that nothing is to be done."""
    push(clone)
    before = state(clone)
    done = push(clone)
    assert (done.commit, done.pushed, done.files) == (None, False, ())
    assert state(clone) == before


def test_what_the_remote_has_more_can_be_seen_before_anything_is_planned(clone_as, origin):
    old, theirs = clone_as("old"), clone_as("theirs")
    assert newest(old.path) is None
    push(theirs, "Theirs")
    before = state(old)
    tree = newest(old.path)
    assert tree is not None
    assert b"Theirs" in dict(tree.read([INCIDENT]))[INCIDENT]
    assert state(old) == before
    origin.path.rename(origin.path.with_name("gone"))
    assert newest(old.path) is None
