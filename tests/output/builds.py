"""Artifacts written into a folder, and what is then in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from generator.artifacts import Artifact
from generator.output import Report, write

NOW = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)


def artifact(path: str, text: str = "x", *sources: str, uses_now: bool = False) -> Artifact:
    return Artifact.text(path, text, sources or ("alerts/a.yaml",), uses_now=uses_now)


def build(
    out: Path, targets: Iterable[str] | None = None, *, now: datetime | None = NOW, **artifacts: list[Artifact]
) -> Report:
    names = list(artifacts if targets is None else targets)
    return write(artifacts, out, now=now, targets=names, tool_version="1.2.3")


def files(out: Path) -> dict[str, str]:
    found = [file for file in sorted(out.rglob("*")) if file.is_file() and file.name != "manifest.json"]
    return {file.relative_to(out).as_posix(): file.read_text() for file in found}
