"""One release to several destinations: each is told, and one that fails stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from generator.errors import TocsinError
from generator.integrations.publishing.branch import to_branch
from generator.integrations.publishing.destinations import Branch, Destination, Folder
from generator.integrations.publishing.folder import to_folder
from generator.integrations.publishing.host import to_host
from generator.integrations.publishing.release import Plan, Release
from generator.records import dataclass

_MEGA = 1_000_000

Progress = Callable[[str], None]
"""Told what is being done."""


@dataclass(frozen=True, slots=True)
class Order:
    """How it is to be done: in which repository, as of when, pushed or not, and whether only to say it."""

    root: Path
    now: datetime
    push: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one destination: a plan that was carried out, or the reason why it was not."""

    destination: Destination
    plan: Plan | None = None
    more: str = ""
    error: TocsinError | None = None


def publish(release: Release, destinations: Sequence[Destination], order: Order, progress: Progress) -> Iterator[Done]:
    """Each destination in its turn."""
    for destination in destinations:
        progress(f"publishing {release.target} to {destination}")
        try:
            done, more = _to(release, destination, order, progress)
            yield Done(destination, done, more)
        except TocsinError as error:
            yield Done(destination, error=error)


def _to(release: Release, destination: Destination, order: Order, progress: Progress) -> tuple[Plan, str]:
    if isinstance(destination, Folder):
        return to_folder(release, destination.path, order.root, dry_run=order.dry_run), ""
    if isinstance(destination, Branch):
        done = to_branch(release, destination, order.root, order.now, push=order.push, dry_run=order.dry_run)
        commit = f"commit {done.commit[:10]}" if done.commit else ""
        pushed = f"pushed to {done.remote}" if done.remote and not order.dry_run else ""
        return done.plan, ", ".join(filter(None, (commit, pushed)))
    size = sum(map(len, release.files.values()))

    def tell(sent: int) -> None:
        progress(f"publishing {release.target} to {destination}: {sent / _MEGA:.1f} MB packed of {size / _MEGA:.1f} MB")

    return to_host(release, destination, order.now, tell, dry_run=order.dry_run), ""
