"""A branch of the repository: a commit of the files, without a work tree; pushed where that is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from generator.errors import TocsinError
from generator.git.branch import BranchStore, Entry
from generator.git.branch import ref as ref_of
from generator.integrations.publishing.destinations import Branch
from generator.integrations.publishing.release import MARKER, Plan, Present, Release, plan
from generator.integrations.publishing.remote import Remote, remote_for

NO_JEKYLL = ".nojekyll"
"""With it GitHub shows the files as they are."""
_TRIES = 5


class Committed(NamedTuple):
    """What was done: the plan, the commit that the branch leads to, and the remote that has it too."""

    plan: Plan
    commit: str
    remote: str


def to_branch(release: Release, branch: Branch, root: Path, now: datetime, *, push: bool, dry_run: bool) -> Committed:
    """Lets the branch lead to a commit of the release; files of others stay in it.

    Raises:
        TocsinError: it cannot, or the remote refuses; nothing was moved then.
    """
    store = BranchStore(root)
    store.require(branch.name)
    remote = remote_for(store, branch.name) if push else None
    for _ in range(_TRIES):
        done = _once(store, release, branch.name, now, remote, dry_run=dry_run)
        if done is not None:
            return done
    raise TocsinError(f"others push to {branch.name} all the time: {_TRIES} tries were not enough", "try again")


def _once(  # the whole of it, in order
    store: BranchStore, release: Release, name: str, now: datetime, remote: Remote | None, *, dry_run: bool
) -> Committed | None:
    mine = store.tip(ref_of(name))
    theirs = None if remote is None else remote.tip(name)
    base = _base(store, name, mine, theirs)
    entries = {} if base is None else store.entries(base)
    release = _with_no_jekyll(release, entries, store)
    found = plan(release, _present(store, entries))
    remote_name = "" if remote is None else remote.name
    if dry_run:
        return Committed(found, "", remote_name)
    commit = _commit(store, release, {path: entries[path] for path in found.kept}, base, now)
    if remote is not None and commit != theirs and not remote.push(name, commit):
        return None
    if commit != mine:
        store.move(name, commit, mine)
    return Committed(found, commit if commit != base else "", remote_name if commit != theirs else "")


def _base(store: BranchStore, name: str, mine: str | None, theirs: str | None) -> str | None:
    """The commit to build upon: the newer one of ours and theirs, or what was last fetched of it."""
    if mine is None and theirs is None:
        names = store.remotes()
        chosen = "origin" if "origin" in names else "".join(names[:1])
        return store.tip(f"refs/remotes/{chosen}/{name}") if chosen else None
    if mine is None or theirs is None:
        return mine or theirs
    if store.contains(theirs, mine):
        return theirs
    if store.contains(mine, theirs):
        return mine
    raise TocsinError(
        f"branch {name} and that of the remote have gone different ways",
        f"where only Tocsin writes it, what is here can go: git branch -D {name}",
    )


def _present(store: BranchStore, entries: dict[str, Entry]) -> Present:
    marker = entries.get(MARKER)
    return Present(None if marker is None else store.content(marker), frozenset(entries) - {MARKER})


def _with_no_jekyll(release: Release, entries: dict[str, Entry], store: BranchStore) -> Release:
    """One that somebody else put there is theirs, and does as well."""
    marker = _present(store, entries).marker or b""
    if NO_JEKYLL in entries and f'"{NO_JEKYLL}"'.encode() not in marker:
        return release
    return replace(release, files={**release.files, NO_JEKYLL: release.files.get(NO_JEKYLL, b"")})


def _commit(store: BranchStore, release: Release, kept: dict[str, Entry], base: str | None, now: datetime) -> str:
    """The commit, or the one that is there where its files would be the same."""
    entries = kept | store.write_files({**release.files, MARKER: release.marker})
    tree = store.write_tree(entries)
    if base is not None and store.tree_of(base) == tree:
        return base
    moment = now.astimezone(UTC)
    return store.write_commit(tree, base, f"Publish {release.target} as of {moment:%Y-%m-%dT%H:%MZ}", now)
