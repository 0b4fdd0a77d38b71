"""`tocsin publish`: builds a target and brings it to its places: folders, hosts, branches."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from generator.checks.engine import run as run_checks
from generator.commands.hindrances import in_the_way
from generator.commands.progress import Progress
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.findings import did_you_mean
from generator.integrations.publishing.destinations import Branch, Destination, Folder, Host, parse
from generator.reporters import report
from generator.reporters.text import count
from generator.settings import Setting
from generator.targets import TARGETS, load_target

if TYPE_CHECKING:
    from generator.integrations.publishing import Done, Release

EXAMPLES = """examples:
  tocsin publish site                                where tocsin.yaml says: publish: {site: [/srv/runbooks/www]}
  tocsin publish site --to /srv/runbooks/www         to a folder of this machine
  tocsin publish status --to ssh://deploy@host:2222/srv/status --to branch:pages --push
  tocsin publish site --built build                  what an earlier `tocsin build` wrote
  tocsin publish site --dry-run                      say what would be done, change nothing

A place shows the old files or the new ones, never a mixture. Files of others stay. TOCSIN_SSH names another
ssh or gives it options: TOCSIN_SSH='ssh -i key -J jump'.

Errors stop it; of the status page only those in what it reads, for customers look at it while all else is broken.

exit status: 0 well, 1 errors in the sources or a place that failed, 2 wrong use, 3 nothing to build"""

_PLACES: Mapping[str, Any] = {
    "type": "array",
    "uniqueItems": True,
    "items": {
        "title": "Place",
        "description": "A folder (relative to the repository), ssh://[user@]host[:port]/path, or branch:name.",
        "type": "string",
        "minLength": 1,
        "examples": ["ssh://deploy@host/srv/status"],
    },
    "examples": [["/srv/runbooks/www"]],
}


def _read(value: Any) -> dict[str, tuple[Destination, ...]]:
    """Places by target; what is relative is so to the repository, whose folder the reader adds."""
    found = {name: tuple(parse(text, Path()) for text in texts) for name, texts in (value or {}).items()}
    _apart(found)
    return found


def _apart(places: Mapping[str, Sequence[Destination]]) -> None:
    """Raises ValueError where one target would stand in another: internal pages must never become public with it."""
    taken = [(name, each) for name, group in places.items() for each in group]
    for name, each in taken:
        for other, place in taken:
            if name != other and _inside(each, place):
                raise ValueError(f"{each} of {name} is, or lies in, {place} of {other}: give each a place of its own")


def _inside(place: Destination, other: Destination) -> bool:
    if isinstance(place, Host) and isinstance(other, Host):
        return place.host.lower() == other.host.lower() and _below(place.path, other.path)
    if isinstance(place, Folder) and isinstance(other, Folder):
        return _below(place.path, other.path)
    return place == other


def _below(path: PurePath, other: PurePath) -> bool:
    return path == other or other in path.parents


PLACES = Setting[dict[str, tuple[Destination, ...]]](
    "publish",
    {
        "title": "Publish",
        "description": "Where tocsin publish brings a target, unless it is told a place.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "site": {"title": "Site", "description": "Places of the runbook site, which is internal.", **_PLACES},
            "status": {"title": "Status", "description": "Places of the public status page.", **_PLACES},
        },
        "examples": [{"site": ["/srv/runbooks/www"], "status": ["ssh://deploy@host/srv/status", "branch:pages"]}],
    },
    _read,
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("target", metavar="TARGET", help="what to publish: site, status, or another target")
    form = "a folder, ssh://[user@]host[:port]/path or branch:name; repeat it for more (default: those of tocsin.yaml)"
    parser.add_argument("--to", action="append", default=[], metavar="PLACE", help=form)
    parser.add_argument("--built", metavar="DIR", help="publish what `tocsin build` wrote there, instead of building")
    parser.add_argument("--push", action="store_true", help="push the branches to their remote, too")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Checks, builds, publishes, and says what became of each place."""
    if arguments.target not in TARGETS:
        known = f"targets are {', '.join(TARGETS)}"
        raise UsageError(f"there is no target '{arguments.target}'", did_you_mean(arguments.target, TARGETS) or known)
    asked = _asked(arguments.to)
    workspace = open_workspace(arguments)
    progress = Progress()
    progress.step("checking")
    findings = run_checks(workspace.catalog, workspace.context)
    progress.done()
    if in_the_way(findings, [load_target(arguments.target)]):
        sys.stdout.write(report("text", findings, workspace.sources))
        print("tocsin: nothing was published: mend the errors first", file=sys.stderr)
        return Exit.FINDINGS
    places = asked or _of_settings(workspace, arguments.target)
    release = _release(arguments, workspace, findings, progress)
    return _publish(arguments, workspace, release, places, progress)


def _asked(texts: Sequence[str]) -> tuple[Destination, ...]:
    try:
        return tuple(dict.fromkeys(parse(text, Path.cwd()) for text in texts))
    except ValueError as refusal:
        raise UsageError(str(refusal)) from None


def _of_settings(workspace: Workspace, target: str) -> tuple[Destination, ...]:
    found = workspace.catalog.settings.get(PLACES).get(target, ())
    if not found:
        hint = f"name one: tocsin publish {target} --to DIR, or publish: {{{target}: [DIR]}} in tocsin.yaml"
        raise UsageError(f"nothing says where to publish {target}", hint)
    return tuple(
        Folder(Path(os.path.normpath(workspace.root / each.path))) if isinstance(each, Folder) else each
        for each in found
    )


def _release(arguments: argparse.Namespace, workspace: Workspace, findings: Any, progress: Progress) -> Release:
    from generator.commands.build import choose, render
    from generator.integrations.publishing import Release, built

    if arguments.built is not None:
        return Release.of(arguments.target, built(Path(arguments.built), arguments.target))
    rendered = render(workspace, choose(workspace, [arguments.target]), findings, progress)
    progress.done()
    return Release.of(arguments.target, rendered[arguments.target])


def _publish(
    arguments: argparse.Namespace,
    workspace: Workspace,
    release: Release,
    places: Sequence[Destination],
    progress: Progress,
) -> Exit:
    from generator.integrations.publishing import Order, publish

    order = Order(workspace.root, workspace.context.now, push=arguments.push, dry_run=arguments.dry_run)
    failed = 0
    for done in publish(release, places, order, progress.step):
        progress.done()
        failed += done.error is not None
        _tell(done, release, arguments)
    if failed and len(places) > 1:
        print(f"tocsin: {failed} of {count(len(places), 'place')} failed", file=sys.stderr)
    return Exit.FINDINGS if failed else Exit.WELL


def _tell(done: Done, release: Release, arguments: argparse.Namespace) -> None:
    if done.error is not None:
        print(f"tocsin: {done.destination}: {done.error.message}", file=sys.stderr)
        if done.error.hint:
            print(f"  hint: {done.error.hint}", file=sys.stderr)
        return
    files = count(len(release.files), "file")
    more = f"; {done.more}" if done.more else ""
    if done.plan is None or (done.plan.same and not done.more.startswith("commit")):
        print(f"{done.destination}: nothing to do, {files} {'are' if len(release.files) > 1 else 'is'} there{more}")
    else:
        verb = "would publish" if arguments.dry_run else "published"
        unpushed = isinstance(done.destination, Branch) and not arguments.push and not arguments.dry_run
        print(f"{done.destination}: {verb} {files} ({done.plan}){more}{'; not pushed (--push)' if unpushed else ''}")
