"""The HTTP API of a live Prometheus, or of what speaks it too (Mimir, Thanos): only what is asked here.

The server is not trusted: its answer has a size and a time, and it cannot send us, or our credentials, anywhere else.
"""

from __future__ import annotations

import json
import socket
from contextlib import closing
from http.client import HTTP_PORT, HTTPS_PORT, HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urljoin, urlsplit

from generator.errors import TocsinError
from generator.integrations.deadline import Deadline
from generator.records import dataclass

if TYPE_CHECKING:
    from ssl import SSLContext

NAMES = "/api/v1/label/__name__/values"
LONGEST = 64 * 2**20
"""Bytes of an answer: a million names are about 40 MiB."""
REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_SAID = 200


class ServerError(TocsinError):
    """A server that cannot be asked, or does not answer with what was asked for."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is, who asks (the value of the header Authorization), and how many seconds it may take in all."""

    url: str
    authorization: str | None = None
    timeout: float = 30.0


def metric_names(server: Server) -> tuple[str, ...]:
    """The names of all metrics that it has samples of, sorted.

    Raises:
        ServerError: it cannot be reached, refuses, or answers with anything else.
    """
    answer = _json(server, _asked(server, server.url.rstrip("/") + NAMES))
    names = answer.get("data") if isinstance(answer, dict) and answer.get("status") == "success" else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ServerError(f"{server.url} answers with JSON that is no list of names", _hint(200))
    return tuple(sorted(set(names)))


def _json(server: Server, body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ServerError(f"{server.url} answers, but not with JSON: '{_shown(body)}'", _hint(200)) from None


def _asked(server: Server, url: str) -> bytes:
    """The body of the answer, after redirects within the host."""
    deadline = Deadline(server.timeout)
    for _ in range(REDIRECTS + 1):
        status, location, body = _once(server, urlsplit(url), deadline)
        if status == 200:
            return body
        if status not in _MOVED or not location:
            raise ServerError(f"{server.url} answers with status {status}: '{_shown(body)}'", _hint(status))
        url = _followed(server, url, location)
    raise ServerError(f"{server.url} redirects again and again: the last time to {_shown(url)}")


def _followed(server: Server, url: str, location: str) -> str:
    """The address of a redirect that stays where it was asked, or goes from http to https there."""
    try:
        to = urljoin(url, location)
        here, there = (_origin(urlsplit(each)) for each in (url, to))
    except ValueError:
        raise ServerError(f"{server.url} redirects to '{_shown(location)}', which is no address") from None
    if there != here and not (here[:2] == ("http", there[1]) and there[0] == "https"):
        hint = "give the address that it redirects to, if you trust it"
        raise ServerError(f"{server.url} redirects to another host: {_shown(to)}", hint)
    return to


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"https": 443}.get(parts.scheme, 80)


def _once(server: Server, parts: SplitResult, deadline: Deadline) -> tuple[int, str | None, bytes]:
    """One request: status, Location, body."""
    host, port, tls = parts.hostname or "", *_way(parts)
    try:
        with closing(HTTPConnection(host, port)) as asked, deadline.connection(host, port, tls) as asked.sock:
            asked.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=_headers(server))
            with asked.getresponse() as response:  # where the other side ends the connection, it holds the socket
                body = _read(server, response)
    except (OSError, HTTPException, UnicodeError) as error:
        why = TimeoutError() if deadline.missed else error
        raise ServerError(f"{server.url} {_why(why)}", _advice(why)) from None
    return response.status, response.getheader("Location"), body


def _way(parts: SplitResult) -> tuple[int, SSLContext | None]:
    """The port, and who is trusted there. Certificates are verified, against SSL_CERT_FILE where that is set."""
    if parts.scheme != "https":
        return parts.port or HTTP_PORT, None
    import ssl

    return parts.port or HTTPS_PORT, ssl.create_default_context()


def _headers(server: Server) -> dict[str, str]:
    headers = {"Accept": "application/json", "User-Agent": "tocsin"}
    return headers if server.authorization is None else {**headers, "Authorization": server.authorization}


def _read(server: Server, response: HTTPResponse) -> bytes:
    body = response.read(LONGEST + 1)
    if len(body) > LONGEST:
        raise ServerError(f"{server.url} answers with more than {LONGEST // 2**20} MiB: that is no list of names")
    if response.length:
        raise IncompleteRead(body, response.length)
    return body


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, IncompleteRead):
        return "breaks off in the middle of its answer"
    if isinstance(error, ConnectionRefusedError):
        return "refuses the connection: nothing listens there"
    if isinstance(error, socket.gaierror):
        return "has a host that is not known here"
    if isinstance(error, OSError):
        return f"cannot be reached: {_shown(error.strerror or str(error))}"
    return f"does not speak HTTP: {_shown(str(error) or type(error).__name__)}"


def _advice(error: Exception) -> str:
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return "for a certificate of your own authority, name its file in SSL_CERT_FILE"
    if isinstance(error, TimeoutError):
        return "--timeout gives it more seconds"
    return "is the address right, and can this machine reach it? curl shows more"


def _hint(status: int) -> str:
    if status in (401, 403):
        return "give a token with --token-file, or user:password with --basic-file"
    return "give the address of Prometheus itself, as its own pages show it, without /api/v1"


def _shown(text: str | bytes) -> str:
    """The beginning of what a server said, on one line, without what a terminal would obey."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in said[:_SAID]).split())
    return line or "nothing"
