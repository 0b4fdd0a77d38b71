"""Broken sources, one small repository a case: `cases/<kind>/<case>/`, with what `tocsin check` has to say of it.

`expected.txt` has one line a finding: `path:line:column check-id`, in the order of the report: every error, and advice
of the checks that it names. `expected-hints.txt`,
where it is there, has the hints, line by line. With TOCSIN_UPDATE_EXPECTED=1 both are written instead of compared (the
hints where the file is there already): read every line of the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.catalog import load
from generator.checks.engine import run
from generator.errors import SettingsError
from generator.findings import Finding, Level
from generator.git import Memory
from generator.reporters.text import place
from tests.catalogs import make_context

CASES = Path(__file__).parent / "cases"
EXPECTED, HINTS = "expected.txt", "expected-hints.txt"
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())
UPDATE = os.environ.get("TOCSIN_UPDATE_EXPECTED") == "1"


def findings_of(case: Path) -> tuple[Finding, ...]:
    """What is found in the repository of a case."""
    files = {path.relative_to(case).as_posix(): path for path in case.rglob("*") if path.is_file()}
    tree = {name: path.read_bytes() for name, path in files.items() if name not in (EXPECTED, HINTS)}
    return run(load(Memory(tree)), make_context())


def shown(finding: Finding) -> str:
    """A finding as `expected.txt` has it."""
    return f"{place(finding.where)} {finding.check}"


def named(case: Path) -> set[str]:
    """The checks that a case speaks of. Other advice is no fault, or each new check would change all cases."""
    expected = case / EXPECTED
    lines = expected.read_text(encoding="utf-8").splitlines() if expected.is_file() else []
    return {line.rpartition(" ")[2] for line in lines}


def compare(expected: Path, lines: list[str]) -> None:
    """The lines are those of the file, or become them."""
    text = "".join(f"{line}\n" for line in lines)
    if UPDATE:
        expected.write_text(text, encoding="utf-8", newline="")
    assert expected.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_fault_is_found_where_it_is(case: Path) -> None:
    assert UPDATE or (case / EXPECTED).is_file(), f"{case} does not say what is expected"
    try:
        findings = findings_of(case)
    except SettingsError as stop:
        compare(case / EXPECTED, [f"stops: {stop.message}"])
        return
    about = [each for each in findings if each.level is Level.ERROR or each.check in named(case)]
    compare(case / EXPECTED, [shown(each) for each in about])
    if (case / HINTS).is_file():
        compare(case / HINTS, [each.hint for each in about])


def test_every_kind_of_source_has_its_broken_examples() -> None:
    from generator.kinds import KINDS

    assert {each.parent.name for each in FOLDERS} == {*(kind.name for kind in KINDS), "settings"}
