"""shellcheck: judges the command blocks of all runbooks in one call, and what it says is brought back to the block."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.analysis.runbooks.commands import scripts
from generator.analysis.runbooks.outline import outline
from generator.analysis.runbooks.shell import Script, filled, only_options
from generator.catalog import Catalog
from generator.findings import Finding, Ref, Related, Span
from generator.kinds.runbook import Runbook
from generator.records import dataclass

FAULTS, NOT_RUN = "runbook/shellcheck", "runbook/shellcheck-not-run"
INSTALL = "apt install shellcheck, brew install shellcheck, or https://github.com/koalaman/shellcheck#installing"
FEW = 200
"""So many different blocks are looked at without being asked: half a second."""
_SECONDS, _BLOCKS_A_SECOND = 30, 50
_SHOWN = 5
_EXCUSED = (
    1083,  # braces that are literal: templates of Go, and placeholders
    1090,  # a file that is read cannot be followed
    1091,
    2034,  # set and not used: the next block does
    2148,  # no shebang
    2154,  # used and not set: `runbook/placeholder` knows the parameters
    2164,  # `cd` without a way out: somebody is looking
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What shellcheck says of a place in a runbook."""

    runbook: Runbook
    rank: int
    """0 is worst."""
    line: int
    column: int
    code: str
    message: str


def find_shellcheck(environment: Mapping[str, str] = os.environ) -> str | None:
    """The program on the PATH; None where there is none."""
    return shutil.which("shellcheck", path=environment.get("PATH"))


def run_shellcheck(
    program: str, catalog: Catalog, runbooks: Sequence[Runbook], *, all_of_them: bool
) -> dict[str, list[Finding]]:
    """The findings by check. Without `all_of_them` a note says so where there are more than a few blocks."""
    blocks = _blocks(catalog, runbooks)
    if not blocks:
        return {FAULTS: []}
    if len(blocks) > FEW and not all_of_them:
        message = f"{len(blocks):,} different blocks of commands were not given to shellcheck: that takes seconds"
        hint = "tocsin check --shellcheck takes the time, --no-shellcheck is quiet"
        return {NOT_RUN: [_about(blocks, message, hint)]}
    try:
        said = _said(program, list(blocks))
    except (OSError, ValueError, subprocess.TimeoutExpired) as failure:
        message = f"shellcheck gave no answer that can be read: {_reason(failure)}"
        return {NOT_RUN: [_about(blocks, message, f"look at what `{program} --version` says")]}
    return {FAULTS: list(_findings(_faults(blocks, said)))}


Blocks = Mapping[str, Sequence[tuple[Runbook, Script]]]
"""Text for shellcheck → where it stands: the same commands are in many a runbook."""


def _blocks(catalog: Catalog, runbooks: Sequence[Runbook]) -> Blocks:
    found: dict[str, list[tuple[Runbook, Script]]] = {}
    for runbook in runbooks:
        for script in scripts(outline(catalog, runbook.ref.path)):
            if script.text.strip() and not only_options(script.text):
                found.setdefault(f"{filled(script.text)}\n", []).append((runbook, script))
    return found


def _about(blocks: Blocks, message: str, hint: str) -> Finding:
    runbook, _ = next(iter(blocks.values()))[0]
    return Finding(Ref(runbook.ref.path), message, hint, subject="runbooks")


def _said(program: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What shellcheck says of some scripts, each a file named by its number; ValueError where that is no JSON."""
    with TemporaryDirectory(prefix="tocsin-") as folder:
        names = [f"{number}.sh" for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="\n")
        options = ("--norc", "--shell=bash", "--format=json1", "--severity=info", "--color=never")
        excused = f"--exclude={','.join(f'SC{code}' for code in _EXCUSED)}"
        done = subprocess.run(  # noqa: S603  # the program that is on the PATH
            [program, *options, excused, "--", *names],
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": folder},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=_SECONDS + len(texts) / _BLOCKS_A_SECOND,
        )
    answer = json.loads(done.stdout or done.stderr or b"")
    if not isinstance(answer, dict) or not isinstance(answer.get("comments"), list):
        raise ValueError("it has no comments")  # noqa: TRY004  # the same as any other text that is not its JSON
    comments: list[dict[str, Any]] = answer["comments"]
    return comments


def _faults(blocks: Blocks, said: Sequence[Mapping[str, Any]]) -> Iterator[_Fault]:
    places = list(blocks.values())
    for each in said:
        number, row = int(str(each["file"]).partition(".")[0]), int(each["line"])
        rank = ("error", "warning").index(each["level"]) if each["level"] in ("error", "warning") else 2
        code, message = f"SC{each['code']}", " ".join(str(each["message"]).split())
        for runbook, script in places[number]:
            at = min(row - 1, len(script.shifts) - 1)
            column = int(each["column"]) + script.shifts[at]
            yield _Fault(runbook, rank, script.line + at, column, code, message)


def _findings(faults: Iterator[_Fault]) -> Iterator[Finding]:
    """One a runbook, about the worst, with the others beside it."""
    by_runbook: dict[str, list[_Fault]] = {}
    for fault in faults:
        by_runbook.setdefault(fault.runbook.id, []).append(fault)
    for slug in sorted(by_runbook):
        first, *rest = sorted(by_runbook[slug], key=lambda each: (each.rank, each.line, each.column, each.code))
        more = f" ({len(rest)} more in this runbook)" if rest else ""
        yield Finding(
            _place(first),
            f"shellcheck {first.code}: {first.message}{more}",
            f"mend the command; https://www.shellcheck.net/wiki/{first.code} says why",
            tuple(Related(_place(each), f"{each.code}: {each.message}") for each in rest[:_SHOWN]),
            subject=slug,
        )


def _place(fault: _Fault) -> Ref:
    span = Span(fault.line, fault.column, fault.line, fault.column)
    return Ref(fault.runbook.ref.path, ("body",), span=span)


def _reason(failure: Exception) -> str:
    if isinstance(failure, subprocess.TimeoutExpired):
        return f"it was not done after {failure.timeout:.0f} seconds"
    return "it is not what --format=json1 promises" if isinstance(failure, ValueError) else str(failure)
