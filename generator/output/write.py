"""Writing artifacts: each file whole or not at all, only what changed, and nothing removed that is not ours."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from generator.artifacts import Artifact
from generator.errors import TocsinError, UsageError
from generator.files import put
from generator.output.files import on_disk, remove, sweep
from generator.output.manifest import Entry, Manifest, digest, load
from generator.output.paths import MANIFEST, above_of, collected, folded, guard, guard_folders
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did to the output folder, each sorted by path."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Nothing yields them any more, but somebody changed them by hand: they stay, and are no longer ours."""


def write(
    artifacts: Mapping[str, Iterable[Artifact]],
    out: Path,
    *,
    now: datetime | None,
    targets: Sequence[str],
    tool_version: str,
    root: Path | None = None,
    shared: bool = False,
) -> Report:
    """Brings the folder `out` to hold these artifacts (by target), and its manifest to say so.

    `targets` are those that were rendered this time, also where they gave nothing: only their old files are removed.
    `root` is the repository. `shared` says that people write into the folder as well: a file of theirs is never
    written over. Raises UsageError where `out` may not be written into, TocsinError for two artifacts in one place or
    a disk that refuses.
    """
    wanted = collected(artifacts)
    guard(out, root)
    rendered = {*targets, *artifacts}
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _alone(out):
            sweep(out)
            if shared:
                _refuse_others(out, wanted)
            return _bring(out, wanted, rendered, now, tool_version)
    except OSError as error:
        place = error.filename2 or error.filename or out
        raise TocsinError(f"cannot write {os.fsdecode(place)}: {error.strerror or error}") from error


def _refuse_others(out: Path, wanted: Mapping[str, tuple[str, Artifact]]) -> None:
    ours = load(out).artifacts
    for path, (_, artifact) in wanted.items():
        found = None if path in ours else on_disk(out / path)
        if found is not None and found != artifact.content:
            raise UsageError(f"{out / path} is there, and tocsin did not write it", "move it away, and build again")


def _bring(
    out: Path, wanted: Mapping[str, tuple[str, Artifact]], rendered: set[str], now: datetime | None, version: str
) -> Report:
    old = load(out)
    guard_folders(out, old.artifacts)
    obsolete = [path for path, entry in old.artifacts.items() if entry.target in rendered and path not in wanted]
    early, late = _split(obsolete, wanted)
    removed, kept = _remove(out, early, old)
    guard_folders(out, wanted)
    written = [path for path, (_, artifact) in wanted.items() if _put(out, path, artifact)]
    more_removed, more_kept = _remove(out, late, old)
    put(out / MANIFEST, _next(old, wanted, rendered, now, version).dump())
    new = set(written)
    return Report(
        tuple(written),
        tuple(path for path in wanted if path not in new),
        tuple(sorted([*removed, *more_removed])),
        tuple(sorted([*kept, *more_kept])),
    )


def _split(obsolete: Sequence[str], wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """Old files that stand in the way of new ones (as a file, as a folder, in another case); and all the others."""
    files = {folded(path) for path in wanted}
    folders = {above for path in files for above in above_of(path)}
    early: list[str] = []
    late: list[str] = []
    for path in obsolete:
        key = folded(path)
        in_the_way = key in files or key in folders or not files.isdisjoint(above_of(key))
        (early if in_the_way else late).append(path)
    return early, late


def _remove(out: Path, paths: Sequence[str], old: Manifest) -> tuple[list[str], list[str]]:
    removed, kept = [], []
    for path in paths:
        content = on_disk(out / path)
        if content is None:
            continue
        if digest(content) == old.artifacts[path].sha256:
            remove(out, path)
            removed.append(path)
        else:
            kept.append(path)
    return removed, kept


def _put(out: Path, path: str, artifact: Artifact) -> bool:
    if on_disk(out / path) == artifact.content:
        return False
    put(out / path, artifact.content)
    return True


def _next(
    old: Manifest,
    wanted: Mapping[str, tuple[str, Artifact]],
    rendered: set[str],
    now: datetime | None,
    version: str,
) -> Manifest:
    others = {path: entry for path, entry in old.artifacts.items() if entry.target not in rendered}
    entries = others | {path: Entry.of(target, artifact) for path, (target, artifact) in wanted.items()}
    if any(artifact.uses_now for _, artifact in wanted.values()):
        if now is None:
            raise ValueError("an artifact depends on the time, and none was given")
        return Manifest(f"tocsin {version}", now, entries)
    return Manifest(f"tocsin {version}", old.now if others else None, entries)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Waits until no other run writes into the folder; the system lets go of it when a run is killed."""
    fd = os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)
