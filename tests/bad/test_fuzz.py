"""Whatever is done to the sources of the living example: findings at places that exist, and no traceback."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from generator.catalog import Catalog, load
from generator.checks.engine import run
from generator.context import Context
from generator.errors import SettingsError, TocsinError
from generator.findings import Finding, Level, Ref
from generator.git import History, Memory
from generator.kinds import kind_of
from generator.targets import load_target
from tests.bad.mutations import bytes_of, lines_of, values_of
from tests.catalogs import NOW

EXAMPLES = int(os.environ.get("TOCSIN_FUZZ_EXAMPLES", "25"))
"""Of each source. Many more find more: 1,000 take half an hour."""
ROOT = Path(__file__).parents[2]
FOLDERS = ("alerts", "schedules", "runbooks", "postmortems", "status")


def sources(root: Path) -> dict[str, bytes]:
    """Path → content of a repository's sources."""
    found = [file for folder in FOLDERS for file in sorted((root / folder).rglob("*.*"))]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (*found, root / "tocsin.yaml")}


REPOSITORIES = {"example": sources(ROOT), "everything": sources(Path(__file__).parent / "everything")}
"""The living example, and one that has every key of what is rendered for Prometheus and Alertmanager."""
TARGETS = {
    "alerts": ("prometheus", "operator", "grafana", "alertmanager", "proof"),
    "schedules": ("alertmanager", "terraform", "calendars", "proof"),
    "runbooks": ("prometheus",),
    "postmortems": (),
    "status": ("status", "prometheus", "alertmanager"),
    "tocsin.yaml": ("prometheus", "operator", "grafana", "alertmanager", "proof", "terraform", "calendars", "status"),
}
"""What is made of the sources of each folder."""
WAYS = ("bytes", "lines", "values")


HISTORY = History(Path("/nowhere"))
"""Git knows nothing of these sources."""
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes here: the mutated source is printed as it is."""


def context() -> Context:
    return Context(now=NOW, open_history=lambda: HISTORY)


def mutated(data: st.DataObject, path: str, raw: bytes) -> bytes:
    way = data.draw(st.sampled_from(WAYS))
    front = path.endswith(".md")
    if way == "values" and (not front or raw.startswith(b"---\n")):
        return values_of(data, raw, front=front)
    return bytes_of(data, raw) if way == "bytes" else lines_of(data, raw)


def loaded(files: dict[str, bytes], *, stops: bool) -> Catalog | None:
    """The catalog; None where the settings cannot be read, which may end a command."""
    if not stops:
        return load(Memory(files))
    with suppress(SettingsError):
        return load(Memory(files))
    return None


def assert_inside(where: Ref, files: dict[str, bytes]) -> None:
    """The position is in the file, or just behind its end."""
    assert where.path in files
    if where.span is None:
        return
    span = where.span
    lines = re.split(r"\r\n|\r|\n", files[where.path].decode("utf-8", "replace").removeprefix("\ufeff"))
    assert 1 <= span.line <= len(lines), (where, len(lines))
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, where
    assert (span.end_line, span.end_column) >= (span.line, span.column)


def assert_findings_are_sound(findings: tuple[Finding, ...], files: dict[str, bytes]) -> None:
    for each in findings:
        assert_inside(each.where, files)
        assert each.check
        assert each.message
        for related in each.related:
            assert_inside(related.where, files)


def render(catalog: Catalog, findings: tuple[Finding, ...], targets: tuple[str, ...]) -> None:
    """Each target takes what the checks let pass. It may refuse in words of its own, never by a traceback."""
    if any(each.level is Level.ERROR for each in findings):
        return
    for name in targets:
        target = load_target(name)
        if target.applies(catalog):
            with suppress(TocsinError):
                assert all(artifact.sources for artifact in target.render(catalog, context()))


def test_what_is_mutated_is_sound_and_renders():
    for files in REPOSITORIES.values():
        catalog = load(Memory(files))
        findings = run(catalog, context())
        assert not [each for each in findings if each.level is Level.ERROR]
        for targets in TARGETS.values():
            render(catalog, findings, targets)


@pytest.mark.parametrize(
    ("repository", "path"),
    [
        (repository, path)
        for repository, files in REPOSITORIES.items()
        for path in files
        if path == "tocsin.yaml" or kind_of(path)
    ],
)
@settings(max_examples=EXAMPLES, phases=PHASES)
@given(st.data())
def test_a_mutated_source_gives_findings_and_no_traceback(repository: str, path: str, data: st.DataObject):
    sound = REPOSITORIES[repository]
    files = sound | {path: mutated(data, path, sound[path])}
    note(f"{files[path]!r}")
    catalog = loaded(files, stops=path == "tocsin.yaml")
    if catalog is None:
        return
    findings = run(catalog, context())
    assert_findings_are_sound(findings, files)
    render(catalog, findings, TARGETS[path.partition("/")[0]])
