"""promtool: judges the rules and runs their tests, and what it says is brought back to where people wrote it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

from generator.errors import UsageError
from generator.records import dataclass

VARIABLE = "TOCSIN_PROMTOOL"
"""The environment variable that names the program."""
INSTALL = (
    "it comes with Prometheus: apt install prometheus, brew install prometheus, or the archive from "
    f"https://prometheus.io/download; --promtool PATH or {VARIABLE} name another place"
)
_BATCH = 16
"""Files that one process gets: starting one costs as much as the tests of an SLO."""
_PATIENCE = 120
"""Seconds that the tests of one file may take."""
_HEADING = re.compile(r"^(?:Unit Testing|Processing test file|Checking):? +(?P<path>.+?)\s*$", re.MULTILINE)
_PASSED, _FAILED = (re.compile(f"^ *{word}", re.MULTILINE) for word in ("SUCCESS", "FAILED"))

Progress = Callable[[str, int, int], None]
"""Told what is done, and with how many files of how many."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What promtool says of one file."""

    path: Path
    passed: bool
    output: str


@dataclass(frozen=True, slots=True)
class Promtool:
    """The program, found and of a known version."""

    program: str
    version: str

    def check(self, files: Sequence[Path], progress: Progress) -> dict[Path, Verdict]:
        """Whether Prometheus would load each of the rule files."""
        return self._judge(("check", "rules"), "checking rules", files, progress)

    def test(self, files: Sequence[Path], progress: Progress) -> dict[Path, Verdict]:
        """Whether the tests of each file pass."""
        return self._judge(("test", "rules"), "testing rules", files, progress)

    def _judge(
        self, command: tuple[str, ...], doing: str, files: Sequence[Path], progress: Progress
    ) -> dict[Path, Verdict]:
        workers = os.cpu_count() or 1
        size = max(1, min(_BATCH, len(files) // (workers * 2)))
        found: dict[Path, Verdict] = {}
        with ThreadPoolExecutor(workers) as pool:
            for done in as_completed(pool.submit(self._batch, command, batch) for batch in _batches(files, size)):
                found |= done.result()
                progress(doing, len(found), len(files))
        return found

    def _batch(self, command: tuple[str, ...], files: Sequence[Path]) -> dict[Path, Verdict]:
        """One process for all; if it fails, its output says which of them did."""
        done = self._run(*command, files=files)
        if done is not None and done.returncode == 0:
            return {path: Verdict(path, passed=True, output="") for path in files}
        if len(files) > 1:
            parts = {} if done is None else dict(_parts(done.stdout))
            if parts.keys() >= {str(path) for path in files}:
                return {path: _verdict(path, parts[str(path)]) for path in files}
            return {path: verdict for each in files for path, verdict in self._batch(command, [each]).items()}
        said = f"promtool was not done after {_PATIENCE} seconds" if done is None else done.stdout
        return {files[0]: Verdict(files[0], passed=False, output=said)}

    def _run(self, *arguments: str, files: Sequence[Path]) -> subprocess.CompletedProcess[str] | None:
        """None where it is not done in time. Errors go where the rest goes: only so do they stand below their file."""
        try:
            return subprocess.run(  # noqa: S603  # the program that the user chose
                [self.program, *arguments, *map(str, files)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_PATIENCE * len(files),
            )
        except subprocess.TimeoutExpired:
            return None


def find_promtool(chosen: str | None, environment: Mapping[str, str] = os.environ) -> Promtool:
    """The program that was named, else the one on the PATH.

    Raises:
        UsageError: there is none, or what is there does not run; the hint says where to get it.
    """
    name = chosen or environment.get(VARIABLE) or "promtool"
    program = shutil.which(name)
    if program is None:
        where = "on the PATH" if name == "promtool" else "that can be run"
        raise UsageError(f"the tests need promtool, and there is no {name} {where}", INSTALL)
    try:
        done = subprocess.run(  # noqa: S603  # the program that the user chose
            [program, "--version"], capture_output=True, text=True, check=False, timeout=_PATIENCE, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{program} does not run: {error}", INSTALL) from None
    version = re.search(r"promtool, version ([^\s,]+)", done.stdout + done.stderr)
    if version is None:
        raise UsageError(f"{program} is no promtool: it does not tell its version", INSTALL)
    return Promtool(program, version[1])


def _batches(files: Sequence[Path], size: int) -> Iterator[list[Path]]:
    rest = iter(files)
    while batch := list(islice(rest, size)):
        yield batch


def _parts(output: str) -> Iterator[tuple[str, str]]:
    """The output below each file's heading."""
    headings = list(_HEADING.finditer(output))
    ends = [*(each.start() for each in headings[1:]), len(output)]
    for heading, end in zip(headings, ends, strict=True):
        yield heading["path"], output[heading.end() : end]


def _verdict(path: Path, output: str) -> Verdict:
    return Verdict(path, passed=_PASSED.search(output) is not None and not _FAILED.search(output), output=output)
