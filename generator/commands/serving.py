"""A server of pages that are in memory: nothing is written for it, and nobody sees half of a site."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from types import FrameType
from urllib.parse import unquote, urlsplit

from generator.errors import UsageError
from generator.records import dataclass

LOST = "404.html"
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
# Without the files of the system: the same page has the same type on every machine.
_TYPES = MimeTypes(filenames=())
for _type, _suffix in (("font/woff2", ".woff2"), ("image/webp", ".webp"), ("text/javascript", ".js")):
    _TYPES.add_type(_type, _suffix)


@dataclass(slots=True)
class Shown:
    """What is served: path → content. Whoever asks sees the one site or the other, never a mixture."""

    files: Mapping[str, bytes] = field(default_factory=dict)


def listening(port: int, shown: Shown) -> ThreadingHTTPServer:
    """A server on this machine alone. Raises UsageError where the port cannot be had."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, shown))
    except OSError as error:
        reason = f"port {port} cannot be used: {error.strerror}"
        raise UsageError(reason, "choose another with --port; 0 takes any that is free") from None


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, a polite kill and a closed terminal all end what runs inside with KeyboardInterrupt, once.

    What runs inside clears up after itself then; a second signal does not stop it doing so. What was ignored before
    stays ignored: `nohup` asks for that.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one is told of signals
        yield
        return
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    before = {number: each for number, each in handlers.items() if each not in {None, signal.SIG_IGN}}

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    try:
        for number in before:
            signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Pages(BaseHTTPRequestHandler):
    """Says only what went wrong, and is never cached: pages are read anew after each rebuild."""

    def __init__(self, shown: Shown, *arguments: object) -> None:
        self.files = shown.files
        super().__init__(*arguments)  # type: ignore[arg-type]  # the library's, as they come

    def do_GET(self) -> None:
        """A page, a folder's page, or the page for lost addresses."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """The same without the content."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        asked = urlsplit(self.path)
        path = unquote(asked.path, errors="replace").removeprefix("/")
        if f"{path}/index.html" in self.files:
            self._head(HTTPStatus.MOVED_PERMANENTLY, b"", ("Location", asked._replace(path=f"{asked.path}/").geturl()))
            return
        name = f"{path}index.html" if path.endswith("/") or not path else path
        status = HTTPStatus.OK if name in self.files else HTTPStatus.NOT_FOUND
        name = name if name in self.files else LOST
        body = self.files.get(name, b"There is no page here.\n")
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        self._head(status, body, ("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind))
        if with_body:
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, body: bytes, header: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Nothing: a lost address is shown where it was asked for."""
