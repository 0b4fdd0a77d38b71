"""A folder of another machine: a link to a release beside it, replaced in one step when the next one is whole."""

from __future__ import annotations

import gzip
import io
import secrets
import shlex
import tarfile
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from generator.errors import TocsinError, UsageError
from generator.integrations.publishing.destinations import Host
from generator.integrations.publishing.release import INSIDE, MARKER, Plan, Present, Release, plan
from generator.integrations.publishing.ssh import Connection, Progress, connect, script

_SENTINEL, _MARKER, _DONE = b"=tocsin=\n", b"=marker=\n", b"=done=\n"
_KINDS = {
    "elsewhere": ("it is a link that leads elsewhere", "name the folder that it leads to"),
    "inside": INSIDE,
    "file": ("it is a file", "name a folder"),
    "refused": (
        "the folder above it may not be written into, and the new release is made there",
        "publish to a folder inside of it, as <folder>/www, and let the web server show that",
    ),
}


class Look(NamedTuple):
    """What lies there: its kind, the release that it leads to, and the files."""

    kind: str
    link: str
    present: Present


def to_host(release: Release, host: Host, now: datetime, progress: Progress, *, dry_run: bool) -> Plan:
    """Brings the folder over there to hold the release; what others put into it stays.

    Raises:
        TocsinError: ssh or the other side refuses; what is shown there is as it was then.
    """
    connection = connect(host)
    look = _looked(connection.look(script("look", place=str(host.path))))
    if look.kind in _KINDS:
        raise UsageError(*_KINDS[look.kind])
    found = plan(release, look.present)
    if not found.same and not dry_run:
        _send(connection, release, look, found, now, progress)
    return found


def _looked(output: bytes) -> Look:
    _, sentinel, rest = output.partition(_SENTINEL)
    head, _, marker = rest.partition(_MARKER)
    lines = head.decode("utf-8", "surrogateescape").split("\n")
    if not sentinel or len(lines) < 2:
        raise TocsinError("it has no shell that runs a script (sh -c)", "it takes a POSIX shell and tar over there")
    paths = frozenset(path.removeprefix("./") for path in lines[2:] if path)
    if any(not path.isprintable() for path in paths):
        raise UsageError("it holds a file whose name cannot be printed", "move it away")
    return Look(lines[0], lines[1], Present(marker if MARKER in paths else None, paths - {MARKER}))


def _send(connection: Connection, release: Release, look: Look, found: Plan, now: datetime, progress: Progress) -> None:
    name = connection.host.path.name
    receive = script(
        "receive",
        place=str(connection.host.path),
        release=f".{name}.tocsin-{secrets.token_hex(8)}",
        was=look.link,
    )
    kept = f"set -- {' '.join(map(shlex.quote, found.kept))}\n"
    with TemporaryFile() as packed:
        pack(release, packed, int(now.timestamp()))
        packed.seek(0)
        if _DONE not in connection.send(kept + receive, packed, progress):
            raise TocsinError("it did not say that it was done")


def pack(release: Release, into: IO[bytes], time: int) -> None:
    """A gzipped tar of all files, the marker last: what arrives with it is whole."""
    with gzip.GzipFile(fileobj=into, mode="wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for path, content in {**release.files, MARKER: release.marker}.items():
            member = tarfile.TarInfo(f"./{path}")
            member.size, member.mtime, member.mode = len(content), time, 0o644
            archive.addfile(member, io.BytesIO(content))
