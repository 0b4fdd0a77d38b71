"""One change is one commit of its own files, whatever else somebody is doing in the clone."""

from __future__ import annotations

import pytest

from generator.errors import RefusedPath, UsageError
from generator.integrations.recording import Change, record
from tests.integrations.recording.conftest import SOURCES, incident, state
from tests.integrations.recording.driver import INCIDENT, NOW, says
from tests.repositories import GitRepository

OTHER = "status/components.yaml"
NEW = "postmortems/2026-10-14-checkout.md"
POSTMORTEM = "---\ndate: 2026-10-14\nstatus: open\n---\n# Checkout fails\n"


def both(tree):
    """A change of one file, and a new one."""
    return Change({**says("Hello")(tree).files, NEW: POSTMORTEM}, "status: monitoring - Hello\n\nAnd more.")


def test_the_commit_holds_exactly_the_files_of_the_change(clone):
    done = record(clone.path, both, now=NOW, key="k")
    assert clone.git("show", "--name-status", "--format=", "HEAD").stdout.splitlines() == [
        f"A\t{NEW}",
        f"M\t{INCIDENT}",
    ]
    assert done.commit == clone.git("rev-parse", "HEAD").stdout.strip()
    assert (done.branch, done.files, done.pushed, done.remote) == ("main", (NEW, INCIDENT), False, "")
    assert clone.git("status", "--porcelain").stdout == ""
    assert (clone.path / INCIDENT).read_text() == incident(clone)
    message = clone.git("log", "-1", "--format=%an <%ae> %cn %aI%n%B").stdout.strip().splitlines()
    assert message[0] == "Alice Example <alice@example.com> Alice Example 2026-10-14T14:00:00+00:00"
    assert message[1:4] == ["status: monitoring - Hello", "", "And more."]
    assert message[-1].startswith("Tocsin-Operation: ")


def test_the_diff_is_that_of_the_commit(clone):
    done = record(clone.path, both, now=NOW, key="k")
    git = clone.git("show", "--format=", "--no-ext-diff", done.commit).stdout
    changed = [line for line in git.splitlines() if line[:1] in "+-"]
    assert sorted(changed) == sorted(line for line in done.diff.splitlines() if line[:1] in "+-")


def test_what_others_are_changing_stays_staged_changed_and_untracked(clone):
    clone.write(OTHER, "rest: {name: Staged}\n")
    clone.git("add", OTHER)
    clone.write(OTHER, "rest: {name: Changed}\n")
    clone.write("tocsin.yaml", "name: Mine\n")
    clone.write("notes.txt", "mine\n")
    clone.write("staged.txt", "mine\n")
    clone.git("add", "staged.txt")
    before = clone.git("status", "--porcelain").stdout
    record(clone.path, both, now=NOW, key="k")
    assert clone.git("status", "--porcelain").stdout == before
    assert clone.git("show", f":{OTHER}").stdout == "rest: {name: Staged}\n"
    assert (clone.path / OTHER).read_text() == "rest: {name: Changed}\n"
    assert clone.git("show", f"HEAD:{OTHER}").stdout == SOURCES[OTHER]


def test_a_file_that_goes_takes_its_empty_folder_along(clone):
    record(clone.path, lambda _: Change({INCIDENT: None}, "Remove it"), now=NOW, key="k")
    assert not (clone.path / "status/incidents").exists()
    assert clone.git("status", "--porcelain").stdout == ""


def test_an_executable_file_stays_one_and_ends_of_lines_are_those_of_the_work_tree(clone):
    (clone.path / INCIDENT).chmod(0o755)
    clone.write(".gitattributes", "*.yaml text eol=crlf\n")
    clone.commit()
    (clone.path / INCIDENT).unlink()
    clone.git("checkout", "--", INCIDENT)
    record(clone.path, says("Hello"), now=NOW, key="k")
    assert clone.git("status", "--porcelain").stdout == ""
    content = (clone.path / INCIDENT).read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 3
    assert "\r" not in clone.git("cat-file", "blob", f"HEAD:{INCIDENT}").stdout
    assert clone.git("ls-tree", "HEAD", INCIDENT).stdout.startswith("100755")
    assert (clone.path / INCIDENT).stat().st_mode & 0o111


def test_sources_in_a_folder_of_the_repository_and_in_another_work_tree_of_it(clone):
    below = GitRepository(clone.path / "ops")
    for path, text in SOURCES.items():
        below.write(path, text)
    clone.commit()
    record(below.path, both, now=NOW, key="k")
    assert clone.git("show", "--name-only", "--format=", "HEAD").stdout.split() == [f"ops/{NEW}", f"ops/{INCIDENT}"]
    clone.git("worktree", "add", "--quiet", "-b", "second", "../second")
    second = GitRepository(clone.path.parent / "second")
    done = record(second.path / "ops", says("There"), now=NOW, key="k")
    assert done.branch == "second"
    assert second.git("status", "--porcelain").stdout == clone.git("status", "--porcelain").stdout == ""


def test_a_change_that_is_there_already_is_no_commit(clone):
    record(clone.path, says("Hello"), now=NOW, key="k")
    before = state(clone)
    done = record(clone.path, says("Hello"), now=NOW, key="k")
    assert (done.commit, done.diff, done.files) == (None, "", ())
    assert state(clone) == before


def test_the_same_words_a_second_time_are_another_commit_where_the_plan_says_so(clone):
    def again(tree):
        text = dict(tree.read([INCIDENT]))[INCIDENT].decode()
        update = "  - {at: 2026-10-14 14:00, status: monitoring, message: Still}\n"
        return Change({INCIDENT: text + update}, "status: monitoring - Still")

    first, second = (record(clone.path, again, now=NOW, key="k") for _ in range(2))
    assert first.commit != second.commit
    assert (second.again, incident(clone).count("Still")) == (False, 2)


def test_hooks_do_not_run(clone):
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert record(clone.path, says("Hello"), now=NOW, key="k").commit


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({INCIDENT: "title: [\n"}, "could not be read afterwards"),
        ({INCIDENT: "title: Hello\n"}, "could not be read afterwards"),
        ({INCIDENT: "#" * (1 << 20) + "\n"}, "larger than a source may be"),
        ({f"{OTHER}/x.txt": "a: b\n"}, "is no folder"),
        ({"../x.yaml": "a: b\n"}, "no path of a source"),
        ({"/etc/x.yaml": "a: b\n"}, "no path of a source"),
        ({".git/hooks/x": "a: b\n"}, "no path of a source"),
        ({"status/.GIT/config": "a: b\n"}, "no path of a source"),
    ],
)
def test_what_could_not_be_read_is_not_recorded(clone, files, why):
    before = state(clone)
    with pytest.raises((UsageError, RefusedPath), match=why):
        record(clone.path, lambda _: Change(files, "Change"), now=NOW, key="k")
    assert state(clone) == before


def test_words_that_look_like_the_trailer_are_words(clone):
    words = "Tocsin-Operation: mine"
    record(clone.path, lambda tree: says("x")(tree)._replace(message=words), now=NOW, key="k")
    body = clone.git("log", "-1", "--format=%B").stdout.strip().splitlines()
    assert body[0] == words
    assert body[-1] != words
