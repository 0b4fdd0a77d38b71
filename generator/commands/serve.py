"""`tocsin serve`: the runbook site on this machine, rebuilt when a source changes."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from generator.commands.serving import Shown, listening, stoppable
from generator.commands.status_branch import with_branch
from generator.commands.workspace import Workspace, add_now, open_workspace, root_of
from generator.errors import Exit, TocsinError, UsageError
from generator.findings import Finding, Level
from generator.git import work_tree
from generator.records import dataclass
from generator.reporters.text import block, count

EXAMPLES = """examples:
  tocsin serve                    http://127.0.0.1:8000/
  tocsin serve --port 8080
  tocsin serve --port 0           any port that is free

The site is rebuilt when a source changes. While the sources have errors, they are shown here and the last good site
stays; only what an edit changes is made again. Stop it with Ctrl-C. Nothing is written into the repository, and no
other machine can see it."""

PAUSE = 0.5
"""Seconds between two looks at the sources."""
_SHOWN = 5
"""Errors that are shown; tocsin check shows all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--port", type=int, default=8000, help="the port on this machine (default: 8000)")
    parser.add_argument("--once", action="store_true", help="build and serve, but do not watch the sources")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Serves until it is stopped. A port that cannot be had is told before the minute that a build may take."""
    if not 0 <= arguments.port < 1 << 16:
        raise UsageError(f"--port {arguments.port} is none: they go from 0 to 65535")
    shown = Shown()
    with listening(arguments.port, shown) as server, stoppable():
        try:
            built = _Built(arguments, shown)
            seen = _state(root_of(arguments))
            built.renew()
            print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C stops it)", flush=True)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _watch(built, seen)
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")
    return Exit.WELL


@dataclass(slots=True)
class _Built:
    """The site as it was last built."""

    arguments: argparse.Namespace
    shown: Shown
    good: bool = False
    """Whether it was built from sources without errors: then errors do not replace it."""

    def renew(self) -> bool:
        """Builds it from the sources of this moment; with errors only where there is nothing better to show.

        Gives whether it was built.

        Raises:
            TocsinError: it cannot be built, and the last one stays.
        """
        from generator.checks.engine import run as run_checks

        workspace = open_workspace(self.arguments)
        findings = run_checks(workspace.catalog, workspace.context)
        errors = [each for each in findings if each.level is Level.ERROR]
        _show(errors)
        if errors and self.good:
            sys.stderr.write("the last good site stays\n")
            return False
        self.shown.files = _files(workspace, findings)
        self.good = not errors
        return True


def _show(errors: Sequence[Finding]) -> None:
    sys.stderr.write("".join(map(block, errors[:_SHOWN])))
    if errors:
        more = ": tocsin check shows all of them" if len(errors) > _SHOWN else ""
        sys.stderr.write(f"{count(len(errors), 'error')} in the sources{more}\n")


def _files(workspace: Workspace, findings: Sequence[Finding]) -> dict[str, bytes]:
    """Path in the site → content."""
    from generator.commands.build import render
    from generator.commands.progress import Progress
    from generator.targets import load_target

    progress = Progress()
    rendered = render(workspace, {"site": load_target("site")}, findings, progress)
    progress.done()
    return {file.path.removeprefix("site/"): file.content for file in rendered["site"]}


def _watch(built: _Built, seen: dict[str, tuple[int, int]]) -> None:
    root = root_of(built.arguments)
    while True:
        time.sleep(PAUSE)
        now = _state(root)
        if built.arguments.once or now == seen:
            continue
        seen = now
        try:
            sys.stderr.write("rebuilt\n" if built.renew() else "")
        except TocsinError as end:
            sys.stderr.write(f"tocsin: {end.message}\nthe last good site stays\n")
        except OSError as error:  # a file that went while it was read: the next look finds the rest
            sys.stderr.write(f"tocsin: {error.strerror or error}\n")


def _state(root: Path) -> dict[str, tuple[int, int]]:
    """Time and size of every file that a build may read."""
    tree = work_tree(root)
    # What is laid over the folder moves without a file in it.
    state = dict.fromkeys(with_branch(tree).tips, (0, 0))
    for path in tree.list():
        try:
            status = (root / path).stat()
        except OSError:
            continue
        state[path] = (status.st_mtime_ns, status.st_size)
    return state
