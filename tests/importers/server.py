"""Rules as a real Prometheus has them: its own printer writes every expression in one form."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.checks import FAMILIES, all_checks

Groups = list[dict[str, Any]]

JUDGEMENTS = [each for each in all_checks(FAMILIES) if each.startswith(("alert/", "query/")) and each != "query/syntax"]
SETTINGS = json.dumps({"name": "Test", "checks": dict.fromkeys(JUDGEMENTS, "off")})
"""A repository that takes rules as they are: what checks think of made-up ones is tested elsewhere."""


def rules_of(folder: Path, files: Iterable[Path]) -> Mapping[Path, Groups]:
    """The rule groups of each file, in the server's own words. `folder` is for its data."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "prometheus.yml"
    names = [str(file.resolve()) for file in files]
    configuration.write_text(json.dumps({"rule_files": names}))
    port = free_port()
    command = [
        "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            found = answer(server, f"http://127.0.0.1:{port}/api/v1/rules")
        finally:
            server.terminate()
    assert found is not None, (folder / "log").read_text()
    out: dict[Path, Groups] = {Path(name): [] for name in names}
    for group in found["data"]["groups"]:
        out[Path(group["file"])].append(group)
    return out


def answer(server: subprocess.Popen[bytes], url: str) -> dict[str, Any] | None:
    """What the server says once it has loaded its rules; None where it gives up."""
    for _ in range(600):
        if server.poll() is not None:
            return None
        try:
            with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310
                said: dict[str, Any] = json.load(response)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
            continue
        if said["data"]["groups"]:
            return said
        time.sleep(0.05)
    return None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


GROUP = ("name", "interval", "limit")
RULE = ("name", "query", "duration", "keepFiringFor", "type")
ADDED = {
    "labels": {"severity", "urgency", "sev", "team", "service"},
    "annotations": {"runbook_url", "dashboard", "first_steps"},
}


def meaning(groups: Groups, like: Groups | None = None) -> list[Any]:
    """What the groups mean, without the labels and annotations that a build adds to alerts: those `like` has not."""
    original = iter(rule for group in like for rule in group["rules"]) if like is not None else None
    out = []
    for group in groups:
        rules = [_rule(rule, next(original, {}) if original is not None else rule) for rule in group["rules"]]
        if rules:
            out.append([{key: group.get(key) for key in GROUP}, rules])
    return out


def _rule(rule: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    out = {key: rule.get(key) for key in RULE}
    for part, added in ADDED.items():
        own = like.get(part) or {}
        texts = rule.get(part) or {}
        alerting = rule["type"] == "alerting"
        out[part] = {key: text for key, text in texts.items() if key in own or not (alerting and key in added)}
    return out
