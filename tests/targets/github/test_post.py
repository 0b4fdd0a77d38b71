"""The script behind the form, run as GitHub runs it: what it says arrives at the remote, and stays words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.targets.github import TARGET
from tests.catalogs import make_catalog, make_context

SETTINGS = "name: Test\nlanguages: [en, es]\n"
COMPONENTS = "web: {name: Web}\nrest: {name: REST}\n"
FIELDS = {
    "ACTION": "update",
    "MESSAGE": "",
    "TRANSLATIONS": "",
    "STATUS": "-",
    "COMPONENT": "-",
    "COMPONENT_STATUS": "partial_outage",
    "MORE_COMPONENTS": "",
    "TITLE": "",
    "INCIDENT": "",
    "SEVERITY": "-",
}


@pytest.fixture(scope="module")
def step():
    catalog = make_catalog({"tocsin.yaml": SETTINGS, "status/components.yaml": COMPONENTS})
    texts = {each.path: each.content for each in TARGET.render(catalog, make_context())}
    job = yaml.safe_load(texts["workflows/status-update.yaml"])["jobs"]["post"]
    (found,) = [each for each in job["steps"] if each.get("name") == "Post"]
    assert found["env"].keys() == FIELDS.keys()
    return found["run"]


@pytest.fixture
def post(step, tmp_path):
    remote, clone = tmp_path / "remote.git", tmp_path / "clone"
    git = ["git", "-c", "init.defaultBranch=main", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run([*git, "init", "--quiet", "--bare", remote], check=True)
    subprocess.run([*git, "clone", "--quiet", remote, clone], check=True, capture_output=True)
    (clone / "status").mkdir()
    (clone / "tocsin.yaml").write_text(SETTINGS)
    (clone / "status/components.yaml").write_text(COMPONENTS)
    for command in (["add", "."], ["commit", "--quiet", "-m", "start"], ["push", "--quiet", "origin", "HEAD:main"]):
        subprocess.run([*git, *command], cwd=clone, check=True)

    def run(**fields: str) -> dict[str, str]:
        """The YAML files of the status page that the remote has afterwards."""
        around = {"GITHUB_ACTOR": "ana", "GITHUB_ACTOR_ID": "7", "HOME": str(tmp_path)}
        around["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        script = tmp_path / "step.sh"
        script.write_text(step)
        subprocess.run(["bash", "-e", script], cwd=clone, env={**FIELDS, **around, **fields}, check=True)
        names = subprocess.run(
            ["git", "ls-tree", "-r", "--name-only", "main", "status/incidents"],
            cwd=remote,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        return {
            name: subprocess.run(
                ["git", "show", f"main:{name}"], cwd=remote, check=True, capture_output=True, text=True
            ).stdout
            for name in names
        }

    return run


def test_an_incident_is_opened_updated_and_resolved_from_a_phone(post):
    words = "$(touch hacked) `id` ${HOME}; \"quoted\" 'and' -- not"
    (text,) = post(
        ACTION="open",
        MESSAGE=words,
        TITLE="Errors at $HOME",
        COMPONENT="web",
        SEVERITY="SEV-1",
        TRANSLATIONS="es=Lo estamos mirando",
        MORE_COMPONENTS="rest=major_outage",
    ).values()
    opened = yaml.safe_load(text)
    assert opened["title"] == {"en": "Errors at $HOME"} or opened["title"] == "Errors at $HOME"
    (first,) = opened["updates"]
    assert first["message"] == {"en": words, "es": "Lo estamos mirando"}
    assert first["components"] == {"web": "partial_outage", "rest": "major_outage"}
    post(MESSAGE="Found it", STATUS="identified")
    post(MESSAGE="monitoring")
    (text,) = post(ACTION="resolve", MESSAGE="It is over").values()
    told = [(each["status"], each["message"]) for each in yaml.safe_load(text)["updates"]][1:]
    assert told == [("identified", "Found it"), ("identified", "monitoring"), ("resolved", "It is over")]
