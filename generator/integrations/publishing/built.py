"""What an earlier `tocsin build` wrote: exactly that, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.artifacts import Artifact
from generator.errors import UsageError
from generator.output.files import on_disk
from generator.output.manifest import digest, load
from generator.output.paths import guard_folders


def built(out: Path, target: str) -> Iterator[Artifact]:
    """The files of a target as the manifest of an output folder lists them.

    Raises:
        UsageError: there are none, or one is not as it was written.
    """
    entries = {path: entry for path, entry in load(out).artifacts.items() if entry.target == target}
    if not entries:
        raise UsageError(f"{out} holds no {target}", f"tocsin build --target {target} --out {out}")
    guard_folders(out, entries)
    for path, entry in entries.items():
        content = on_disk(out / path)
        if content is None or digest(content) != entry.sha256:
            what = "missing" if content is None else "not as it was built"
            raise UsageError(f"{out / path} is {what}: nothing was published", "build again")
        yield Artifact(path, content, entry.sources)
