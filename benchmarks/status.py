"""The status page of 200 components and 1,000 incidents in 90 days: `python -m benchmarks.status`.

Prints how long `tocsin build --target status` takes as a whole process, and how large the home page is: bytes, bytes
as they go over the line (gzip -9), elements. `--write DIR` only writes the sources, the same for the same numbers.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.corpus import write

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SETTINGS = "name: Corpus\ntime_zone: Etc/UTC\nlanguages: [{languages}]\nstatus: https://status.example.com\n"
GROUPED = 8
WHAT = ("Errors in", "Slow answers from", "Failing requests to", "Delays in", "Timeouts of", "Missing data in")
PARTS = ("API", "Dashboard", "Webhooks", "Search", "Exports", "Login", "Payments", "Reports", "Queue", "Storage")
REGIONS = ("Virginia", "Oregon", "Frankfurt", "Madrid", "São Paulo", "Tokyo", "Sydney", "Mumbai", "Cape Town")
STATUSES = ("degraded_performance", "partial_outage", "major_outage")
FIRST = ("We are seeing errors and are looking into it.", "Some requests fail. We are investigating.")
SECOND = ("The cause is a release of this morning.", "A database runs out of connections.", "A network link is lossy.")
LAST = ("The release was rolled back and all is well.", "The pool was enlarged; nothing was lost.", "It is over.")


class _Counting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the library's
        self.elements += 1


def sources(components: int, incidents: int, languages: str = "en, es") -> dict[str, str]:
    """Path → text: groups of eight; incidents with three updates and one to three components, one in a hundred open."""
    chance = random.Random(1)  # the same corpus every time
    names = [f"c{number:03}" for number in range(components)]
    files = {"tocsin.yaml": SETTINGS.format(languages=languages), "status/components.yaml": _components(names, chance)}
    for number in range(incidents):
        start = NOW - timedelta(minutes=chance.randrange(90 * 1440))
        told = _incident(names, start, chance)
        if number % 100 == 0:  # it is open: the last update has not been written
            told = told[: told.rindex("  - {at")]
        files[f"status/incidents/{start:%Y-%m-%d}-i{number:04}.yaml"] = told
    for number in range(incidents // 50):
        start = NOW + timedelta(hours=chance.randrange(-60 * 24, 14 * 24))
        files[f"status/maintenances/{start:%Y-%m-%d}-m{number:03}.yaml"] = (
            f"title: Upgrade of {chance.choice(PARTS)}\ncomponents: [{chance.choice(names)}]\n"
            f"from: {_at(start)}\nuntil: {_at(start + timedelta(hours=2))}\nmessage: Short breaks.\n"
        )
    return files


def _components(names: list[str], chance: random.Random) -> str:
    lines = []
    for first in range(0, len(names), GROUPED):
        lines += [f"g{first // GROUPED:02}:", f"  name: {chance.choice(REGIONS)} {first // GROUPED}", "  components:"]
        lines += [f"    {name}: {{name: {chance.choice(PARTS)} {name}}}" for name in names[first : first + GROUPED]]
    return "\n".join([*lines, ""])


def _incident(names: list[str], start: datetime, chance: random.Random) -> str:
    hit = chance.sample(names, min(chance.choice((1, 1, 1, 2, 3)), len(names)))
    statuses = ", ".join(f"{name}: {chance.choice(STATUSES)}" for name in hit)
    lasting = timedelta(minutes=int(chance.lognormvariate(3.7, 1)) + 2)
    updates = (
        (start, "investigating", f", components: {{{statuses}}}", chance.choice(FIRST)),
        (start + lasting / 3, "identified", "", chance.choice(SECOND)),
        (start + lasting, "resolved", "", chance.choice(LAST)),
    )
    told = "".join(
        f'  - {{at: {_at(at)}, status: {status}{more}, message: "{said} ({at:%d %H:%M:%S})"}}\n'
        for at, status, more, said in updates
    )
    return f"title: {chance.choice(WHAT)} {chance.choice(PARTS)} in {chance.choice(REGIONS)}\nupdates:\n{told}"


def _at(at: datetime) -> str:
    return f'"{at:%Y-%m-%d %H:%M:%S}"'


def measure(components: int, incidents: int, runs: int) -> None:
    """Builds it and prints what came of it."""
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        write(sources(components, incidents), folder)
        subprocess.run(["git", "init", "--quiet", name], check=True)
        seconds = sorted(_build(folder, f"build{run}") for run in range(runs))
        built = folder / "build0/status"
        sizes = {path.relative_to(built).as_posix(): path.stat().st_size for path in built.rglob("*") if path.is_file()}
        print(f"\n{components} components, {incidents} incidents, two languages: {len(sizes)} files,", end=" ")
        print(f"{sum(sizes.values()) / 1e6:.0f} MB")
        print(
            f"  tocsin build --target status  {seconds[len(seconds) // 2]:6.2f} s ({seconds[0]:.2f}-{seconds[-1]:.2f})"
        )
        for page in ("index.html", "es/index.html", "history/index.html", "components/c000/index.html"):
            _show(page, (built / page).read_bytes())


def _build(folder: Path, out: str) -> float:
    tool = [sys.executable, "-m", "generator", "build", "--target", "status", "--out", out]
    started = time.perf_counter()
    done = subprocess.run(
        [*tool, "--now", f"{NOW:%Y-%m-%dT%H:%MZ}"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(tool)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return time.perf_counter() - started


def _show(page: str, content: bytes) -> None:
    counting = _Counting()
    counting.feed(content.decode())
    packed = len(gzip.compress(content, 9, mtime=0))
    print(f"  {page:28}  {len(content) / 1e3:7.1f} kB  {packed / 1e3:6.1f} kB gzipped  {counting.elements:6} elements")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.status", description=__doc__)
    parser.add_argument("--components", type=int, default=200)
    parser.add_argument("--incidents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3, help="builds into an empty folder (default: 3)")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write the sources there and stop")
    arguments = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    if arguments.write:
        write(sources(arguments.components, arguments.incidents), arguments.write)
        return
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, whole processes; the median of {arguments.runs}"
    )
    for components, incidents in ((10, 20), (arguments.components, arguments.incidents)):
        measure(components, incidents, arguments.runs)


if __name__ == "__main__":
    main()
