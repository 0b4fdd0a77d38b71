"""The manifest: what was written, of which target, from which sources. It alone says what may be removed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from generator.artifacts import Artifact
from generator.errors import RefusedPath, TocsinError
from generator.output.paths import MANIFEST, fault
from generator.records import dataclass
from generator.times import can_be_present


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one artifact."""

    sha256: str
    target: str
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, target: str, artifact: Artifact) -> Entry:
        """The entry of an artifact."""
        return cls(digest(artifact.content), target, tuple(sorted(set(artifact.sources))))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of an output folder."""

    tool: str = ""
    now: datetime | None = None
    artifacts: Mapping[str, Entry] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The bytes of `manifest.json`: sorted, the same for the same content."""
        entries = {
            path: {"sha256": entry.sha256, "target": entry.target, "sources": list(entry.sources)}
            for path, entry in sorted(self.artifacts.items())
        }
        now = {} if self.now is None else {"now": _text(self.now)}
        return (json.dumps({"tool": self.tool, **now, "artifacts": entries}, indent=2) + "\n").encode("ascii")


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def load(out: Path) -> Manifest:
    """The manifest of a folder; an empty one where there is none.

    Raises RefusedPath when it is a symlink or names a path that leaves the folder, TocsinError when it is not ours.
    """
    place = out / MANIFEST
    if place.is_symlink():
        raise RefusedPath(f"{place} is a symlink", "remove it")
    if place.exists() and not place.is_file():  # reading a pipe would never end
        raise TocsinError(f"{place} is not a manifest that Tocsin wrote (it is no file)", "remove it, and build again")
    try:
        return _parse(json.loads(place.read_bytes()), place)
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise TocsinError(
            f"{place} is not a manifest that Tocsin wrote ({error})", "remove it, and build again"
        ) from error


def manifest_now(out: Path) -> datetime | None:
    """The time that the artifacts in a folder were rendered with, where one of them used it."""
    return load(out).now


def _parse(data: dict[str, object], place: Path) -> Manifest:
    artifacts = data["artifacts"]
    if not isinstance(artifacts, dict):
        raise TypeError("'artifacts' is not a map")
    for path in artifacts:
        if wrong := fault(path):
            raise RefusedPath(f"{place} lists {path!r}, which {wrong}", "remove the manifest, and build again")
    now = data.get("now")
    rendered = None if now is None else datetime.fromisoformat(str(now)).astimezone(UTC)
    if rendered is not None and not can_be_present(rendered):
        raise ValueError(f"nothing is rendered in {rendered.year}")
    return Manifest(
        str(data["tool"]),
        rendered,
        {path: _entry(value) for path, value in artifacts.items()},
    )


def _entry(value: dict[str, object]) -> Entry:
    sources = value.get("sources", [])
    if not isinstance(sources, list):
        raise TypeError("'sources' is not a list")
    return Entry(str(value["sha256"]), str(value["target"]), tuple(map(str, sources)))


def _text(now: datetime) -> str:
    if now.tzinfo is None:
        raise ValueError("now has no time zone")
    return now.astimezone(UTC).isoformat().replace("+00:00", "Z")
