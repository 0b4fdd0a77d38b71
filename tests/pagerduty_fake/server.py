"""The fake on the loopback: HTTP, headers, limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.pagerduty_fake import (  # noqa: F401  # each of them says what it answers
    account,
    escalation_policies,
    maintenance,
    oncalls,
    overrides,
    schedules,
    services,
    teams,
    users,
)
from tests.pagerduty_fake.errors import Refused, invalid
from tests.pagerduty_fake.routes import Answer, answer
from tests.pagerduty_fake.state import Request, State

ACCEPT = "application/vnd.pagerduty+json;version=2"
TOKEN = "u+fake-token"


class FakePagerDuty:
    """A strict PagerDuty: `with FakePagerDuty() as api`, then `api.url`, `api.token`, `api.state`, `api.calls`."""

    def __init__(self, state: State | None = None, token: str = TOKEN, tls: SSLContext | None = None) -> None:
        self.state = state or State()
        self.token = token
        self.calls: list[tuple[str, str]] = []
        """Method and path with its query of what came over HTTP, in this order, refused ones too."""
        self.refuse: list[tuple[int, Mapping[str, str]]] = []
        """Answers to the next calls, whatever they are: `(429, {"ratelimit-reset": "1"})`, `(500, {})`."""
        self._tls = tls
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Its address inside `with`, without a slash at the end."""
        assert self._server is not None, "the fake listens inside `with` only"
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if self._tls:
            self._server.socket = self._tls.wrap_socket(self._server.socket, server_side=True)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The calls that change something, or try to."""
        return [(method, path) for method, path in self.calls if method != "GET" and "/preview" not in path]

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        """Call it without the network, as a client with all headers would: for tests to set up an account."""
        return self._answer(method, path, self.headers(), None if body is None else json.dumps(body).encode())

    def made(self, path: str, key: str, **fields: Any) -> Any:
        """Make something and give it back; refusing is an error of the test."""
        status, body = self.call("POST", path, {key: fields})
        assert status == 201, body
        return body[key]

    def headers(self) -> dict[str, str]:
        """The headers that every call needs."""
        return {"Accept": ACCEPT, "Authorization": f"Token token={self.token}", "Content-Type": "application/json"}

    def handle(self, method: str, target: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        """Judge a call that came over HTTP, and answer it."""
        self.calls.append((method, target))
        return self._answer(method, target, headers, content)

    def _answer(self, method: str, target: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        try:
            self._check_headers(method, headers)
            parts = urlsplit(target)
            query = parse_qs(parts.query, keep_blank_values=True)
            request = Request(method, unquote(parts.path), query, _json(content))
            with self.state.lock:
                return answer(self.state, request)
        except Refused as refused:
            return refused.status, refused.body

    def _check_headers(self, method: str, headers: Mapping[str, str]) -> None:
        # API reference, authentication: the version is asked for, the token has the prefix `Token token=`.
        if headers.get("Authorization") != f"Token token={self.token}":
            raise Refused(401, 2006, "Authentication failed")
        accepted = (headers.get("Accept") or "").replace(" ", "")
        if accepted != ACCEPT:
            raise Refused(400, 2003, "Unsupported API version", [f"Accept must be {ACCEPT}"])
        kind = (headers.get("Content-Type") or "").partition(";")[0].strip()
        if method in ("POST", "PUT") and kind != "application/json":
            raise Refused(415, 2005, "Unsupported Media Type", ["Content-Type must be application/json"])
        # API reference: where somebody is named as the author, it must be somebody of the account.
        author = headers.get("From")
        if author is not None and author not in {user["email"] for user in self.state.users.values()}:
            raise Refused(400, 2016, "You must specify a user's email address in the “From” header")


def _json(content: bytes | None) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        raise invalid("The body is not JSON") from None


def _handler(fake: FakePagerDuty) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _serve(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if fake.refuse:
                status, headers = fake.refuse.pop(0)
                fake.calls.append((self.command, self.path))
                self._send(status, _refusal(status), headers)
            else:
                status, body = fake.handle(self.command, self.path, dict(self.headers.items()), content)
                self._send(status, body, {})

        def _send(self, status: int, body: Any, headers: Mapping[str, str]) -> None:
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  # the names that http.server wants

    return Handler


def _refusal(status: int) -> Any:
    # 429 comes when more than 960 calls are made in a minute.
    code, message = (2020, "Rate Limit Exceeded") if status == 429 else (2000, "Internal Server Error")
    return {"error": {"code": code, "message": message}}
