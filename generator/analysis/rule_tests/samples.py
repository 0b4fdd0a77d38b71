"""Label values that matchers accept, so that a made-up series is one that a selector selects."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.records import dataclass

_PARTS = re.compile(r"([a-zA-Z_][a-zA-Z0-9_]*)(=~|!~|!=|=)(.*)", re.DOTALL)
_NESTED = re.compile(r"[*+?}]\)*[*+?{]|[*+?}][^()]*\)+[*+{]|\{[0-9,]*[0-9]{2}|\(\?[^:i]|\\[pPbBAzQEx]|\[:\^?[a-z]+:\]")
_LONGEST = 200
_COMMON = ("a", "200", "0", "x", "b", "")


@dataclass(frozen=True, slots=True)
class Matcher:
    """One matcher of a selector; `op` as in PromQL."""

    label: str
    op: str
    value: str

    def accepts(self, text: str) -> bool:
        """Whether a label with this value is selected (an empty one: a label that is not there)."""
        same = re.fullmatch(self.value, text) is not None if self.op.endswith("~") else text == self.value
        return same is not self.op.startswith("!")


def parse(matchers: Iterable[str]) -> tuple[Matcher, ...] | None:
    """Matchers as selectors hold them; None where one is beyond what can be made up here."""
    found = []
    for text in matchers:
        parts = _PARTS.fullmatch(text)
        value = None if parts is None else _unquoted(parts[3])
        if parts is None or value is None or parts[1] == "__name__":
            return None
        if parts[2].endswith("~") and not _plain_enough(value):
            return None
        found.append(Matcher(parts[1], parts[2], value))
    return tuple(found)


def labels_for(matchers: Sequence[Matcher], without: Sequence[Matcher] | None = None) -> dict[str, str] | None:
    """Labels that all matchers accept, and of `without` at least one does not; None where none were found."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(each.label for each in matchers):
        value = next((text for text in _candidates(name, matchers) if _accepted(name, text, matchers)), None)
        if value is None:
            return None
        found[name] = value
    return found if without is None else _refused(found, matchers, without)


def _refused(
    found: Mapping[str, str], matchers: Sequence[Matcher], without: Sequence[Matcher]
) -> dict[str, str] | None:
    for each in without:
        for text in _candidates(each.label, (*matchers, *without)):
            if not each.accepts(text) and _accepted(each.label, text, matchers):
                return {**found, each.label: text}
    return None


def _accepted(name: str, text: str, matchers: Sequence[Matcher]) -> bool:
    return all(each.accepts(text) for each in matchers if each.label == name)


def _candidates(name: str, matchers: Sequence[Matcher]) -> Iterator[str]:
    for each in matchers:
        if each.label == name:
            yield from _examples(each.value) if each.op.endswith("~") else (each.value,)
    yield from _COMMON


def _unquoted(quoted: str) -> str | None:
    if quoted.startswith("`"):
        return quoted[1:-1]
    inside = quoted[1:-1].replace("\\'", "'") if quoted.startswith("'") else quoted[1:-1]
    try:
        text = json.loads(f'"{inside}"')
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _plain_enough(pattern: str) -> bool:
    """Whether Python reads it as Prometheus does, and in no time."""
    if len(pattern) > _LONGEST or _NESTED.search(pattern):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):  # it warns of what other engines read otherwise
        return False
    return True


def _examples(pattern: str) -> Iterator[str]:
    """Texts that a pattern may match: the choices it is made of, each with its shortest repetitions."""
    for choice in _choices(pattern):
        yield _shortest(choice)


def _choices(pattern: str) -> list[str]:
    """The alternatives outside all brackets; one pair of parentheses around everything is none."""
    stripped = pattern.removeprefix("^").removesuffix("$")
    outer = re.fullmatch(r"\((?:\?:|\?i:)?([^()]*)\)", stripped)
    found, depth, at = [""], 0, 0
    text = outer[1] if outer else stripped
    while at < len(text):
        size = 2 if text[at] == "\\" else 1
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text[at], 0)
        if text[at] == "|" and not depth:
            found.append("")
        else:
            found[-1] += text[at : at + size]
        at += size
    return found


_UNIT = re.compile(
    r"(?P<escape>\\.)|(?P<klass>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<group>\((?:\?:|\?i:)?(?P<inside>[^()]*)\))|(?P<one>.)",
    re.DOTALL,
)
_TIMES = re.compile(r"[*?]|\+|\{([0-9]+)(?:,[0-9]*)?\}")
_CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "n": "\n", "t": "\t"}


def _shortest(pattern: str) -> str:
    out, at = "", 0
    while (unit := _UNIT.match(pattern, at)) is not None:
        at = unit.end()
        count = 1
        if (times := _TIMES.match(pattern, at)) is not None:
            at = times.end()
            count = 0 if times[0] in ("*", "?") else int(times[1] or 1)
        out += _one(unit) * count
    return out


def _one(unit: re.Match[str]) -> str:
    if unit["escape"]:
        return _CLASSES.get(unit[0][1], unit[0][1])
    if unit["klass"]:
        return next((c for c in "5a0A-_ .~" if re.fullmatch(unit[0], c)), "")
    if unit["group"]:
        return _shortest(_choices(unit["inside"])[0])
    return {".": "0", "^": "", "$": ""}.get(unit[0], unit[0])
