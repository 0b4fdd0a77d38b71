"""What commands share: the repository that is meant, the present time, and sources loaded and checked."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator import times
from generator.catalog import Catalog, load
from generator.commands.status_branch import with_branch
from generator.context import Context
from generator.errors import NothingToDo, UsageError
from generator.git import LIMIT, find_root, work_tree
from generator.kinds import KINDS, Kind
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.git import History, Tree


@dataclass(frozen=True, slots=True)
class Workspace:
    """A repository as it lies on the disk, loaded."""

    root: Path
    catalog: Catalog
    context: Context
    elsewhere: frozenset[str] = frozenset()
    """Sources that come from the branch of the setting `status.branch`: no file of the folder says the same."""

    @property
    def sources(self) -> int:
        """How many sources were looked at, unreadable ones too."""
        return len({*self.catalog.documents, *self.catalog.unread})


def root_of(arguments: argparse.Namespace) -> Path:
    """The repository that the arguments mean."""
    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    return find_root(folder.resolve())


def open_workspace(
    arguments: argparse.Namespace, now: datetime | None = None, kinds: tuple[Kind, ...] = KINDS
) -> Workspace:
    """Loads the work tree; only some kinds of source where a question needs no more.

    Raises:
        NothingToDo: the repository has no source at all.
    """
    root = root_of(arguments)
    sources = with_branch(work_tree(root))
    tree = sources.tree
    catalog = load(tree, kinds)
    if sources.finding is not None:
        catalog = replace(catalog, findings=(*catalog.findings, sources.finding))
    if kinds is KINDS and not catalog.documents and not catalog.unread:
        raise NothingToDo(
            f"there is nothing to check in {root}: no alerts, schedules, runbooks, postmortems or status",
            "tocsin init writes a repository to start from",
        )
    context = Context(
        now=now or present(arguments),
        open_history=lambda: _history(root, sources.tips),
        read=lambda path: text_of(tree, path),
        read_bytes=lambda path: bytes_of(tree, path),
        root=str(root),
    )
    return Workspace(root, catalog, context, sources.elsewhere)


def text_of(tree: Tree, path: str) -> str | None:
    """The text of any file of a tree; None where there is none or it is too large: half of it says something else."""
    raw = bytes_of(tree, path)
    return None if raw is None or len(raw) > LIMIT else raw.decode("utf-8", "replace")


def bytes_of(tree: Tree, path: str) -> bytes | None:
    """The content of any file of a tree, at most one byte more than a source may have; None where there is none."""
    inside = path and not path.startswith("/") and ".." not in path.split("/")
    return next((content for _, content in tree.read([path])), None) if inside else None


def _history(root: Path, tips: tuple[str, ...]) -> History:
    from generator.git import History

    return History(root, tips)


def add_now(parser: argparse.ArgumentParser) -> None:
    """The option that says what time it is."""
    parser.add_argument(
        "--now",
        metavar="T",
        help="the present time, as 2026-10-14T13:12Z (default: SOURCE_DATE_EPOCH, else the clock, in whole minutes)",
    )


def present(arguments: argparse.Namespace) -> datetime:
    """The present time in UTC: from `--now`, from SOURCE_DATE_EPOCH, or the clock's in whole minutes."""
    said = getattr(arguments, "now", None)
    if said is not None:
        try:
            return _usable(times.parse_instant(said, UTC).astimezone(UTC))
        except (ValueError, OverflowError) as refusal:
            raise UsageError(f"--now: {refusal}", "write it like 2026-10-14T13:12Z") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return _usable(datetime.fromtimestamp(int(epoch), UTC))
        except (ValueError, OverflowError, OSError):
            raise UsageError(f"SOURCE_DATE_EPOCH is '{epoch}'; seconds since 1970 are expected, to 2105") from None
    clock = datetime.now(UTC)  # noqa: TID251  # the one clock of the program
    return clock.replace(second=0, microsecond=0)


def _usable(instant: datetime) -> datetime:
    if not times.can_be_present(instant):
        raise ValueError(f"{instant.year} is no year to build in; 1970 to 2105 is possible")
    return instant
