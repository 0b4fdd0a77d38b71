"""Sites built for tests; a build takes seconds, so the example's is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.artifacts import Artifact
from generator.catalog import Catalog, load
from generator.context import Context
from generator.git import work_tree
from generator.targets import TARGETS, load_target
from generator.targets.site import TARGET
from tests.browser import chromium, open_page, serve_folder
from tests.catalogs import make_context

__all__ = ["chromium", "open_page", "serve_folder"]

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def put(artifacts: list[Artifact], folder: Path) -> Path:
    """Writes a built site, and gives its folder."""
    for artifact in artifacts:
        target = folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.content)
    return folder / "site"


def put_files(files: dict[str, bytes], folder: Path) -> Path:
    """The same for path → content."""
    return put([Artifact(path, content, ()) for path, content in files.items()], folder)


def example_context(catalog: Catalog, root: Path) -> Context:
    """As `tocsin build` has it: with what other targets want shown."""
    context = make_context(NOW, root=str(root))
    pages = tuple(page for name in TARGETS for page in load_target(name).pages(catalog, context))
    return replace(context, pages=pages)


@pytest.fixture(scope="session")
def example_site(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the living example's site."""
    catalog = load(work_tree(repo_root))
    built = list(TARGET.render(catalog, example_context(catalog, repo_root)))
    return put(built, tmp_path_factory.mktemp("example"))


class _WithLostPage(SimpleHTTPRequestHandler):
    """Answers with the site's 404.html, as servers of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Says nothing."""


@pytest.fixture
def serve_lost() -> Iterator[Callable[[Path], str]]:
    """Serves a folder and its page for lost addresses."""
    with ExitStack() as running:

        def serve(folder: Path) -> str:
            server = running.enter_context(
                ThreadingHTTPServer(("127.0.0.1", 0), partial(_WithLostPage, directory=str(folder)))
            )
            Thread(target=server.serve_forever, daemon=True).start()
            running.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve
