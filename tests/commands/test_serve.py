"""`tocsin serve` as people use it: it runs, sources change, it is stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from generator.cli import main

RUNBOOK = "runbooks/tr-web-high-latency.md"
PATIENCE = 120


class Served:
    """A running `tocsin serve`, and what it has said."""

    def __init__(self, repository: Path, temporary: Path) -> None:
        temporary.mkdir()
        command = [sys.executable, "-m", "generator", "-C", str(repository), "serve", "--port=0"]
        environment = os.environ | {"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)
        self.said = ""
        self.listener = Thread(target=self._listen)
        self.listener.start()
        self.port = 0

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def ready(self) -> None:
        assert self.process.stdout is not None
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert found, self.said
        self.port = int(found[1])

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.headers["Cache-Control"] == "no-store"
        text = response.read().decode()
        connection.close()
        return response.status, text

    def close(self) -> None:
        self.process.kill()
        self.listener.join()
        with self.process:
            pass

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def serve(example, tmp_path) -> Iterator[Callable[[], Served]]:
    started: list[Served] = []

    def start() -> Served:
        started.append(Served(example.path, tmp_path / "temporary"))
        return started[-1]

    yield start
    for each in started:
        each.close()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.2)


def page(served: Served) -> str:
    return served.get("/runbooks/tr-web-high-latency/")[1]


@pytest.mark.slow
def test_while_one_writes(example, serve, tmp_path):
    served = serve()
    served.ready()
    status, lost = served.get("/nowhere/")
    assert (status, "md-search" in lost) == (404, True)
    assert served.get("/runbooks/tr-web-high-latency?namespace=x")[0] == 301
    assert not list((tmp_path / "temporary").iterdir())
    text = (example.path / RUNBOOK).read_text()

    example.write(RUNBOOK, f"{text}\nA sentence of today.\n")
    until(lambda: "A sentence of today." in page(served))
    until(lambda: "rebuilt\n" in served.said)

    example.write("alerts/broken.yaml", "team: nobody\n")
    example.write(RUNBOOK, f"{text}\nA sentence of tomorrow.\n")
    until(lambda: "the last good site stays\n" in served.said)
    assert "alerts/broken.yaml:1:7: error[team/missing]" in served.said
    assert "A sentence of today." in page(served)

    (example.path / "alerts/broken.yaml").unlink()
    until(lambda: "A sentence of tomorrow." in page(served))
    assert served.stop(signal.SIGTERM) == 0
    until(lambda: served.said.endswith("stopped\n"))
    assert "Traceback" not in served.said
    assert not list((tmp_path / "temporary").iterdir())
    assert example.git("status", "--porcelain").stdout == f" M {RUNBOOK}\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_while_it_builds_it_leaves_nothing(serve, tmp_path, number):
    served = serve()
    until(lambda: any((tmp_path / "temporary").glob("tocsin-site-*/site")))
    assert served.stop(number) == 0
    until(lambda: served.said.endswith("stopped\n"))
    assert "Traceback" not in served.said
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.slow
def test_sources_with_errors_are_shown_as_far_as_they_go(example, serve):
    example.write("alerts/broken.yaml", "team: nobody\n")
    served = serve()
    served.ready()
    assert "error[team/missing]" in served.said
    assert served.get("/runbooks/tr-web-high-latency/")[0] == 200
    example.write("tocsin.yaml", "[\n")
    until(lambda: "settings cannot be read" in served.said)
    assert served.get("/")[0] == 200
    assert served.stop() == 0


def test_a_port_in_use_is_told_at_once(example, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["-C", str(example.path), "serve", f"--port={port}"]) == 2
    assert capsys.readouterr().err == (
        f"tocsin: port {port} cannot be used: Address already in use\n"
        "  hint: choose another with --port; 0 takes any that is free\n"
    )


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_is_none(example, capsys, port):
    assert main(["-C", str(example.path), "serve", f"--port={port}"]) == 2
    assert "they go from 0 to 65535" in capsys.readouterr().err
