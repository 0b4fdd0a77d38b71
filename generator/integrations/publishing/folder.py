"""A folder of this machine: the new one is written beside it, and takes its place in one step."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing.release import INSIDE, MARKER, Plan, Present, Release, not_ours, plan
from generator.output.paths import guard

_EXCHANGE = 2
_AT_CWD = -100


def to_folder(release: Release, out: Path, root: Path, *, dry_run: bool) -> Plan:
    """Brings the folder to hold the release; what others put into it stays.

    Raises:
        TocsinError: it may not be written, or cannot be; it is as it was then.
    """
    guard(out, root)
    if any((above / MARKER).exists() for above in out.resolve().parents):
        raise UsageError(*INSIDE)
    if os.path.ismount(out):
        raise UsageError(_ABOVE.format("it is a mount of its own, so no other can take its place"), _INSIDE)
    if dry_run:
        return _planned(release, out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out.parent):
            _sweep(out)
            found = _planned(release, out)
            if not found.same or not out.exists():
                _replace(release, out, found)
            return found
    except OSError as error:
        if isinstance(error, PermissionError) and not os.access(out.parent, os.W_OK):
            raise UsageError(_ABOVE.format(f"{out.parent} is not yours to write into"), _INSIDE) from error
        where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else out
        raise TocsinError(f"cannot write {where}: {error.strerror or error}") from error


_ABOVE = "the new folder is made beside the old one, and {}"
_INSIDE = "publish to a folder inside of it, as <folder>/www, and let the web server show that"


def _planned(release: Release, out: Path) -> Plan:
    paths = frozenset(_paths(out))
    for path in sorted(paths):
        if not path.isprintable():
            raise UsageError("it holds a file whose name cannot be printed", "move it away")
    marker = out / MARKER
    if marker.is_symlink() or (marker.exists() and not marker.is_file()):
        raise not_ours()
    content = marker.read_bytes() if marker.exists() else None
    actual = {path: _hash(out / path) for path in paths & release.files.keys()}
    return plan(release, Present(content, paths - {MARKER}), actual)


def _hash(place: Path) -> str:
    regular = stat.S_ISREG(place.lstat().st_mode)
    return sha256(place.read_bytes()).hexdigest() if regular else "no file"


def _paths(out: Path) -> Iterator[str]:
    """Everything that is no folder, links to folders too."""
    for folder, folders, names in os.walk(out):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            yield Path(folder, name).relative_to(out).as_posix()


def _replace(release: Release, out: Path, found: Plan) -> None:
    new = out.with_name(f".{out.name}.tocsin-{secrets.token_hex(8)}")
    try:
        new.mkdir()
        if out.exists():
            _same_rights(out, new)
        for path, content in release.files.items():
            _put(new / path, content, None if path in found.changed or path in found.new else out / path)
        for path in found.kept:
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(out / path, new / path, follow_symlinks=False)
        # Last, so that what has it is whole.
        (new / MARKER).write_bytes(release.marker)
        _swap(new, out)
    finally:
        # After the swap this is the old one.
        shutil.rmtree(new, ignore_errors=True)


def _same_rights(old: Path, new: Path) -> None:
    """Mode and group: a web server may read by its group."""
    status = old.stat()
    with suppress(OSError):
        os.chown(new, -1, status.st_gid)
    new.chmod(stat.S_IMODE(status.st_mode))


def _put(place: Path, content: bytes, old: Path | None) -> None:
    """What has not changed keeps its time, which browsers ask for."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    if old is not None and old.is_file():
        status = old.stat()
        os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


def _swap(new: Path, out: Path) -> None:
    """Nobody ever finds the place empty, where the system can exchange two folders; else for a moment."""
    if not out.exists():
        new.rename(out)
    elif not _exchanged(new, out):
        aside = out.with_name(f".{out.name}.tocsin-{secrets.token_hex(8)}")
        out.rename(aside)
        try:
            new.rename(out)
        except BaseException:
            aside.rename(out)
            raise
        aside.rename(new)


def _exchanged(new: Path, out: Path) -> bool:
    """Linux alone has it, in the C library since glibc 2.28."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(out), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(out))


def _sweep(out: Path) -> None:
    """Removes what a killed run left beside the folder, or takes it where that run left nothing in its place."""
    ours = re.compile(re.escape(f".{out.name}.tocsin-") + "[0-9a-f]{16}")
    for place in sorted(out.parent.iterdir()):
        if not ours.fullmatch(place.name) or place.is_symlink():
            continue
        if not out.exists() and (place / MARKER).is_file():
            place.rename(out)
        else:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits until no other run publishes below the folder; the system lets go of it when a run is killed."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)
