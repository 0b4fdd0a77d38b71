"""`tocsin build`: checks, renders every target, and writes what changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.checks.engine import run as run_checks
from generator.commands.hindrances import in_the_way
from generator.commands.progress import Progress
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, NothingToDo, UsageError
from generator.findings import Finding, Level, did_you_mean
from generator.reporters import report
from generator.reporters.text import count
from generator.settings import Setting
from generator.targets import TARGETS, Target, load_target

if TYPE_CHECKING:
    from generator.artifacts import Artifact, Page

EXAMPLES = """examples:
  tocsin build                                   everything that has sources, into build/
  tocsin build --target prometheus               one target; repeat it for more
  tocsin build --offline                         also build/offline/site.zip, for when nothing answers
  tocsin build --drift                           write nothing, fail if the output would change
  tocsin build --target status --now 2026-12-06T03:30Z

Errors in the sources stop it; the status page alone is stopped only by those in what it reads.

exit status: 0 well, 1 findings at error level or drift, 2 wrong use, 3 nothing to build"""

WANTED = Setting[tuple[str, ...]](
    "targets",
    {
        "title": "Targets",
        "description": "What build renders unless asked otherwise. Default: all that have sources.",
        "type": "array",
        "uniqueItems": True,
        "items": {
            "title": "Target",
            "description": "The name of a target, as in tocsin build --target.",
            "type": "string",
            "minLength": 1,
            "examples": ["prometheus"],
        },
        "examples": [["prometheus", "alertmanager", "site", "status"]],
    },
    lambda value: tuple(value or ()),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("--out", default="build", metavar="DIR", help="where to write (default: build)")
    parser.add_argument("--target", action="append", default=[], metavar="NAME", help=f"one of {', '.join(TARGETS)}")
    parser.add_argument(
        "--offline", action="store_true", help="also the runbook site as one archive that works from a folder"
    )
    parser.add_argument("--drift", action="store_true", help="write nothing; fail if the output would change")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Checks first: what is wrong is never rendered. An error that a target cannot read does not stop it alone."""
    from generator.output import manifest_now

    out = Path(arguments.out)
    now = manifest_now(_below(arguments, out)) if arguments.drift and not arguments.now else None
    workspace = open_workspace(arguments, now)
    out = out if out.is_absolute() else workspace.root / out
    progress = Progress()
    progress.step("checking")
    findings = run_checks(workspace.catalog, workspace.context)
    chosen = choose(workspace, arguments.target)
    if arguments.offline:
        chosen = {**chosen, "offline": load_target("offline")}
    progress.done()
    if in_the_way(findings, chosen.values()):
        sys.stdout.write(report("text", findings, workspace.sources))
        print("tocsin: nothing was built: mend the errors first", file=sys.stderr)
        return Exit.FINDINGS
    rendered = render(workspace, chosen, findings, progress)
    progress.done()
    if not any(rendered.values()):
        raise NothingToDo(f"there are no sources for {', '.join(chosen) or 'any target'}: nothing was built")
    return _drift(rendered, out, workspace.root) if arguments.drift else _write(workspace, rendered, out, findings)


def _below(arguments: argparse.Namespace, out: Path) -> Path:
    from generator.commands.workspace import root_of

    return out if out.is_absolute() else root_of(arguments) / out


def choose(workspace: Workspace, asked: Sequence[str]) -> dict[str, Target]:
    """The targets that were asked for, else those of the settings, else all that have sources."""
    wanted = tuple(asked) or workspace.catalog.settings.get(WANTED)
    for name in wanted:
        if name not in TARGETS:
            known = f"targets are {', '.join(TARGETS)}"
            raise UsageError(f"there is no target '{name}'", did_you_mean(name, TARGETS) or known)
    chosen = {name: load_target(name) for name in TARGETS if name in wanted or not wanted}
    if wanted:
        return chosen
    return {name: each for name, each in chosen.items() if each.default and each.applies(workspace.catalog)}


def render(
    workspace: Workspace, targets: Mapping[str, Target], findings: Sequence[Finding], progress: Progress
) -> dict[str, list[Artifact]]:
    """The artifacts of each target. Pages of all targets that have sources go to the site, whichever are written."""
    context = replace(workspace.context, findings=findings)
    if not {"site", "offline"}.isdisjoint(targets):
        context = replace(context, pages=tuple(_pages(replace(workspace, context=context))))
    rendered = {}
    for number, (name, target) in enumerate(targets.items(), 1):
        progress.step(f"rendering {name} ({number} of {len(targets)})")
        rendered[name] = list(target.render(workspace.catalog, context))
    return rendered


def _pages(workspace: Workspace) -> list[Page]:
    targets = (load_target(name) for name in TARGETS)
    applying = (target for target in targets if target.applies(workspace.catalog))
    return [page for target in applying for page in target.pages(workspace.catalog, workspace.context)]


def _places(
    rendered: Mapping[str, Sequence[Artifact]], out: Path, root: Path
) -> list[tuple[Path, bool, dict[str, Sequence[Artifact]]]]:
    """What goes where: into the output folder, or among the repository's own files (True), where they are read."""
    found: dict[str | None, dict[str, Sequence[Artifact]]] = {}
    for name, artifacts in rendered.items():
        found.setdefault(load_target(name).folder, {})[name] = artifacts
    return [(root / folder if folder else out, folder is not None, each) for folder, each in found.items()]


def _drift(rendered: Mapping[str, Sequence[Artifact]], out: Path, root: Path) -> Exit:
    from generator.output import drift

    found = [each for place, _, part in _places(rendered, out, root) for each in drift(part, place)]
    for each in found:
        print(f"{each.kind}: {each.path}")
    files = sum(map(len, rendered.values()))
    print(f"{count(len(found), 'file')} of {files} would change" if found else f"no drift in {count(files, 'file')}")
    return Exit.FINDINGS if found else Exit.WELL


def _write(
    workspace: Workspace, rendered: Mapping[str, Sequence[Artifact]], out: Path, findings: Sequence[Finding]
) -> Exit:
    for name, artifacts in rendered.items():
        print(f"  {name:13} {count(len(artifacts), 'file')}")
    told = [
        _put(workspace, part, place, shared=shared) for place, shared, part in _places(rendered, out, workspace.root)
    ]
    warnings = sum(each.level is Level.WARNING for each in findings)
    if warnings:
        told[-1] += f"; {count(warnings, 'warning')} (tocsin check shows them)"
    print("\n".join(told))
    return Exit.WELL


def _put(workspace: Workspace, rendered: Mapping[str, Sequence[Artifact]], place: Path, *, shared: bool) -> str:
    """Writes what belongs into one folder, and says what that did."""
    from generator.output import write

    done = write(
        rendered,
        place,
        now=workspace.context.now,
        targets=tuple(rendered),
        tool_version=__version__,
        root=workspace.root,
        shared=shared,
    )
    for path in done.kept:
        print(f"tocsin: {path} was edited by hand and no source yields it any more: it is kept", file=sys.stderr)
    changes = f"{len(done.written)} written, {len(done.unchanged)} unchanged, {len(done.removed)} removed"
    return f"{changes} in {os.path.relpath(place)}"
