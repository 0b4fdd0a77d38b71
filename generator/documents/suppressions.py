"""Comments that silence a finding: `# tocsin: ignore[check/id] until 2027-01-31 reason`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yaml import YAMLError
from yaml.events import ScalarEvent

from generator.documents.errors import position
from generator.documents.events import events
from generator.findings import Finding, Ref, Span
from generator.times import parse_date

YAML_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tocsin:(?P<rest>[^\r\n]*)", re.MULTILINE)
HTML_COMMENT = re.compile(r"<!--[ \t]*tocsin:(?P<rest>[^\r\n]*?)[ \t]*-->")
YAML_ALONE = re.compile(r"[ \t]*#.*")
HTML_ALONE = re.compile(r"[ \t]*<!--[ \t]*tocsin:.*-->[ \t]*")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\r\n]*", re.MULTILINE)
ORDER = re.compile(r"\s*ignore\[(?P<checks>[^\]]*)\](?:\s+until\s+(?P<until>\S+))?(?P<reason>.*)")
CHECK = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
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
    found: list[Suppression] = []
    faults: list[Finding] = []
    if "tocsin:" not in text:
        return (), faults
    for comment in (*yaml_comments(yaml), *html_comments(text, len(yaml) if yaml != text else len(text))):
        line, column = position(text, comment.start())
        if (read := order(comment["rest"])) is None:
            where = Ref(path, span=Span(line, column, line, column + len(comment.group())))
            faults.append(Finding(where, "this comment to tocsin cannot be read", FORM, check="source/suppression"))
            continue
        checks, until, reason = read
        alone, target = aim(text, line, YAML_ALONE if comment.re is YAML_COMMENT else HTML_ALONE)
        found.extend(Suppression(check, line, column, alone, target, until, reason) for check in checks)
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
    return (each for each in found if not any(start <= each.start() < end for start, end in inside))


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
    return out


def html_comments(text: str, start: int) -> Iterator[re.Match[str]]:
    """Comments to us in a Markdown body, those in fenced code left out."""
    closing = ""
    fences: list[int] = []
    for fence in FENCE.finditer(text, start):
        if not closing or (fence[1].startswith(closing) and fence.group().strip() == fence[1]):
            closing = "" if closing else fence[1]
            fences.append(fence.start())
    for comment in HTML_COMMENT.finditer(text, start):
        if sum(at < comment.start() for at in fences) % 2 == 0:
            yield comment


def aim(text: str, line: int, alone: re.Pattern[str]) -> tuple[bool, int]:
    """Whether the comment on that line stands alone, and the line of which it speaks: the next that is no comment."""
    lines = re.split(r"\r\n?|\n", text)
    if not alone.fullmatch(lines[line - 1]):
        return False, line
    following = (n for n, each in enumerate(lines[line:], line + 1) if each.strip() and not alone.fullmatch(each))
    return True, next(following, line)
