"""From a planned change to a commit: it is shown, somebody agrees, it is recorded, and what came of it is told."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.analysis.status.settings import STATUS
from generator.commands.status.asking import can_ask, confirm
from generator.errors import Exit

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Tree
    from generator.integrations.recording import Change, Recorded

COLOURS = {"+": "\033[32m", "-": "\033[31m", "@": "\033[36m"}


@dataclass(frozen=True, slots=True)
class Carrying:
    """What is about to be done, for people and for the recording."""

    root: Path
    tree: Tree
    now: datetime
    branch: str | None
    plan: Callable[[Tree], Change]
    key: str
    said: tuple[str, ...]
    """What customers will read, or who will not; a line each."""


def add_carrying(parser: argparse.ArgumentParser) -> None:
    """The options of every command that records something."""
    parser.add_argument("--push", action="store_true", help="push it; whoever else pushes meanwhile loses nothing")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and change nothing")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask before it is done")


def require_ready(root: Path, catalog: Catalog, arguments: argparse.Namespace) -> None:
    """Raises UsageError where nothing could be recorded: before anybody has answered a question in vain."""
    from generator.git.branch import BranchStore
    from generator.git.clone import open_clone
    from generator.git.remote import remote_branch
    from generator.integrations.recording.pushing import push_target
    from generator.integrations.recording.target import target_for

    if arguments.dry_run:
        return
    clone = open_clone(root)
    target = target_for(clone, catalog.settings.get(STATUS).branch)
    BranchStore(clone.top).require_identity()
    if arguments.push:
        push_target(remote_branch(clone.top, clone.common, target.branch))


def has_remote(root: Path, branch: str | None) -> bool:
    """Whether there is somewhere to push to."""
    from generator.git.clone import open_clone
    from generator.git.remote import remote_branch
    from generator.integrations.recording.target import target_for

    clone = open_clone(root)
    return remote_branch(clone.top, clone.common, target_for(clone, branch).branch) is not None


def key_of(*parts: object) -> str:
    """A name for an operation: the same words give the same."""
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]


def carry_out(asked: Carrying, arguments: argparse.Namespace) -> Exit:
    """Shows it, asks where somebody is there to answer, records it, and says what came of it."""
    from generator.integrations.recording import record  # lists need none of it

    change = asked.plan(asked.tree)
    if change.files:
        sys.stdout.writelines(f"{line}\n" for line in (*asked.said, "", *_shown(asked.tree, change, arguments)))
    if arguments.dry_run:
        print("nothing was written (--dry-run)" if change.files else _NOTHING)
        return Exit.WELL
    push = arguments.push
    if change.files and can_ask() and not arguments.yes:
        push = _agreed(asked, push=push)
    done = record(asked.root, asked.plan, now=asked.now, push=push, branch=asked.branch, key=asked.key)
    sys.stdout.writelines(f"{line}\n" for line in _told(asked, done, change, push=push))
    for note in done.notes:
        sys.stderr.write(f"tocsin: {note}\n")
    if done.kept:
        sys.stderr.write(f"tocsin: it is not pushed: {done.kept}\n" + (f"  hint: {done.hint}\n" if done.hint else ""))
        return Exit.FINDINGS
    return Exit.WELL


_NOTHING = "nothing to do: it says so already"


def _agreed(asked: Carrying, *, push: bool) -> bool:
    """Whether to push; KeyboardInterrupt where nothing shall be done."""
    sys.stdout.flush()
    if push:
        agreed = confirm("Commit and push this?")
    else:
        agreed = confirm("Commit this?")
        push = agreed and has_remote(asked.root, asked.branch) and confirm("And push it, so that others see it?")
    if not agreed:
        raise KeyboardInterrupt
    return push


def _told(asked: Carrying, done: Recorded, change: Change, *, push: bool) -> Iterator[str]:
    if done.commit is None:
        yield _NOTHING
        return
    again = " (an earlier start of this command had begun it)" if done.again else ""
    subject = (done.message or change.message).partition("\n")[0]
    yield f"committed {done.commit[:10]} on {done.branch}: {subject}{again}"
    if done.pushed:
        yield f"pushed to {done.remote}"
    elif not push:
        how = f"git push origin {done.branch}" if asked.branch else "git push"
        yield f"not pushed: nobody else sees it before {how}"


def _shown(tree: Tree, change: Change, arguments: argparse.Namespace) -> Iterator[str]:
    """The change as a diff. A new record is hardly more than its template: its name will do, but for `--dry-run`."""
    before = dict(tree.read(change.files))
    for path, text in sorted(change.files.items()):
        old = before.get(path, b"").decode("utf-8", "replace")
        lines = (text or "").splitlines()
        if path not in before and path.endswith(".md") and not arguments.dry_run:
            yield f"new: {path} ({len(lines)} lines, for the team alone)"
            continue
        names = (path if path in before else "/dev/null", path if text is not None else "/dev/null")
        diff = difflib.unified_diff(old.split("\n"), (text or "").split("\n"), *names, n=2, lineterm="")
        yield from _coloured(map(_shown_safely, diff))


def _shown_safely(line: str) -> str:
    """A line of a file with nothing in it that a terminal would obey."""
    return "".join(letter if letter.isprintable() or letter == "\t" else " " for letter in line.rstrip("\r"))


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        yield from lines
        return
    for line in lines:
        colour = COLOURS.get(line[:1], "") if not line.startswith(("+++", "---")) else ""
        yield f"{colour}{line}\033[0m" if colour else line
