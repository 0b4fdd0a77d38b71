"""Pages from memory, over a real connection."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from generator.commands.serving import Shown, listening, stoppable

FILES = {
    "index.html": b"home",
    "404.html": b"lost",
    "alerts/x/index.html": "ñ".encode(),
    "assets/a.js": b"1",
    "a b.png": b"\x89PNG",
}


@pytest.fixture
def ask() -> Iterator[tuple[Shown, HTTPConnection]]:
    shown = Shown(FILES)
    with listening(0, shown) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        yield shown, connection
        connection.close()
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "status", "kind", "body"),
    [
        ("/", 200, "text/html; charset=utf-8", b"home"),
        ("/index.html", 200, "text/html; charset=utf-8", b"home"),
        ("/alerts/x/", 200, "text/html; charset=utf-8", "ñ".encode()),
        ("/alerts/x/?namespace=shop#a", 200, "text/html; charset=utf-8", "ñ".encode()),
        ("/assets/a.js", 200, "text/javascript; charset=utf-8", b"1"),
        ("/a%20b.png", 200, "image/png", b"\x89PNG"),
        ("/alerts/", 404, "text/html; charset=utf-8", b"lost"),
        ("/../../etc/passwd", 404, "text/html; charset=utf-8", b"lost"),
        ("/%ff%00", 404, "text/html; charset=utf-8", b"lost"),
    ],
)
def test_what_is_there_and_what_is_not(ask, path, status, kind, body):
    _, connection = ask
    for method, expected in (("GET", body), ("HEAD", b"")):
        connection.request(method, path)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (status, kind)
        assert int(answer.headers["Content-Length"]) == len(body)
        assert answer.read() == expected
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_folder_is_found_without_its_slash_and_keeps_what_was_asked(ask):
    _, connection = ask
    connection.request("GET", "/alerts/x?namespace=shop")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "/alerts/x/?namespace=shop")
    assert answer.read() == b""


def test_the_next_site_is_there_at_once(ask):
    shown, connection = ask
    shown.files = {"index.html": b"new"}
    for path, expected in (("/", b"new"), ("/alerts/x/", b"There is no page here.\n")):
        connection.request("GET", path)
        assert connection.getresponse().read() == expected


class Clearing:
    done = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(os.getpid(), signal.SIGTERM)
        self.done = True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_once_and_the_next_does_not_disturb_the_clearing_up(number):
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), stoppable(), Clearing() as clearing:
        os.kill(os.getpid(), number)
    assert clearing.done
    assert signal.getsignal(number) is before


def test_what_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
