"""What Terraform says a key file holds picks the right key in Alertmanager itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.targets.terraform.sources import render

SERVICES = ("cart", "pay", "search")
PROGRAM = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
CONFIGURATION = """\
global: {{pagerduty_url: "http://127.0.0.1:{port}/v2/enqueue"}}
route: {{receiver: team, group_by: [alertname, service, urgency], group_wait: 0s}}
receivers:
  - name: team
    pagerduty_configs: [{{routing_key_file: "{key}"}}]
"""


def key_file(output: str) -> str:
    """The text that `terraform output -raw alertmanager_key_shop` prints, where each key is its service's name."""
    lines = re.findall(
        r'^ {4}"(.*)",$', output.partition("alertmanager_key_shop = [\n")[2].partition("]")[0], re.MULTILINE
    )
    key = r"\$\{pagerduty_service_integration\.(\w+)_alertmanager\.integration_key\}"
    return "".join(re.sub(key, r"key-\1", line).replace('\\"', '"') for line in lines)


def output() -> str:
    return render(more={f"alerts/{name}.yaml": "team: shop\n" for name in SERVICES})["outputs.tf"]


def test_a_key_file_holds_a_choice_among_the_keys_of_its_services():
    assert key_file(output()) == (
        '{{ if eq .GroupLabels.service "pay" }}key-pay{{ else if eq .GroupLabels.service "search" }}key-search'
        "{{ else }}key-cart{{ end }}"
    )


def test_of_one_service_it_holds_the_key():
    text = render()["outputs.tf"]
    assert "value       = pagerduty_service_integration.cart_alertmanager.integration_key" in text
    assert "locals" not in text


@contextmanager
def pagerduty():
    """A PagerDuty that takes every event; yields its port and the events so far."""
    events: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.end_headers()
            self.wfile.write(b'{"status": "success"}')

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, events
    server.shutdown()
    server.server_close()


@contextmanager
def alertmanager(folder, port: int):
    (folder / "key").write_text(key_file(output()) + "\n", encoding="utf-8")
    (folder / "am.yaml").write_text(CONFIGURATION.format(port=port, key=folder / "key"), encoding="utf-8")
    address = f"127.0.0.1:{_free_port()}"
    options = [f"--config.file={folder / 'am.yaml'}", f"--storage.path={folder}", f"--web.listen-address={address}"]
    process = subprocess.Popen(
        [PROGRAM, *options, "--cluster.listen-address="], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return server.server_port


def answers(url: str, data: bytes | None = None) -> bool:
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310  # our own process
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return answer.status == 200


def until(what, seconds: float = 15):
    """The first result that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("nothing came")


@pytest.mark.real_tool
@pytest.mark.skipif(PROGRAM is None, reason="needs alertmanager: run .ci/tools")
def test_alertmanager_reports_each_service_with_its_own_key(tmp_path):
    named = [*SERVICES, "unknown"]
    alerts = [{"labels": {"alertname": "A", "service": each, "urgency": "page"}} for each in named]
    with pagerduty() as (port, events), alertmanager(tmp_path, port) as address:
        until(lambda: answers(f"{address}/-/ready"))
        answers(f"{address}/api/v2/alerts", json.dumps(alerts).encode())
        until(lambda: len(events) == len(named))
    assert sorted(event["routing_key"] for event in events) == ["key-cart", "key-cart", "key-pay", "key-search"]
