"""What promtool prints, taken apart: 2.42 and 3.x say the same things in slightly different lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

from generator import times
from generator.records import dataclass

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_EXPRESSION = re.compile(rf"^ *expr: (?P<query>{_QUOTED}), time: (?P<time>[0-9a-z]+),(?P<rest>.*)$")
_EVALUATION = re.compile(r"^ *rule: (?P<rule>.*), time: [0-9a-z]+, err: (?P<why>.*)$")
_REFUSED = re.compile(
    rf"^(?:[0-9]+:[0-9]+: )?group (?P<group>{_QUOTED}), rule (?P<number>[0-9]+), {_QUOTED}: (?P<why>.*)$", re.DOTALL
)
_POSITION = re.compile(r"could not parse expression: (?P<line>[0-9]+):(?P<column>[0-9]+): (?P<why>.*)", re.DOTALL)
_WORDS = re.compile(r"^ *(?:FAILED|SUCCESS)|^(?:Unit Testing|Processing test file|Checking)\b")
_DETAIL = re.compile(r"^ *(?P<what>exp|got): ?(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class Failure:
    """A moment whose answer is another than the expected one, or one whose query does not run (`why`)."""

    query: str
    at: timedelta
    expected: str = ""
    found: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class BadRule:
    """A rule that is refused; `line` and `column` lead into its expression, from 1, columns in bytes."""

    group: str
    number: int
    why: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class BadEvaluation:
    """A rule that cannot be evaluated in a test."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else that it complains of, as it is."""

    text: str


def failures(output: str) -> Iterator[Failure | BadEvaluation | Other]:
    """What `promtool test rules` says of one file."""
    lines = [line for line in output.splitlines() if line.strip() and not _WORDS.match(line)]
    at = 0
    while at < len(lines):
        expression, evaluation = _EXPRESSION.match(lines[at]), _EVALUATION.match(lines[at])
        at += 1
        if evaluation is not None:
            yield BadEvaluation(evaluation["rule"], evaluation["why"])
        elif expression is None or (query := _unquoted(expression["query"])) is None:
            yield Other(lines[at - 1].strip())
        else:
            details: dict[str, str] = {}
            while at < len(lines) and (detail := _DETAIL.match(lines[at])) is not None:
                details[detail["what"]] = detail["value"].strip()
                at += 1
            why = expression["rest"].strip().removeprefix("err:").strip()
            moment = times.parse_duration(expression["time"])
            yield Failure(query, moment, details.get("exp", ""), details.get("got", ""), why)


def refusals(path: str, output: str) -> Iterator[BadRule | Other]:
    """What `promtool check rules` says of the file at `path`."""
    for text in _complaints(path, output):
        refused = _REFUSED.match(text)
        if refused is None:
            yield Other(text)
            continue
        group, number = _unquoted(refused["group"]) or "", int(refused["number"])
        place = _POSITION.match(refused["why"])
        if place is None:
            yield BadRule(group, number, refused["why"])
        else:
            yield BadRule(group, number, place["why"], int(place["line"]), int(place["column"]))


def _complaints(path: str, output: str) -> Iterator[str]:
    """One text a complaint: each starts with the path, and may go on for several lines."""
    found: list[str] = []
    for line in output.splitlines():
        if line.startswith(f"{path}: "):
            found.append(line.removeprefix(f"{path}: "))
        elif line.strip() and not _WORDS.match(line):
            if found:
                found[-1] += f" {line.strip()}"
            else:
                found.append(line.strip())
    yield from found


def _unquoted(text: str) -> str | None:
    """Text as Go quotes it; None for escapes that nobody types."""
    try:
        plain = json.loads(text)
    except ValueError:
        return None
    return str(plain)
