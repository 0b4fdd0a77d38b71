"""Which errors keep the status page from being built: those in what it reads, and no others.

Customers look at it while everything else is down. An alert's misspelt key must not keep them uninformed.
"""

from __future__ import annotations

from generator.findings import Finding
from generator.resources import schema
from generator.settings import PATH

SETTINGS = frozenset({"name", "time_zone", "languages", "status", "publish", "targets"})


def concerns(finding: Finding) -> bool:
    """Whether an error is in a source of the page, or in a setting that it may depend on.

    Of a setting with another key nothing reaches the page; a key that nobody knows may be one of the page's, misspelt.
    The services behind a component are never shown, and one that is missing changes nothing.
    """
    path, pointer = finding.where.path, finding.where.pointer
    if path == PATH:
        return not pointer or pointer[0] in SETTINGS or pointer[0] not in schema("settings")["properties"]
    return f"{path}/".startswith("status/") and "services" not in pointer
