"""`tocsin serve`: the runbook site on this machine, rebuilt when a source changes."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator import __version__
from generator.commands.workspace import Workspace, add_now, open_workspace, present, root_of
from generator.errors import Exit, TocsinError, UsageError
from generator.findings import Level
from generator.git import work_tree
from generator.reporters.text import count

EXAMPLES = """examples:
  tocsin serve                    http://127.0.0.1:8000/
  tocsin serve --port 8080

Stop it with Ctrl-C. Nothing is written into the repository."""

PAUSE = 0.5
"""Seconds between two looks at the sources."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--port", type=int, default=8000, help="the port on this machine (default: 8000)")
    parser.add_argument("--once", action="store_true", help="build and serve, but do not watch the sources")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Serves until it is stopped."""
    with tempfile.TemporaryDirectory(prefix="tocsin-serve-") as folder:
        out = Path(folder)
        _build(arguments, out)
        handler = partial(_Quiet, directory=str(out / "site"))
        try:
            server = ThreadingHTTPServer(("127.0.0.1", arguments.port), handler)
        except OSError as error:
            reason = f"port {arguments.port} cannot be used: {error.strerror}"
            raise UsageError(reason, "choose another with --port") from None
        print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C stops it)", flush=True)
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                _watch(arguments, out)
            except KeyboardInterrupt:
                server.shutdown()
    return Exit.WELL


class _Quiet(SimpleHTTPRequestHandler):
    """Says only what went wrong, and is never cached."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing."""

    def end_headers(self) -> None:
        """Pages are read anew after each rebuild."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def _build(arguments: argparse.Namespace, out: Path) -> None:
    from generator.checks.engine import run as run_checks
    from generator.commands.build import render
    from generator.commands.progress import Progress
    from generator.output import write
    from generator.targets import load_target

    workspace: Workspace = open_workspace(arguments)
    findings = run_checks(workspace.catalog, workspace.context)
    progress = Progress()
    rendered = render(workspace, {"site": load_target("site")}, findings, progress)
    progress.done()
    write(rendered, out, now=present(arguments), targets=("site",), tool_version=__version__, root=workspace.root)
    errors = sum(each.level is Level.ERROR for each in findings)
    if errors:
        sys.stderr.write(f"{count(errors, 'error')} in the sources: tocsin check shows them, and so does /health/\n")


def _watch(arguments: argparse.Namespace, out: Path) -> None:
    root = root_of(arguments)
    seen = _state(root)
    while True:
        time.sleep(PAUSE)
        present_state = _state(root)
        if arguments.once or present_state == seen:
            continue
        seen = present_state
        try:
            _build(arguments, out)
            sys.stderr.write("rebuilt\n")
        except TocsinError as end:
            sys.stderr.write(f"tocsin: {end.message}\n")


def _state(root: Path) -> dict[str, tuple[int, int]]:
    """Time and size of every file that a build may read."""
    state = {}
    for path in work_tree(root).list():
        try:
            status = (root / path).stat()
        except OSError:
            continue
        state[path] = (status.st_mtime_ns, status.st_size)
    return state
