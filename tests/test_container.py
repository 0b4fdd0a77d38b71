"""What the container runs: the real nginx with the real configuration, as a user that may do nothing; not the image."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import chromium, console_errors, open_page
from tests.targets.site.conftest import example_site

__all__ = ["chromium", "example_site", "open_page"]

pytestmark = pytest.mark.real_tool
NOBODY = 65534


@pytest.fixture(scope="module")
def port(example_site: Path, repo_root: Path) -> Iterator[int]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("needs nginx: run .ci/tools")
    with TemporaryDirectory(prefix="tocsin-nginx-") as name:
        folder = Path(name)
        number = _prepare(folder, example_site, repo_root / "docs" / "container")
        command = [program, "-e", "stderr", "-c", folder / "nginx.conf", "-g", "daemon off;"]
        nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        process = subprocess.Popen(command, stderr=subprocess.PIPE, **nobody)
        try:
            _wait_for(number)
            yield number
        finally:
            process.terminate()
            _, said = process.communicate()
        assert not [word for word in (b"[alert]", b"[emerg]", b"[crit]", b"[warn]") if word in said], said


def _prepare(folder: Path, site: Path, container: Path) -> int:
    """The configuration with the places of this machine; as in the image nothing but a folder for /tmp is writable."""
    shutil.copytree(site, folder / "site")
    (folder / "site" / ".tocsin-published").write_text("{}")
    (folder / "tmp").mkdir()
    policy = subprocess.run(
        [sys.executable, container / "policy.py", site], capture_output=True, text=True, check=True
    ).stdout
    (folder / "policy.conf").write_text(policy)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    text = (container / "nginx.conf").read_text()
    for ours, theirs in (
        ("/srv/site", f"{folder}/site"),
        ("/etc/nginx/policy.conf", f"{folder}/policy.conf"),
        ("/tmp/nginx", f"{folder}/tmp/nginx"),  # noqa: S108  # it stands so in the configuration
        ("listen 8080", f"listen 127.0.0.1:{number}"),
    ):
        assert ours in text
        text = text.replace(ours, theirs)
    (folder / "nginx.conf").write_text(text)
    folder.chmod(0o755)
    (folder / "tmp").chmod(0o777)
    return int(number)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx does not start")


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_answer_has_the_headers(port):
    for path in ("/", "/alerts/trwebhighlatency/", "/assets/tocsin.css", "/nowhere/"):
        headers = ask(port, path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self' 'sha256-"), path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Server"] == "nginx"


def test_kinds_of_files_are_told(port):
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/assets/tocsin.css", "text/css; charset=utf-8"),
        ("/assets/tocsin.js", "application/javascript; charset=utf-8"),
        ("/search/search_index.json", "application/json; charset=utf-8"),
    ):
        response, _ = ask(port, path)
        assert (response.status, response.headers["Content-Type"]) == (200, kind)


def test_a_lost_address_gets_the_page_for_it(port, example_site):
    response, body = ask(port, "/alerts/TRWebHighLatency/")
    assert (response.status, body) == (404, (example_site / "404.html").read_bytes())


def test_a_folder_without_its_slash_is_found_behind_a_proxy(port):
    response, _ = ask(port, "/alerts", Host="runbooks.example.com")
    assert (response.status, response.headers["Location"]) == (301, "/alerts/")


@pytest.mark.parametrize("path", ["/.tocsin-published", "/assets/.git/config", "/%2e%2e/nginx.conf", "/alerts/../.x"])
def test_what_is_not_for_readers_is_not_shown(port, path):
    assert ask(port, path)[0].status in (400, 404)


def test_nothing_can_be_sent(port):
    for method in ("POST", "PUT", "DELETE"):
        assert ask(port, "/", method)[0].status in (403, 405), method
    assert ask(port, "/", "HEAD")[0].status == 200


def test_what_has_not_changed_is_not_sent_again(port):
    tag = ask(port, "/")[0].headers["ETag"]
    assert ask(port, "/", **{"If-None-Match": tag})[0].status == 304
    assert ask(port, "/", **{"Accept-Encoding": "gzip"})[0].headers["Content-Encoding"] == "gzip"


def test_a_browser_finds_nothing_that_the_policy_forbids(port, open_page):
    address = f"http://127.0.0.1:{port}/"
    for page in (
        "",
        "alerts/",
        "alerts/trwebhighlatency/",
        "runbooks/tr-web-high-latency/",
        "schedules/platform/primary/",
    ):
        assert console_errors(open_page(address + page)) == [], page
    driver = open_page(address)
    field = driver.find_element(By.CSS_SELECTOR, ".md-search__input")
    driver.execute_script("arguments[0].focus()", field)
    field.send_keys("latency")
    WebDriverWait(driver, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".md-search-result__link"))
    assert console_errors(driver) == []
    blocked = "var s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
    assert driver.execute_script(f"{blocked} return window.ran") is None


def test_what_the_image_copies_is_there(repo_root: Path) -> None:
    """The image itself is built where there is a registry; its recipe names what this repository has, or builds."""
    recipe = (repo_root / "docs/container/Containerfile").read_text().splitlines()
    copied = [line.split()[1] for line in recipe if line.startswith("COPY ") and "--from=" not in line]
    assert set(copied) - {"build/site"} == {f"docs/container/{name}" for name in ("policy.py", "nginx.conf")}
    assert all((repo_root / name).is_file() for name in copied if name != "build/site")
    assert {line.split()[0] for line in recipe if line and line[0].isupper()} <= {
        *("FROM", "RUN", "COPY", "USER", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT"),
    }
    assert recipe[-1] == 'ENTRYPOINT ["nginx", "-e", "stderr", "-g", "daemon off;"]'
