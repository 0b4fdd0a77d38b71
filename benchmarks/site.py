"""The runbook site of 1,000 runbooks and 3,000 alerts: `python -m benchmarks.site`.

Prints how long `tocsin build --target site` takes next to MkDocs for as many plain pages outside its navigation, how
large pages are, and how long a rebuild after one edit takes in a process that goes on (`tocsin serve`).
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import RUNBOOK, corpus, write

ROOT = Path(__file__).parents[1]
RUNBOOKS_A_SERVICE, NOW = 2, "2026-11-24T12:00Z"
PLAIN = """\
# Page {number}

What this page is about, in a sentence or two. It has a list, a table and a block of code, as pages have.

## First

- one thing, and [another](page-{other}.md)
- **two** things

| Name | Value |
| --- | --- |
| one | 1 |
| two | 2 |

## Second

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
import argparse, sys, time
from pathlib import Path
from generator.commands.build import render
from generator.commands.progress import Progress
from generator.commands.workspace import open_workspace
from generator.targets import load_target
def build():
    started = time.perf_counter()
    workspace = open_workspace(argparse.Namespace(folder=".", now="2026-11-24T12:00Z"))
    render(workspace, {"site": load_target("site")}, (), Progress())
    return time.perf_counter() - started
build()
edited = Path("runbooks/svc-00000-plain.md")
edited.write_text(edited.read_text() + "\\nOne more line.\\n")
print(build())
"""


def sources(services: int) -> dict[str, str]:
    """Path → text: six alerts and two runbooks a service."""
    files = corpus(services)
    for name in [f"svc-{number:05}" for number in range(services)]:
        path = f"alerts/{name}.yaml"
        files[path] = files[path].replace(f"for: 1h\n    runbook: {name}-plain", f"for: 1h\n    runbook: {name}-tls")
        files[f"runbooks/{name}-tls.md"] = RUNBOOK.format(title=f"Certificate of {name}", name=name)
    return files


def plain(pages: int) -> dict[str, str]:
    """Path → text: as many pages that say little, and what MkDocs needs."""
    files = {
        f"docs/part-{number % 100}/page-{number}.md": PLAIN.format(number=number, other=(number + 100) % pages)
        for number in range(pages)
    }
    return {**files, "docs/index.md": "# Home\n", "mkdocs.yml": CONFIGURATION.format(root=ROOT)}


def _seconds(command: list[str], folder: Path) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return time.perf_counter() - started, done.stdout


def measure(services: int) -> None:
    """Builds both and prints what came of it."""
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        ours, theirs = Path(name) / "ours", Path(name) / "plain"
        write(sources(services), ours)
        subprocess.run(["git", "init", "--quiet", str(ours)], check=True)
        tool = [sys.executable, "-m", "generator", "build", "--target", "site", "--now", NOW]
        seconds, _ = _seconds(tool, ours)
        sizes = sorted(page.stat().st_size for page in (ours / "build/site").rglob("*.html"))
        write(plain(len(sizes)), theirs)
        other, _ = _seconds([sys.executable, "-m", "mkdocs", "build", "--quiet"], theirs)
        rebuilt = float(_seconds([sys.executable, "-c", REBUILD], ours)[1])
    print(f"\n{services * RUNBOOKS_A_SERVICE} runbooks, {services * 6} alerts, {len(sizes)} pages")
    print(f"  tocsin build --target site         {seconds:7.1f} s")
    print(f"  MkDocs, as many plain pages        {other:7.1f} s   ratio {seconds / other:.2f}")
    print(f"  rebuilt after one edit (serve)     {rebuilt:7.1f} s")
    print(
        f"  a page in the middle {sizes[len(sizes) // 2] / 1e3:.1f} kB, the largest {sizes[-1] / 1e3:.1f} kB,", end=" "
    )
    print(f"all {sum(sizes) / 1e6:.0f} MB")


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
