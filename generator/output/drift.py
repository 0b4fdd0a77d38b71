"""Drift: what a build would change. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from generator.artifacts import Artifact
from generator.errors import TocsinError
from generator.output.files import on_disk
from generator.output.manifest import load
from generator.output.paths import collected, guard_folders
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Drift:
    """One file that a build would change: it has another content, is missing, or no source yields it any more."""

    path: str
    kind: Literal["changed", "missing", "unexpected"]


def drift(artifacts: Mapping[str, Iterable[Artifact]], out: Path) -> list[Drift]:
    """What in `out` differs from these artifacts (by target), sorted by path.

    A target that was rendered and gave nothing must be there with an empty list, or its old files are not noticed.
    Files that the manifest does not list are nobody's business. Raises as `write` does.
    """
    wanted = collected(artifacts)
    old = load(out)
    guard_folders(out, {*wanted, *old.artifacts})
    try:
        found = [
            *_differing(out, {path: artifact for path, (_, artifact) in wanted.items()}),
            *(
                Drift(path, "unexpected")
                for path, entry in old.artifacts.items()
                if entry.target in artifacts and path not in wanted and on_disk(out / path) is not None
            ),
        ]
    except OSError as error:
        raise TocsinError(f"cannot read {error.filename}: {error.strerror}") from error
    return sorted(found, key=lambda one: one.path)


def _differing(out: Path, wanted: Mapping[str, Artifact]) -> Iterator[Drift]:
    for path, artifact in wanted.items():
        content = on_disk(out / path)
        if content is None:
            yield Drift(path, "missing")
        elif content != artifact.content:
            yield Drift(path, "changed")
