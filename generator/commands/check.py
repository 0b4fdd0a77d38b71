"""`tocsin check`: the whole repository is validated and linked; paths limit only what is reported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from generator.commands import check_shell, check_tests
from generator.commands.selection import Retest, select
from generator.commands.workspace import Workspace, add_now, open_workspace
from generator.errors import Exit, UsageError
from generator.findings import Finding, Level, Ref
from generator.reporters import REPORTERS, report
from generator.settings import PATH

EXAMPLES = """examples:
  tocsin check                          everything, for people
  tocsin check --format json            everything, for programs
  tocsin check runbooks alerts/a.yaml   everything is linked, these are reported
  tocsin check --strict                 warnings fail as well
  tocsin check --tests                  run the tests of SLOs and alerts, too (needs promtool)
  tocsin check --shellcheck             give every command block of the runbooks to shellcheck
  tocsin check --since main             only what the change brings, uncommitted work too
  tocsin check --fix                    mends what has one right form, and reports the rest
  tocsin check --baseline               what is found today is known from now on; later: takes out what is mended

exit status: 0 well, 1 findings at error level, 2 wrong use, 3 nothing to check"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only what is in these files and folders")
    parser.add_argument("--format", choices=sorted(REPORTERS), default="text", help="how to report (default: text)")
    parser.add_argument("--strict", action="store_true", help="warnings fail as errors do")
    parser.add_argument("--since", metavar="REV", help="report only what was not found where the change from REV began")
    parser.add_argument("--fix", action="store_true", help="mend the sources where there is one right form")
    parser.add_argument("--baseline", action="store_true", help="write baseline.yaml, or take out of it what is mended")
    check_tests.configure(parser)
    check_shell.configure(parser)
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Mends and writes what is asked for, checks, reports, and fails on what must be mended."""
    if arguments.baseline and (arguments.paths or arguments.since is not None):
        raise UsageError("--baseline is about everything: it goes with neither PATH nor --since")
    if arguments.fix:
        from generator.commands.mending import mend

        mend(arguments)
    if arguments.baseline:
        from generator.commands.baseline import write

        write(arguments)
    workspace, tested = _with_places(open_workspace(arguments)), None
    told = check_shell.run_shellcheck(workspace.catalog, workspace.root, arguments)
    retests = [check_shell.retest(workspace.root, arguments)]
    if arguments.tests:
        workspace, tested = check_tests.run_tests(workspace, arguments)
        retests.append(check_tests.retest(workspace.root, arguments))
    context = replace(workspace.context, tested={**workspace.context.tested, **told})
    chosen = select(replace(workspace, context=context), arguments, retest=_together(retests))
    if chosen.known:
        sys.stderr.write(f"{chosen.known} more were there before {arguments.since}\n")
    sys.stdout.write(report(arguments.format, chosen.findings, chosen.sources, tested))
    return Exit.FINDINGS if fails(chosen.findings, strict=arguments.strict) else Exit.WELL


def _with_places(workspace: Workspace) -> Workspace:
    """With what is wrong with the places of `publish`, which no other command reads and which it would say too late."""
    written = workspace.catalog.settings.values.get("publish")
    if written is None:
        return workspace
    from generator.commands.publish import PLACES

    try:
        PLACES.read(written)
    except ValueError as refusal:
        finding = Finding(Ref(PATH, ("publish",)), str(refusal), check="schema/value")
        return replace(workspace, catalog=replace(workspace.catalog, findings=(*workspace.catalog.findings, finding)))
    return workspace


def _together(retests: Sequence[Retest]) -> Retest:
    return lambda catalog, context: {key: found for each in retests for key, found in each(catalog, context).items()}


def fails(findings: Sequence[Finding], *, strict: bool = False) -> bool:
    """Whether findings make a command fail."""
    worst = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    return any(each.level in worst for each in findings)
