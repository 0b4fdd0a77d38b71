"""Programs that others wrote for pages of others read ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import URL, api, build

MODULES = Path(__file__).parents[4] / ".ci/cache/node/node_modules"
_HERE = {**os.environ, "NO_PROXY": "127.0.0.1"}
pytestmark = pytest.mark.real_tool


@pytest.fixture(scope="module")
def files():
    return build(busy(status={"url": URL}))


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    root = tmp_path_factory.mktemp("status")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def run(package, script, *arguments):
    node = shutil.which("node")
    if node is None or not (MODULES / package).is_dir():
        pytest.skip(f"needs {package}: run .ci/tools")
    command = [node, str(Path(__file__).with_name(script)), str(MODULES), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=_HERE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_client_of_the_statuspage_api_reads_every_file(files, folder, serve_folder):
    read = run("statuspage.io", "client.cjs", serve_folder(folder).rstrip("/"))
    ours = api(files)
    assert read["summary"] == ours["summary"]
    assert read["status"]["status"] == {"indicator": "minor", "description": "Minor Service Outage"}
    assert read["components"] == ours["components"]
    assert (read["incidents"], read["unresolved"]) == (ours["incidents"], ours["incidents/unresolved"])
    # Whatever it is asked for of maintenances, this client asks for those to come.
    assert read["upcoming"] == ours["scheduled-maintenances/upcoming"]


def test_another_parser_reads_both_feeds(folder):
    atom, rss = run("feedsmith", "feeds.cjs", folder / "history.atom", folder / "es/history.rss")
    assert (atom["format"], rss["format"]) == ("atom", "rss")
    assert [each["title"]["value"] for each in atom["feed"]["entries"]][:2] == [
        "Present work: In progress",
        "Errors in the API: Identified",
    ]
    assert [each["id"] for each in atom["feed"]["entries"]] == [each["guid"]["value"] for each in rss["feed"]["items"]]
    assert f"{URL}/es/maintenances/2026-12-06-next/" in [each["link"] for each in rss["feed"]["items"]]
