"""A server on the loopback that answers with exactly the bytes that a test gives it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ssl import SSLContext
from threading import Thread

Answer = Callable[[bytes], Iterable[bytes]]
"""The head of a request → the parts of the answer, sent one after the other."""


@dataclass(slots=True)
class Fake:
    """What it heard."""

    url: str
    heard: list[bytes] = field(default_factory=list)


def answer(body: bytes, status: str = "200 OK", *headers: str) -> Answer:
    """A whole answer with a right length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""))
    return lambda _: [head.encode() + body]


def slowly(parts: Iterable[bytes], seconds: float) -> Answer:
    """Parts with a pause after each."""

    def send(_: bytes) -> Iterator[bytes]:
        for part in parts:
            yield part
            time.sleep(seconds)

    return send


@contextmanager
def fake_server(*answers: Answer, tls: SSLContext | None = None, pause: float = 0) -> Iterator[Fake]:
    """Answers each connection in turn, the last answer again and again; `pause` seconds come before a handshake."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        fake = Fake(f"{'https' if tls else 'http'}://127.0.0.1:{listening.getsockname()[1]}")
        Thread(target=_serve, args=(listening, fake, answers, tls, pause), daemon=True).start()
        try:
            yield fake
        finally:
            # Waiting for a connection does not end when the socket is closed: it is woken first.
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)


def _serve(
    listening: socket.socket, fake: Fake, answers: tuple[Answer, ...], tls: SSLContext | None, pause: float
) -> None:
    with suppress(OSError):
        while True:
            plain, _ = listening.accept()
            time.sleep(pause)
            with suppress(OSError), tls.wrap_socket(plain, server_side=True) if tls else plain as connection:
                head = connection.recv(65536)
                fake.heard.append(head)
                for part in answers[min(len(fake.heard), len(answers)) - 1](head):
                    connection.sendall(part)
