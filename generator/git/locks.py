"""Locks: one recording at a time in a clone, and nobody else's `git` at the index meanwhile.

A lock that a killed process leaves behind has to be told from one that is held. The first kind ends with its process,
because the kernel holds it; of Git's own kind we know ours by a second name of the same file.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import TocsinError
from generator.git.branch import ref
from generator.git.clone import Clone
from generator.git.staging import own_folder

WAIT = 30.0
"""Seconds that another recording may take before it is given up."""
_WAIT_INDEX = 10.0
_POLL = 0.05
_HELD = "held"
_STARTING = 5.0
"""Seconds from our note that a branch will move until Git has its locks, on a machine that is very busy."""
_ALIVE = 2.0
"""Seconds that Git may hold a lock of one name; older ones are nobody's."""


@contextmanager
def alone(clone: Clone, waiting: Callable[[str], None], seconds: float) -> Iterator[None]:
    """Nobody else records in this clone, nor in another work tree of the same repository.

    Raises:
        TocsinError: somebody does, all the time.
    """
    descriptor = os.open(clone.common, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        end = time.monotonic() + seconds
        while not _taken(descriptor):
            waiting("waiting for another command that records in this clone")
            if time.monotonic() > end:
                raise TocsinError(f"another command has been recording in {clone.top} for {seconds:.0f} seconds")
            time.sleep(_POLL)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def holding(clone: Clone) -> Iterator[None]:
    """Holds the index: `git add` and `git commit` of others fail meanwhile, as they do with another `git`.

    Raises:
        TocsinError: another `git` holds it.
    """
    free_index(clone)
    held, lock = own_folder(clone) / _HELD, _lock(clone)
    held.touch()
    try:
        end = time.monotonic() + _WAIT_INDEX
        while not _linked(held, lock):
            if time.monotonic() > end:
                hint = f"if no git runs here, one was killed: rm {lock}"
                raise TocsinError("another git is working in this clone: its index is locked", hint)
            time.sleep(_POLL)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
    finally:
        held.unlink(missing_ok=True)
        leave(clone)


def leave(clone: Clone) -> None:
    """No folder of ours stays where nothing is in it."""
    with suppress(OSError):
        (clone.git_dir / "tocsin").rmdir()


def free_refs(clone: Clone, branch: str, since: float) -> None:
    """Takes away the locks that a killed `git update-ref` of ours left; `since` is when it was started.

    A lock that was made at another time is somebody else's.
    """
    for lock in (clone.git_dir / "HEAD.lock", clone.common / f"{ref(branch)}.lock"):
        with suppress(OSError):
            made = lock.stat().st_mtime
            if not -1 < made - since < _STARTING:
                continue
            time.sleep(max(0.0, made + _ALIVE - time.time()))  # noqa: TID251  # compared with times of files
            lock.unlink()


def free_index(clone: Clone) -> None:
    """Takes away the lock of an index that a killed recording left; the caller is `alone`."""
    held, lock = clone.git_dir / "tocsin" / _HELD, _lock(clone)
    with suppress(OSError):
        if held.samefile(lock):
            lock.unlink()
    with suppress(OSError):
        held.unlink()
    for left in (clone.git_dir / "tocsin").glob("index-*"):
        left.unlink(missing_ok=True)
    leave(clone)


def _linked(held: Path, lock: Path) -> bool:
    try:
        os.link(held, lock)
    except FileExistsError:
        return False
    except OSError as error:
        raise TocsinError(f"the index of {lock.parent} cannot be locked: {error.strerror}") from error
    return True


def _lock(clone: Clone) -> Path:
    return clone.index.with_name(f"{clone.index.name}.lock")
