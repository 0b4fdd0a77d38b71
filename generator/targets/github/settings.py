"""The setting `github`: what workflows need to know of the repository's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator import __version__
from generator.records import dataclass
from generator.settings import Setting


@dataclass(frozen=True, slots=True)
class GitHubSettings:
    """Each has a default."""

    branch: str = "main"
    """The branch that what is published is built from."""
    install: str = f"tocsin=={__version__}"
    """What pip installs in a workflow."""


def read(value: Any) -> GitHubSettings:
    """From the written value."""
    data: Mapping[str, Any] = value or {}
    return GitHubSettings(**{key: str(each) for key, each in data.items()})


GITHUB = Setting[GitHubSettings](
    "github",
    {
        "title": "GitHub",
        "description": "What the target `github` writes into the workflows.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "branch": {
                "title": "Branch",
                "description": "The branch that the status page is built from. Default: main.",
                "type": "string",
                "pattern": r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$",
                "patternErrorMessage": "Write the name of a branch: main.",
                "examples": ["main"],
            },
            "install": {
                "title": "Install",
                "description": "What pip installs: a version, a wheel's address or a folder of the repository. "
                "Default: the version that writes the workflows.",
                "type": "string",
                "pattern": r"^[A-Za-z0-9_.][A-Za-z0-9_.,@:/+=<>!~\[\]-]*$",
                "patternErrorMessage": "Write one requirement as pip takes it: tocsin==0.1.0.",
                "examples": ["tocsin==0.1.0"],
            },
        },
        "examples": [{"branch": "main"}],
    },
    read,
)
