"""`make bench`: times, peak memory, and ratios against check-jsonschema and Sloth on the same files and SLOs."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import oncall
from benchmarks.corpus import corpus, sloth_corpus, write

ROOT = Path(__file__).parents[1]


class Run(NamedTuple):
    """One finished process: seconds from start to exit, and peak memory in MiB."""

    seconds: float
    memory: float


class Row(NamedTuple):
    """A command measured: the median of its runs."""

    name: str
    seconds: float
    spread: str
    memory: float


def measure(name: str, command: Sequence[str], folder: Path, runs: int) -> Row:
    """Runs a command once to warm the disk and then `runs` times."""
    results = [_once(command, folder) for _ in range(runs + 1)][1:]
    seconds = [each.seconds for each in results]
    spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
    return Row(name, statistics.median(seconds), spread, max(each.memory for each in results))


def _once(command: Sequence[str], folder: Path) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = errors.decode(errors="replace")[-2000:]
        sys.exit(f"{' '.join(command[:4])} … failed with {process.returncode}:\n{said}")
    return Run(seconds, usage.ru_maxrss / 1024)


def rows(folder: Path, runs: int) -> list[Row]:
    """What is compared."""
    tool = [sys.executable, "-m", "generator"]
    services = sorted(str(path) for path in (folder / "alerts").glob("svc-*.yaml"))
    schema = str(ROOT / "schemas" / "service.schema.json")
    other = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *services]
    now = ["--now", "2026-11-24T12:00Z"]
    return [
        measure("tocsin --help", [*tool, "--help"], folder, runs),
        measure("tocsin check (cold)", [*tool, "check", *now], folder, runs),
        measure("check-jsonschema, alerts/ only", other, folder, runs),
        measure("tocsin build --target prometheus", [*tool, "build", "--target", "prometheus", *now], folder, runs),
    ]


def sloth_row(services: int, runs: int) -> Row | None:
    """Sloth's rules of the same SLOs; None where it is not installed."""
    program = shutil.which("sloth", path=f"{os.environ.get('PATH', '')}:{ROOT / '.ci/cache/bin'}")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        write(sloth_corpus(services), folder / "specs")
        (folder / "rules").mkdir()
        command = [program, "generate", "--no-log", "-i", "specs", "-o", "rules"]
        return measure("sloth generate (rules of the SLOs alone)", command, folder, runs)


def oncall_rows(schedules: int, runs: int) -> list[Row]:
    """Every check of schedules over a year, and the question that is asked most, of those and of the example."""
    tool, now = [sys.executable, "-m", "generator"], ["--now", "2026-11-24T12:00Z"]
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        found = []
        for turns in oncall.FORMS:
            folder = Path(name, turns)
            write(oncall.corpus(schedules, turns), folder)
            subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
            command = [*tool, "check", *now]
            found.append(measure(f"tocsin check (a year, all checks; {turns})", command, folder, runs))
        return [
            *found,
            measure("tocsin oncall now", [*tool, "oncall", "now", *now], folder, runs),
            measure("tocsin oncall now, of the example", [*tool, "oncall", "now", *now], ROOT, runs),
        ]


def show(measured: Sequence[Row]) -> None:
    """Prints a table."""
    width = max(len(row.name) for row in measured)
    for row in measured:
        print(f"  {row.name:{width}}  {row.seconds:7.2f} s  ({row.spread})  {row.memory:6.0f} MiB")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--services", type=int, nargs="+", default=[100, 1000], help="sizes (default: 100 1000)")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each command (default: 3)")
    parser.add_argument("--schedules", type=int, default=200, help="schedules of eight people; 0: none (default: 200)")
    arguments = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; median of {arguments.runs} whole processes")
    for services in arguments.services:
        with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
            files = corpus(services)
            write(files, Path(folder))
            subprocess.run(["git", "init", "--quiet", folder], check=True)
            measured = rows(Path(folder), arguments.runs)
        print(f"\n{services} services, {services * 3} SLOs, {services * 3} plain alerts, {len(files)} files")
        other = sloth_row(services, arguments.runs)
        measured += [other] if other else []
        show(measured)
        print(f"  check against check-jsonschema: {measured[1].seconds / measured[2].seconds:.2f} of its time")
        if other:
            print(
                f"  build (rules, tests, plain alerts, checks) against Sloth: {measured[3].seconds / other.seconds:.2f}"
            )
        else:
            print("  Sloth is not installed: .ci/tools builds it")
    if arguments.schedules:
        print(f"\n{arguments.schedules} schedules of {oncall.PEOPLE} people")
        show(oncall_rows(arguments.schedules, arguments.runs))


if __name__ == "__main__":
    main()
