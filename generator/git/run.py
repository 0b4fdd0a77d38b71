"""Running `git` on a repository that nobody vouches for: no hooks, no monitors, no network, no locale."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

_SAFE = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.quotePath=false"),
    *("-c", "core.untrackedCache=false"),
    *("-c", "log.showSignature=false"),
    # The first commit counts too, and a file that says in which order to list may be missing.
    *("-c", "log.showRoot=true"),
    *("-c", "diff.orderFile=/dev/null"),
)

# What `git rev-parse --local-env-vars` names: inside a hook these point at the hook's repository, not at ours.
_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "GIT_EXTERNAL_DIFF",
    "GIT_TRACE",
)

SAFE_ENVIRONMENT = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # An older git knows no GIT_NO_LAZY_FETCH; without a transport a partial clone cannot fetch either.
    "GIT_ALLOW_PROTOCOL": "none",
}


def environment() -> dict[str, str]:
    """The environment every `git` of ours runs in."""
    kept = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    return kept | SAFE_ENVIRONMENT


@contextmanager
def running(root: Path, arguments: Sequence[str], *, whole: bool = False) -> Iterator[IO[bytes]]:
    """The output of a `git` in `root` while it runs; who has read enough leaves, and it is ended.

    Raises OSError with `whole` when it failed: its output ends early then.
    """
    process = subprocess.Popen(  # noqa: S603 - no shell, and what comes from outside is no option
        ["git", *_SAFE, *arguments],  # noqa: S607 - the git that the user has
        cwd=root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield cast("IO[bytes]", process.stdout)
            if whole and process.wait():
                raise OSError(f"git failed with status {process.returncode}")
        finally:
            process.kill()


def git(
    root: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None
) -> tuple[int, bytes, str]:
    """(status, output, complaint) of one `git` in `root`, with some input; status 127 without git.

    `more` are variables on top of the safe environment: another index, for example.
    """
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and what comes from outside is no option
            ["git", *_SAFE, *arguments],  # noqa: S607 - the git that the user has
            cwd=root,
            env=environment() | dict(more or {}),
            input=given,
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, PermissionError):  # the second: a file of that name that is no program
        return 127, b"", "git is not installed"
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip()


def why_not(complaint: str) -> str:
    """Why Git does not answer for a folder, in our words."""
    if "dubious ownership" in complaint:
        return "a repository of another user (see Git's safe.directory)"
    return complaint if complaint == "git is not installed" else "not a Git repository"
