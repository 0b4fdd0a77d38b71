"""A real Prometheus on the loopback, with data from a moment ago and, where wanted, rules that it evaluates."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import mul
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

needs_prometheus = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("prometheus", "promtool")),
    reason="needs prometheus: run .ci/tools",
)
STEP = 60
PATIENCE = 120
"""Seconds until a server that has not answered never will."""


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs."""

    url: str

    def get(self, path: str, **parameters: Any) -> Any:
        """The data of an answer of its API."""
        query = urlencode({name.rstrip("_"): value for name, value in parameters.items()})
        with urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=30) as answer:  # noqa: S310  # our own, on loopback
            return json.load(answer)["data"]

    def now(self, query: str) -> list[dict[str, Any]]:
        """The result of an instant query, at this moment."""
        found: list[dict[str, Any]] = self.get("query", query=query)["result"]
        return found

    def lately(self, query: str) -> list[dict[str, Any]]:
        """The result of a query over the last ten minutes."""
        end = time.time()
        found: list[dict[str, Any]] = self.get("query_range", query=query, start=end - 600, end=end, step=15)["result"]
        return found

    def value(self, query: str) -> float | None:
        """Of a query with one result; None without one."""
        found = self.now(query)
        assert len(found) < 2, found
        return float(found[0]["value"][1]) if found else None


def counters(series: Mapping[str, float], hours: float = 3) -> str:
    """OpenMetrics of counters that have grown by so much a minute until now, a sample each minute."""
    return exposition({name: partial(mul, rate) for name, rate in series.items()}, hours)


def exposition(series: Mapping[str, Callable[[int], float]], hours: float = 3) -> str:
    """OpenMetrics of any values by the minute, the last of them now."""
    end, minutes = int(time.time()), int(hours * 60)
    lines = []
    # Samples of a metric stand together, or promtool refuses the text.
    for name, value in sorted(series.items()):
        lines += [f"{name} {value(minute)} {end - (minutes - minute) * STEP}" for minute in range(minutes + 1)]
    return "\n".join((*lines, "# EOF\n"))


@contextmanager
def prometheus(folder: Path, openmetrics: str = "", rules: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server with the samples; rules are evaluated every second."""
    data, config = folder / "data", folder / "prometheus.yml"
    for name, text in (rules or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    config.write_text(
        json.dumps(
            {"global": {"evaluation_interval": "1s"}, "rule_files": [str(folder / name) for name in rules or {}]}
        )
    )
    if openmetrics:
        (folder / "samples.om").write_text(openmetrics, encoding="utf-8")
        command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "samples.om", "data"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    options = (f"--storage.tsdb.path={data}", f"--web.listen-address={address}", "--storage.tsdb.retention.time=90d")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(["prometheus", f"--config.file={config}", *options], stdout=log, stderr=log)
        try:
            wait_until(lambda: _ready(f"http://{address}"), (folder / "log").read_text)
            yield Server(f"http://{address}")
        finally:
            process.terminate()
            process.wait()


def _ready(url: str) -> bool:
    try:
        with urlopen(f"{url}/-/ready", timeout=5) as answer:  # noqa: S310  # our own, on loopback
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_until(happened: Callable[[], object], told: Callable[[], object] = lambda: "it never happened") -> None:
    """Waits for what will happen at some moment; what `told` gives is the failure's message."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            pytest.fail(str(told()))
        time.sleep(0.2)
