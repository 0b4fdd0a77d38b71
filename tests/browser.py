"""A real browser for tests: headless Chromium, and a server of a folder on this machine.

A test imports the fixtures it wants into its folder's conftest.py and marks itself `real_tool`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.webdriver import WebDriver

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
)
# Whatever a page names, nothing but this machine is asked; the attempt is still seen.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class OpenPage(Protocol):
    """Opens an address, or a file, and gives the driver that shows it."""

    def __call__(self, where: str | Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> WebDriver: ...


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """One browser for all tests of a run, with a profile of its own."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("needs chromium: run .ci/tools")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, OFFLINE, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
    yield started
    started.quit()


@pytest.fixture
def open_page(chromium: WebDriver) -> OpenPage:
    """Opens a page in a window of a size and a theme; what earlier pages said on the console is forgotten."""

    def opened(where: str | Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> WebDriver:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [theme]})
        chromium.get("about:blank")
        console_errors(chromium)
        chromium.get(where.resolve().as_uri() if isinstance(where, Path) else where)
        return chromium

    return opened


def console_errors(driver: WebDriver) -> list[str]:
    """What went wrong since the last time somebody asked: errors of scripts, refused or failed requests."""
    entries: list[dict[str, Any]] = driver.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


def other_hosts(driver: WebDriver) -> list[str]:
    """The addresses, on other hosts than its own, that the page has asked for anything."""
    own = urlsplit(driver.current_url).netloc
    asked: list[str] = driver.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    return [address for address in asked if urlsplit(address).scheme != "data" and urlsplit(address).netloc != own]


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serves folders over HTTP on this machine while the test runs; gives the address of each, with a slash."""
    with ExitStack() as running:
        yield lambda folder: running.enter_context(_server(folder))


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the library's
        """Says nothing."""
