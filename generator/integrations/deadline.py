"""One time for a whole exchange over the network: connecting, the TLS handshake, and everything that is read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssl import SSLContext


class Deadline:
    """So many seconds from now, for all that follows. Only the resolver of names keeps to times of its own."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self.missed = False
        """Whether a connection was broken off for it."""

    def left(self) -> float:
        """Seconds.

        Raises:
            TimeoutError: there are none.
        """
        seconds = self._end - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    @contextmanager
    def connection(self, host: str, port: int, tls: SSLContext | None) -> Iterator[socket.socket]:
        """A connection that is broken off when the time is over: what trickles in never times out in a single read.

        Raises:
            OSError: nobody can be reached, or proves who they are; TimeoutError where it took too long.
        """
        plain = self._connected(host, port)
        # The handshake is made below: it may trickle in too.
        found = plain if tls is None else tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
        with found, self._ending(found):
            if tls is not None:
                found.do_handshake()  # type: ignore[attr-defined]
            yield found

    def _connected(self, host: str, port: int) -> socket.socket:
        failure: OSError | None = None
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            found = socket.socket(family, kind, protocol)
            try:
                found.settimeout(self.left())
                found.connect(address)
            except OSError as error:
                found.close()
                failure = error
            else:
                return found
        raise failure or OSError("it has no address")

    @contextmanager
    def _ending(self, found: socket.socket) -> Iterator[None]:
        timer = Timer(self.left(), self._break_off, (found,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if self.missed:
            raise TimeoutError

    def _break_off(self, found: socket.socket) -> None:
        self.missed = True
        with suppress(OSError):
            # The socket's own method: that of a TLS socket would wait for the other side.
            socket.socket.shutdown(found, socket.SHUT_RDWR)
