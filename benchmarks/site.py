"""The runbook site of 1,000 runbooks and 3,000 alerts: `python -m benchmarks.site`.

Prints how long `tocsin build --target site` takes next to MkDocs for as many plain pages outside its navigation (with
the same theme, plugins and extensions), how large pages are, and what a rebuild after one edit takes and makes again in
a process that goes on (`tocsin serve`). Plain pages are a third as long as ours in the middle, then as long.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import RUNBOOK, corpus, write

ROOT = Path(__file__).parents[1]
RUNBOOKS_A_SERVICE, NOW = 2, "2026-11-24T12:00Z"
PLAIN = """\
# Page {number}

What this page is about, in a sentence or two. It has a list, a table and a block of code, as pages have.
"""
SECTION = """
## Section {section}

- one thing, and [another](page-{other}.md)
- **two** things

| Name | Value |
| --- | --- |
| one | {section} |
| two | 2 |

```bash
kubectl get pods -n default -l app=page-{number}
```

And a last paragraph with `code` in it.
"""
CONFIGURATION = """\
INHERIT: {root}/mkdocs.yml
nav: [{{Home: index.md}}]
not_in_nav: "/**"
extra_css: []
extra_javascript: []
"""
REBUILD = """\
import argparse, json, os, time
from pathlib import Path
from generator.commands.build import render
from generator.commands.progress import Progress
from generator.commands.workspace import open_workspace
from generator.targets import load_target
from generator.targets.site import builder, drafts
made, run = [], builder._run
builder._run = lambda root, context, paths: made.append(len(paths)) or run(root, context, paths)
def build():
    started, before = time.perf_counter(), sum(os.times()[:4])
    workspace = open_workspace(argparse.Namespace(folder=".", now="2026-11-24T12:00Z"))
    render(workspace, {"site": load_target("site")}, (), Progress())
    return time.perf_counter() - started, sum(os.times()[:4]) - before
build()
before = dict(drafts._LAST)
edited = Path("runbooks/svc-00000-plain.md")
edited.write_text(edited.read_text() + "\\nOne more line.\\n")
seconds, processors = build()
written = sum(before.get(path) is not draft for path, draft in drafts._LAST.items())
lengths = sorted(len(draft.page.markdown) for draft in drafts._LAST.values())
long = lengths[len(lengths) // 2]
took = {"seconds": seconds, "processors": processors}
print(json.dumps(took | {"written": written, "of": len(lengths), "made": made[-1], "long": long}))
"""


class Took(NamedTuple):
    """Seconds from start to exit, and of all processors together."""

    wall: float
    processors: float
    said: str

    def __str__(self) -> str:
        return f"{self.wall:7.1f} s  ({self.processors:6.1f} s of processors)"


def sources(services: int) -> dict[str, str]:
    """Path → text: six alerts and two runbooks a service."""
    files = corpus(services)
    for name in [f"svc-{number:05}" for number in range(services)]:
        path = f"alerts/{name}.yaml"
        files[path] = files[path].replace(f"for: 1h\n    runbook: {name}-plain", f"for: 1h\n    runbook: {name}-tls")
        files[f"runbooks/{name}-tls.md"] = RUNBOOK.format(title=f"Certificate of {name}", name=name)
    return files


def plain(pages: int, length: int) -> dict[str, str]:
    """Path → text: as many pages of a length that say little, and what MkDocs needs."""
    files = {
        f"docs/part-{number % 100}/page-{number}.md": _plain(number, (number + 100) % pages, length)
        for number in range(pages)
    }
    return {**files, "docs/index.md": "# Home\n", "mkdocs.yml": CONFIGURATION.format(root=ROOT)}


def _plain(number: int, other: int, length: int) -> str:
    text, section = PLAIN.format(number=number), 0
    while len(text) < length:
        section += 1
        text += SECTION.format(number=number, other=other, section=section)
    return text


def _took(command: list[str], folder: Path) -> Took:
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout)


def measure(services: int) -> None:
    """Builds both and prints what came of it."""
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        write(sources(services), folder / "ours")
        subprocess.run(["git", "init", "--quiet", str(folder / "ours")], check=True)
        tool = [sys.executable, "-m", "generator", "build", "--target", "site", "--now", NOW]
        ours, site = _took(tool, folder / "ours"), folder / "ours/build/site"
        sizes = sorted((page.stat().st_size, str(page.relative_to(site))) for page in site.rglob("*.html"))
        index = (site / "search/search_index.json").read_bytes()
        print(f"\n{services * RUNBOOKS_A_SERVICE} runbooks, {services * 6} alerts, {len(sizes)} pages")
        print(f"  tocsin build --target site              {ours}")
        again = json.loads(_took([sys.executable, "-c", REBUILD], folder / "ours").said)
        took = Took(again["seconds"], again["processors"], "")
        print(f"  after one edit (serve)                  {took}  ", end="")
        print(f"{again['written']} of {again['of']} pages written again, {again['made']} made by MkDocs")
        for length in (again["long"] // 3, again["long"]):
            write(plain(len(sizes), length), folder / f"plain-{length}")
            theirs = _took([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder / f"plain-{length}")
            ratios = f"ratio {ours.wall / theirs.wall:.2f}, of processors {ours.processors / theirs.processors:.2f}"
            print(f"  MkDocs, plain pages of {length:5} characters {theirs}  {ratios}")
    (middle, _), (largest, path) = sizes[len(sizes) // 2], sizes[-1]
    print(f"  a page in the middle {middle / 1e3:.1f} kB, the largest {largest / 1e3:.1f} kB ({path}),", end=" ")
    print(f"all {sum(size for size, _ in sizes) / 1e6:.0f} MB;", end=" ")
    print(f"index of the search {len(index) / 1e6:.1f} MB, {len(gzip.compress(index, 6)) / 1e6:.2f} MB gzipped")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("--services", type=int, nargs="+", default=[50, 500], help="sizes (default: 50 500)")
    arguments = parser.parse_args()
    os.environ.update({"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"})
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, whole processes")
    for services in arguments.services:
        measure(services)


if __name__ == "__main__":
    main()
