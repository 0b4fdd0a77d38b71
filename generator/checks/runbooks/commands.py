"""The commands of runbooks: there are some, they can be run as they stand, and the dangerous ones say so."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.runbooks.commands import parameter, undeclared, without_command
from generator.analysis.runbooks.destructive import destructive, warned
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.runbooks.sections import at, in_use, listed
from generator.context import Context
from generator.findings import Finding, did_you_mean

LONGEST = 60


@check("runbook/step-without-command", level="warning")
def step_without_command(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A numbered step of the diagnosis has no command.

    "Check the database" is no step for somebody who has never seen it. Give each the command that answers its
    question, in a block below it, and say what the answer means. A command inside the sentence (`kubectl get pods`)
    counts; a link does not: it can stand beside the command.
    """
    for runbook, found in in_use(catalog):
        if steps := list(without_command(found)):
            numbers = listed((f"{step.number} ('{_short(step.text)}')" for step in steps), 2)
            word = "step" if len(steps) == 1 else "steps"
            yield Finding(
                at(runbook, steps[0].line),
                f"the diagnosis of runbook '{runbook.id}' has no command in {word} {numbers}",
                "put the command that answers it into a block below the step",
                subject=runbook.id,
            )


@check("runbook/destructive", level="warning")
def destructive_command(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A command destroys something, and no warning stands near it.

    People copy what is on the page before they have read it. Put a block above it that says what it costs, whom it
    hits, and how to take it back:

        !!! warning
            Requests that this pod is answering are lost. A new one is there after 30 seconds.

    That is `kubectl delete`, `drain` and `scale --replicas=0`, `rm -rf`, `DROP`, `TRUNCATE` and `DELETE FROM`,
    `terraform destroy`, `helm uninstall`, `git push --force` and the like. A warning counts in the same step, between
    the block and the one before it, or where its section begins; as an admonition, a quotation (`> **Warning**`,
    `> [!CAUTION]`) or a paragraph that begins with the word, in English or Spanish. `--dry-run` destroys nothing.
    """
    for runbook, found in in_use(catalog):
        bare = [(line, command) for block, line, command in destructive(found) if not warned(found, block)]
        if bare:
            more = f", and {len(bare) - 1} more" if len(bare) > 1 else ""
            yield Finding(
                at(runbook, bare[0][0]),
                f"no warning stands near '{_short(bare[0][1])}' in runbook '{runbook.id}'{more}",
                "write `!!! warning` above the block: what it costs, whom it hits, how to take it back",
                subject=runbook.id,
            )


@check("runbook/placeholder", level="warning")
def placeholder(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A command has a placeholder that is no parameter of its runbook.

    What is declared in front matter (`parameters: {namespace: default}`) and written `$NAMESPACE` is filled in from the
    alert's link. Everything else somebody has to find out and to type at 3 am, and a shell takes `$POD` for nothing and
    `<pod>` for a file. Declare it, or let the block find it out: `POD=$(kubectl get pods …)`.

    Variables that the block or one above it sets, that have a default (`${SINCE:-1h}`) or that every shell has
    (`$HOME`) are none; nothing is said where a script is read with `source`.
    """
    for runbook, found in in_use(catalog):
        unknown = list(undeclared(found, runbook.parameters))
        if unknown:
            first = unknown[0]
            names = listed((f"{each.written} (line {each.line})" for each in unknown), 4)
            meant = did_you_mean(first.name.upper(), {name.upper() for name in runbook.parameters})
            name = parameter(first.name)
            yield Finding(
                at(runbook, first.line, first.column),
                f"no parameter of runbook '{runbook.id}' declares {names}",
                meant or f"declare it, `parameters: {{{name}: …}}`, and write ${name.upper()}; or set it in the block",
                subject=runbook.id,
            )


@check("runbook/shellcheck", level="warning")
def shellcheck(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A block of commands has a fault that shellcheck finds.

    `tocsin check` runs shellcheck where it is installed, once for all blocks for a shell (`bash`, `sh`, `shell`,
    `console`, and those that show prompts). Placeholders may stand in them, and a variable may be set in another block.
    Its number leads to shellcheck's own page: `https://www.shellcheck.net/wiki/SC2086`. `# shellcheck disable=SC2086`
    above a line of the block switches one off.

    Where there are hundreds of blocks that takes seconds, and a note says that it was left: `tocsin check --shellcheck`
    takes the time, `--no-shellcheck` is quiet. Other commands never run it: pages do not depend on what is installed.
    """
    yield from context.tested.get("runbook/shellcheck", ())


@check("runbook/shellcheck-not-run", level="note")
def shellcheck_not_run(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The blocks of the runbooks were not given to shellcheck, though it is installed.

    There are so many that it would take seconds (`tocsin check --shellcheck` takes them, in CI for instance), or it
    gave no answer that can be read.
    """
    yield from context.tested.get("runbook/shellcheck-not-run", ())


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
