"""The real shellcheck, and what it says brought back to the blocks of runbooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.integrations.shellcheck import FAULTS, NOT_RUN, find_shellcheck, run_shellcheck
from generator.kinds.runbook import Runbook
from tests.catalogs import make_catalog
from tests.checks.found import place

needed = pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck: run .ci/tools")


def said(text: str, *, all_of_them: bool = False, copies: int = 1):
    catalog = make_catalog({f"runbooks/a{number}.md": text.replace("@", str(number)) for number in range(copies)})
    program = find_shellcheck()
    assert program is not None
    return run_shellcheck(program, catalog, catalog.all(Runbook), all_of_them=all_of_them)


@pytest.mark.parametrize(
    ("block", "told", "at"),
    [
        ("```bash\nkubectl get pods\nls $A\n```", "shellcheck SC2086", "runbooks/a0.md:5:4"),
        ("1. x\n\n    ```bash\n    if true; then\n    ```", "shellcheck SC10", "runbooks/a0.md:6:5"),
        ("```console\n$ ls $A\nanswer $B\n```", "shellcheck SC2086", "runbooks/a0.md:4:6"),
    ],
)
@pytest.mark.real_tool
@needed
def test_a_fault_stands_at_its_place(block: str, told: str, at: str) -> None:
    (finding,) = said(f"# A\n\n{block}\n")[FAULTS]
    assert finding.message.startswith(told)
    assert place(finding) == at


@pytest.mark.parametrize(
    "block",
    [
        '```bash\nkubectl -n "$NAMESPACE" logs <pod-name> -c {{ container }}\n```',
        "```bash\nkubectl get pods -o go-template={{.items}}\nPOD=a\n```",
        "```promql\nsum(\n```",
        "```\nsum(\n```",
        "```bash\n# Options for the server:\n--timeout=1\n--retries 3\n```",
        "```bash\nls\n...\nls\n```",
        "~~~\n% ls -l\ntotal $A\n~~~",
        "```bash\n# shellcheck disable=SC2086\nls $A\n```",
    ],
)
@pytest.mark.real_tool
@needed
def test_placeholders_and_other_languages_are_no_fault(block: str) -> None:
    assert not said(f"# A\n\n{block}\n").get(FAULTS)


@pytest.mark.real_tool
@needed
def test_hundreds_of_blocks_are_left_until_somebody_asks() -> None:
    text = "# A\n\n```bash\nls $A@\n```\n"
    (note,) = said(text, copies=201)[NOT_RUN]
    assert note.message.startswith("201 different blocks")
    assert len(said(text, copies=201, all_of_them=True)[FAULTS]) == 201


def test_a_program_that_is_something_else_is_a_note(tmp_path: Path) -> None:
    program = tmp_path / "shellcheck"
    program.write_text("#!/bin/sh\necho hello\n")
    program.chmod(0o755)
    catalog = make_catalog({"runbooks/a.md": "# A\n\n```sh\nls\n```\n"})
    (note,) = run_shellcheck(str(program), catalog, catalog.all(Runbook), all_of_them=False)[NOT_RUN]
    assert note.message == "shellcheck gave no answer that can be read: it is not what --format=json1 promises"


def test_asked_for_and_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "a.md").write_text("# A\n\n```sh\nls $A\n```\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["check", "-C", str(tmp_path), "--shellcheck"]) == 2
    assert "--shellcheck needs shellcheck" in capsys.readouterr().err
    assert main(["check", "-C", str(tmp_path)]) == 0
