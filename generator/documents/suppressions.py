"""Comments that silence a finding: `# tocsin: ignore[check/id] until 2027-01-31 reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from yaml import YAMLError
from yaml.events import ScalarEvent

from generator.documents.events import events
from generator.findings import Finding, Ref, Span
from generator.records import dataclass
from generator.times import parse_date

YAML_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tocsin:(?P<rest>[^\r\n]*)", re.MULTILINE)
HTML_COMMENT = re.compile(r"<!--[ \t]*tocsin:(?P<rest>(?:(?!<!--)[^\r\n])*?)-->")
YAML_ALONE = re.compile(r"[ \t]*#.*")
HTML_ALONE = re.compile(r"[ \t]*<!--[ \t]*tocsin:.*-->[ \t]*")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\r\n]*", re.MULTILINE)
ORDER = re.compile(r"\s*ignore\[(?P<checks>[^\]]*)\](?:\s+until\s+(?P<until>\S+))?(?P<reason>.*)")
CHECK = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
BREAK = re.compile(r"\r\n?|\n")
FAULTS = 20
"""How many comments of one file that cannot be read are told."""
FORM = "write 'tocsin: ignore[check/id] until 2027-01-31 reason' ('until' may be left out)"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One such comment. It silences findings of `check` on its own line, or on the next line when it stands alone."""

    check: str
    """The id of the check; several ids in one comment make several suppressions."""
    line: int
    """The line on which the comment stands."""
    column: int
    """The column of its first character (the `#` or the `<!--`)."""
    alone: bool
    """Whether nothing else stands on that line: then it speaks of the next line that has content."""
    target_line: int
    """The line of which it speaks."""
    until: date | None
    """The last day on which it counts; None: for ever."""
    reason: str
    """Why; an empty reason is itself a finding (of the engine that uses suppressions)."""


def suppressions(path: str, text: str, yaml: str) -> tuple[tuple[Suppression, ...], list[Finding]]:
    """The suppressions in a file, and findings for those that cannot be read.

    `yaml` is the part of the text, from its start, that is YAML: all of it, or the front matter.
    """
    if "tocsin:" not in text:
        return (), []
    found: list[Suppression] = []
    faults: list[Finding] = []
    lines = _Lines(text)
    for comment in (*yaml_comments(yaml), *(html_comments(text, len(yaml)) if path.endswith(".md") else ())):
        line, column = lines.position(comment.start())
        read = order(comment["rest"])
        if read:
            alone, target = lines.aim(line, html=comment.re is HTML_COMMENT)
            found.extend(Suppression(check, line, column, alone, target, *read[1:]) for check in read[0])
        elif len(faults) < FAULTS:
            where = Ref(path, span=Span(line, column, line, column + len(comment.group())))
            faults.append(Finding(where, "this comment to tocsin cannot be read", FORM, check="source/suppression"))
    return tuple(found), faults


def order(rest: str) -> tuple[list[str], date | None, str] | None:
    """(checks, until, reason), or None where the comment says something else."""
    found = ORDER.fullmatch(rest)
    checks = [check.strip() for check in found["checks"].split(",")] if found else []
    if not found or not all(CHECK.fullmatch(check) for check in checks):
        return None
    try:
        until = parse_date(found["until"]) if found["until"] else None
    except ValueError:
        return None
    return checks, until, found["reason"].strip()


def yaml_comments(text: str) -> Iterator[re.Match[str]]:
    """Comments to us, those that are part of a text value left out."""
    found = list(YAML_COMMENT.finditer(text))
    inside = scalars(text) if found else []
    for comment in found:
        number = bisect_right(inside, (comment.start(), len(text)))
        if not number or inside[number - 1][1] <= comment.start():
            yield comment


def scalars(text: str) -> list[tuple[int, int]]:
    """Where the scalars of the text stand, as indices."""
    out: list[tuple[int, int]] = []
    try:
        for event in events(text):
            if isinstance(event, ScalarEvent):
                marked: Any = event
                out.append((marked.start_mark.index, marked.end_mark.index))
    except YAMLError:
        pass  # a broken second document: what came before it counts
    return sorted(out)


def html_comments(text: str, start: int) -> Iterator[re.Match[str]]:
    """Comments to us in a Markdown body, those in fenced code left out."""
    closing = ""
    fences: list[int] = []
    for fence in FENCE.finditer(text, start):
        if not closing or (fence[1].startswith(closing) and fence.group().strip() == fence[1]):
            closing = "" if closing else fence[1]
            fences.append(fence.start())
    for comment in HTML_COMMENT.finditer(text, start):
        if bisect_right(fences, comment.start()) % 2 == 0:
            yield comment


class _Lines:
    """The lines of a text, looked at once however many comments there are."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self.lines = BREAK.split(text)
        self.targets: dict[bool, list[int]] = {}

    def position(self, index: int) -> tuple[int, int]:
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def aim(self, line: int, *, html: bool) -> tuple[bool, int]:
        """Whether the comment on that line stands alone, and the line of which it speaks: the next that is none."""
        if html not in self.targets:
            self.targets[html] = self.next_contents(HTML_ALONE if html else YAML_ALONE)
        target = self.targets[html][line - 1]
        return (False, line) if target == line else (True, target or line)

    def next_contents(self, alone: re.Pattern[str]) -> list[int]:
        """For every line the number of the first line from there on that is neither empty nor a comment; 0: none."""
        out: list[int] = []
        target = 0
        for number in range(len(self.lines), 0, -1):
            line = self.lines[number - 1]
            if line.strip() and not alone.fullmatch(line):
                target = number
            out.append(target)
        return out[::-1]
