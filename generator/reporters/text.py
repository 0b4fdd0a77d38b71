"""The form for people: one block a finding, greppable, and one line at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.findings import Finding, Level, Ref, Span

if TYPE_CHECKING:
    from generator.analysis.rule_tests.results import Results


def report(findings: Sequence[Finding], sources: int, tested: Results | None = None) -> str:
    """Blocks of `path:line:column: level[id]: message`, hints and related places indented, then the summary.

    Before the summary it says how much `check --fix` would mend.
    """
    fixes = sum(len(each.fixes) for each in findings)
    mend = [f"{fixes} can be mended: tocsin check --fix\n"] if fixes else []
    tests = [] if tested is None else [f"{tests_summary(tested)}\n"]
    return "".join([*map(block, findings), *mend, *tests, f"{summary(findings, sources)}\n"])


def block(finding: Finding) -> str:
    """One finding."""
    lines = [f"{place(finding.where)}: {finding.level}[{finding.check}]: {_one_line(finding.message)}"]
    if finding.hint:
        lines.append(f"  hint: {_one_line(finding.hint)}")
    lines += [f"  see: {place(each.where)}: {_one_line(each.message)}" for each in finding.related]
    return "".join(f"{line}\n" for line in lines)


def place(where: Ref) -> str:
    """`path:line:column`."""
    span = where.span or Span()
    return f"{_visible(where.path)}:{span.line}:{span.column}"


def summary(findings: Sequence[Finding], sources: int) -> str:
    """`3 errors, 1 warning in 42 sources`; what there is none of is left out, but for errors."""
    counts = {level: sum(each.level is level for each in findings) for level in Level}
    parts = [count(number, level.value) for level, number in counts.items() if number or level is Level.ERROR]
    return f"{', '.join(parts)} in {count(sources, 'source')}"


def tests_summary(tested: Results) -> str:
    """`tests: 40 passed, 1 failed; 7 of 9 alerts tested (promtool 3.16.0)`."""
    alerts = f"{len(tested.alerts) - len(tested.untested)} of {count(len(tested.alerts), 'alert')} tested"
    left_out = f"; {count(len(tested.skipped), 'service')} left out for errors" if tested.skipped else ""
    return f"tests: {tested.tests - tested.failed} passed, {tested.failed} failed; {alerts}{left_out} ({tested.tool})"


def count(number: int, word: str) -> str:
    """A number with its word, in the plural where it is not one."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _one_line(text: str) -> str:
    """Text from sources cannot break a line, move the cursor or colour the terminal."""
    return _visible(text.replace("\n", " ").replace("\t", " "))


def _visible(text: str) -> str:
    """What does not print, as an escape: a file's name with a line break in it is not one with a blank."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
