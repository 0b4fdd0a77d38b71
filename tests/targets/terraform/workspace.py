"""Terraform with the PagerDuty provider, real or stood in for, against the strict PagerDuty."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.pagerduty_fake import FakePagerDuty

PROVIDER = "terraform-provider-pagerduty"
VERSION = "3.32.4"
PATIENCE = 300
"""Seconds; the provider itself tries again what is refused, for minutes."""

needs_provider = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("terraform", PROVIDER)),
    reason=f"needs terraform and {PROVIDER}: run .ci/tools",
)
_REQUIRED = 'terraform {\n  required_providers {\n    pagerduty = { source = "PagerDuty/pagerduty" }\n  }\n}\n'
_CONFIG = """\
disable_checkpoint = true
provider_installation {{
  filesystem_mirror {{
    path = "{path}"
  }}
}}
"""


def configuration(folder: Path) -> Path:
    """Terraform's own settings: providers come from a mirror that holds this one, and from nowhere else.

    Its folders are named after the provider's whole address; Terraform and OpenTofu complete it each in its way.
    """
    (folder / "ask").mkdir(parents=True)
    (folder / "ask" / "versions.tf").write_text(_REQUIRED, encoding="utf-8")
    address = _first(r"provider\[(\S+?)\]", _output("providers", folder / "ask"))
    platform = _first(r"^on (\w+)$", _output("version", folder))
    place = folder / "mirror" / address / VERSION / platform
    place.mkdir(parents=True)
    binary = shutil.which(PROVIDER)
    assert binary is not None
    (place / f"{PROVIDER}_v{VERSION}").symlink_to(binary)
    config = folder / "terraform.rc"
    config.write_text(_CONFIG.format(path=folder / "mirror"), encoding="utf-8")
    return config


def _output(command: str, folder: Path) -> str:
    return subprocess.run(
        ["terraform", command], cwd=folder, env=_environment(), check=True, text=True, capture_output=True
    ).stdout


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    assert found is not None, text
    return found[1]


def _environment(**more: str) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("TF_", "PAGERDUTY_"))}
    return {**inherited, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", **more}


class Workspace:
    """A folder with a configuration and a state, for an account."""

    def __init__(self, folder: Path, config: Path, api: FakePagerDuty, **variables: str) -> None:
        self.folder, self.api = folder, api
        given = {f"TF_VAR_{name}": value for name, value in variables.items()}
        self.environment = _environment(TF_CLI_CONFIG_FILE=str(config), PAGERDUTY_TOKEN=api.token, **given)
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, files: Mapping[str, str]) -> None:
        """Put the files of the target there, instead of those before, and say where the account is."""
        for old in self.folder.glob("*.tf"):
            old.unlink()
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        override = f'provider "pagerduty" {{\n  api_url_override = "{self.api.url}"\n}}\n'
        (self.folder / "here_override.tf").write_text(override, encoding="utf-8")
        if not (self.folder / ".terraform").exists():
            self.run("init", "-input=false")

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run Terraform; how it must end is an exit status. What it says, errors too."""
        ran = subprocess.run(
            ["terraform", *arguments, "-no-color"],
            cwd=self.folder, env=self.environment, check=False, text=True, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        said = ran.stdout + ran.stderr
        assert ran.returncode == status, f"terraform {' '.join(arguments)} ended with {ran.returncode}:\n{said}"
        return said

    def apply(self, files: Mapping[str, str]) -> str:
        """Judge and apply the files; a second plan must be empty. What became of them, in Terraform's words."""
        self.write(files)
        self.run("validate")
        said = self.run("apply", "-auto-approve", "-input=false")
        self.run("plan", "-detailed-exitcode", "-input=false")
        return _first(r"^Apply complete! (Resources: .*)$", said)

    def state(self) -> dict[str, dict[str, Any]]:
        """The resources by their addresses."""
        shown = json.loads(self.run("show", "-json"))
        module = shown.get("values", {}).get("root_module", {})
        return {each["address"]: each["values"] for each in module.get("resources", []) if each["mode"] == "managed"}
