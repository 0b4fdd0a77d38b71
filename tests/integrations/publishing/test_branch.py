"""A branch, with the real Git: the work tree is never touched, and nothing is ever forced."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing import Branch, Release
from generator.integrations.publishing import branch as branch_module
from generator.integrations.publishing.branch import to_branch
from generator.integrations.publishing.release import MARKER
from tests.catalogs import NOW
from tests.integrations.publishing.conftest import PAGES
from tests.repositories import GitRepository, new_repository

EXTRA = {MARKER, ".nojekyll"}


@pytest.fixture
def repository(git_repo: GitRepository, monkeypatch: pytest.MonkeyPatch) -> GitRepository:
    for name, value in git_repo.environment.items():
        monkeypatch.setenv(name, value)
    git_repo.write("tocsin.yaml", "name: Example\n")
    git_repo.commit()
    return git_repo


@pytest.fixture
def origin(repository: GitRepository) -> GitRepository:
    bare = GitRepository(repository.path.parent / "origin.git")
    bare.path.mkdir()
    bare.git("init", "--quiet", "--bare", "--initial-branch=main")
    repository.git("remote", "add", "origin", str(bare.path))
    return bare


def bring(release, repository, *, push=False, dry_run=False, name="pages"):
    return to_branch(release, Branch(name), repository.path, NOW, push=push, dry_run=dry_run)


def files(repository, name="pages") -> dict[str, bytes]:
    paths = repository.git("ls-tree", "-r", "-z", "--name-only", name).stdout.split("\0")
    return {path: repository.git("show", f"{name}:{path}").stdout.encode() for path in paths if path}


def without_ours(found):
    return {path: each for path, each in found.items() if path not in EXTRA}


def test_a_new_branch_and_a_work_tree_that_stays(release, repository):
    repository.write("tocsin.yaml", "name: Changed\n")
    before = repository.git("status", "--porcelain").stdout, repository.git("rev-parse", "HEAD").stdout
    done = bring(release, repository)
    assert without_ours(files(repository)) == PAGES
    assert files(repository).keys() >= EXTRA
    assert (repository.git("status", "--porcelain").stdout, repository.git("rev-parse", "HEAD").stdout) == before
    assert repository.git("log", "--format=%P|%an <%ae>|%ct|%at|%s", "pages").stdout == (
        f"|Alice Example <alice@example.com>|{NOW.timestamp():.0f}|{NOW.timestamp():.0f}|"
        "Publish site as of 2026-11-24T12:00Z\n"
    )
    assert done.commit == repository.git("rev-parse", "pages").stdout.strip()
    assert repository.git("fsck", "--strict").stdout == ""


def test_the_same_sources_give_the_same_commit(release, tmp_path, repository):
    first = bring(release, repository).commit
    other = new_repository(tmp_path / "other")
    assert bring(release, other).commit == first


def test_the_next_commit_follows_and_files_of_others_stay(release, repository, tmp_path):
    first = bring(release, repository).commit
    repository.git("worktree", "add", "--quiet", str(tmp_path / "pages"), "pages")
    there = GitRepository(tmp_path / "pages")
    there.write("CNAME", "runbooks.example.com\n")
    there.write("alerts/deep/run.sh", "#!/bin/sh\n").chmod(0o755)
    there.commit("By hand")
    repository.git("worktree", "remove", str(tmp_path / "pages"))
    done = bring(Release("site", {"index.html": b"2\n", "alerts/x": b"x"}), repository)
    assert str(done.plan) == "1 new, 1 changed, 2 removed, 2 of others kept"
    theirs = {"CNAME": b"runbooks.example.com\n", "alerts/deep/run.sh": b"#!/bin/sh\n"}
    assert without_ours(files(repository)) == {"index.html": b"2\n", "alerts/x": b"x"} | theirs
    assert "100755 blob" in repository.git("ls-tree", "pages", "alerts/deep/run.sh").stdout
    assert repository.git("rev-list", "--count", f"{first}..pages").stdout == "2\n"


def test_the_same_files_are_no_commit(release, repository):
    first = bring(release, repository).commit
    done = bring(release, repository)
    assert done.plan.same
    assert done.commit == ""
    assert repository.git("rev-parse", "pages").stdout.strip() == first


def test_bytes_arrive_as_they_are(repository):
    repository.write(".gitattributes", "* text eol=crlf\n")
    repository.git("config", "core.autocrlf", "true")
    bring(Release("site", {"a.txt": b"1\r\n2\n"}), repository)
    blob = repository.git("rev-parse", "pages:a.txt").stdout
    repository.git("config", "core.autocrlf", "false")
    (repository.path / "a.txt").write_bytes(b"1\r\n2\n")
    assert repository.git("hash-object", "--no-filters", "a.txt").stdout == blob


@pytest.mark.parametrize("name", ["main", "work", "a..b", "x.lock"])
def test_branches_that_may_not_be_written(release, repository, tmp_path, name):
    repository.git("worktree", "add", "--quiet", "-b", "work", str(tmp_path / "work"))
    before = repository.git("for-each-ref").stdout
    with pytest.raises(UsageError, match=r"checked out|no name of a branch"):
        bring(release, repository, name=name)
    assert repository.git("for-each-ref").stdout == before


def test_a_branch_of_sources_is_refused(release, repository):
    repository.git("branch", "sources")
    with pytest.raises(UsageError, match=r"nobody published from here: tocsin\.yaml"):
        bring(release, repository, name="sources")


def test_no_repository_and_nobody_who_commits(release, repository, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="not a Git repository"):
        to_branch(release, Branch("pages"), Path("/"), NOW, push=False, dry_run=False)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    with pytest.raises(UsageError, match="does not know who commits"):
        bring(release, repository)


def test_a_dry_run_writes_no_object(release, repository, origin):
    before = sorted((repository.path / ".git").rglob("*"))
    assert str(bring(release, repository, dry_run=True, push=True).plan) == "4 new"
    assert sorted((repository.path / ".git").rglob("*")) == before


def test_push_brings_it_to_the_remote(release, repository, origin):
    done = bring(release, repository, push=True)
    assert done.remote == "origin"
    assert origin.git("rev-parse", "pages").stdout.strip() == done.commit
    again = bring(release, repository, push=True)
    assert (again.plan.same, again.commit, again.remote) == (True, "", "")


def test_what_was_not_pushed_is_pushed_later(release, repository, origin):
    first = bring(release, repository).commit
    done = bring(release, repository, push=True)
    assert done.remote == "origin"
    assert origin.git("rev-parse", "pages").stdout.strip() == first


def test_a_clone_that_never_saw_the_branch_builds_upon_it(release, repository, origin, tmp_path):
    first = bring(release, repository, push=True).commit
    repository.git("push", "--quiet", "origin", "main")
    repository.git("clone", "--quiet", "--single-branch", str(origin.path), str(tmp_path / "clone"))
    clone = GitRepository(tmp_path / "clone")
    done = bring(Release("site", {"index.html": b"2\n"}), clone, push=True)
    assert origin.git("rev-parse", "pages^").stdout.strip() == first
    assert origin.git("rev-parse", "pages").stdout.strip() == done.commit


def test_who_pushed_meanwhile_is_built_upon(release, repository, origin, tmp_path, monkeypatch):
    bring(release, repository, push=True)
    repository.git("clone", "--quiet", "--branch=pages", str(origin.path), str(tmp_path / "other"))
    other = GitRepository(tmp_path / "other")
    commit = branch_module._commit

    def meanwhile(*arguments):
        monkeypatch.setattr(branch_module, "_commit", commit)
        other.write("CNAME", "x\n")
        other.commit()
        other.git("push", "--quiet", "origin", "pages")
        return commit(*arguments)

    monkeypatch.setattr(branch_module, "_commit", meanwhile)
    bring(Release("site", {"index.html": b"2\n"}), repository, push=True)
    assert without_ours(files(origin)) == {"index.html": b"2\n", "CNAME": b"x\n"}
    assert origin.git("rev-list", "--count", "pages").stdout == "3\n"


def test_branches_that_went_different_ways_are_told(release, repository, origin):
    bring(release, repository, push=True)
    first = repository.git("rev-parse", "pages").stdout.strip()
    bring(Release("site", {"index.html": b"2\n"}), repository, push=True)
    repository.git("update-ref", "refs/heads/pages", first)
    bring(Release("site", {"index.html": b"3\n"}), repository)
    with pytest.raises(TocsinError, match="gone different ways"):
        bring(release, repository, push=True)


def test_a_remote_that_refuses_leaves_the_branch_where_it_was(release, repository, origin):
    hook = origin.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'token=hunter2 is bad' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(TocsinError, match=r"origin refuses the branch: .*pre-receive hook declined"):
        bring(release, repository, push=True)
    assert repository.git("branch", "--list", "pages").stdout == ""


def test_a_remote_that_is_gone_and_none_at_all(release, repository, origin):
    repository.git("remote", "set-url", "origin", "https://user:hunter2@127.0.0.1:1/x.git")
    with pytest.raises(TocsinError, match="origin does not answer") as refused:
        bring(release, repository, push=True)
    assert "hunter2" not in str(refused.value)
    repository.git("remote", "remove", "origin")
    with pytest.raises(UsageError, match="no remote to push to"):
        bring(release, repository, push=True)


def test_hooks_of_the_repository_do_not_run(release, repository, origin):
    for name in ("pre-push", "reference-transaction", "post-commit"):
        hook = repository.path / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {repository.path}/ran\n")
        hook.chmod(0o755)
    bring(release, repository, push=True)
    assert not (repository.path / "ran").exists()
    shutil.rmtree(repository.path / ".git" / "hooks")
    assert origin.path.exists()
