"""The repository as a command sees it that tells customers something."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.catalog import Catalog
from generator.commands.status_branch import with_branch
from generator.commands.workspace import present, root_of
from generator.errors import UsageError
from generator.findings import did_you_mean
from generator.kinds import absences, pagerduty_ids, people, postmortem, service, severity_map, status, team
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.git import Tree

KINDS = (
    people.KIND,
    absences.OVERRIDES,
    absences.LEAVE,
    pagerduty_ids.KIND,
    team.KIND,
    severity_map.KIND,
    service.KIND,
    postmortem.KIND,
    status.COMPONENTS,
    status.INCIDENT,
    status.MAINTENANCE,
)
"""What a command has to know: whom a text may not name, what components stand for, what alerts propose.

Kinds of few paths stand before those of many, which would take theirs.
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Its sources, and what time it is."""

    root: Path
    tree: Tree
    catalog: Catalog
    now: datetime

    @property
    def default(self) -> str:
        """The language of plain text."""
        return self.catalog.settings.get(LANGUAGES)[0]

    def severity(self, given: str | None) -> str | None:
        """A severity as the map has it; UsageError where it has none of that name."""
        if given is None:
            return None
        known = [each.id for each in self.catalog.severities] + ["none"]
        name = given.upper() if given.lower() != "none" else "none"
        name = name if "-" in name or not name.startswith("SEV") else f"SEV-{name[3:]}"
        if name not in known:
            raise UsageError(
                f"there is no severity '{given}'", did_you_mean(name, known) or f"there is {', '.join(known)}"
            )
        return name


def opened(arguments: argparse.Namespace) -> Opened:
    """Reads what is needed of the repository that the arguments mean."""
    from generator.catalog import load
    from generator.git import work_tree

    root = root_of(arguments)
    sources = with_branch(work_tree(root))
    if sources.finding is not None:
        sys.stderr.write(f"tocsin: {sources.finding.message}\n")
    tree = _newest(root, sources.tree) if getattr(arguments, "push", False) else sources.tree
    return Opened(root, tree, load(tree, KINDS), present(arguments))


def _newest(root: Path, tree: Tree) -> Tree:
    """What is pushed is planned on what the remote has: an incident that a colleague opened a minute ago is there."""
    from generator.commands.status_branch import branch_of
    from generator.integrations.recording import newest

    return newest(root, branch=branch_of(tree)) or tree
