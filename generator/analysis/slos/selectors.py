"""Bare PromQL selectors, as SLIs are written in: joined, with every literal as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from generator.records import dataclass

_METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_MATCHER = re.compile(
    r"""\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)\s*"""
)
_WINDOW = re.compile(r"\{\{\s*\.window\s*\}\}")


@dataclass(frozen=True, slots=True)
class Selector:
    """A metric's name and matchers such as `code=~"5.."`."""

    metric: str
    matchers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.metric}{{{','.join(self.matchers)}}}" if self.matchers else self.metric

    def joined(self, matchers: Iterable[str]) -> Selector:
        """With more matchers after its own; one that is there already is not repeated."""
        return Selector(self.metric, tuple(dict.fromkeys((*self.matchers, *matchers))))

    def suffixed(self, suffix: str, *matchers: str) -> Selector:
        """Of the series that belongs to this one: `_bucket`, `_count`."""
        return Selector(self.metric + suffix, (*self.matchers, *matchers))


def parse_selector(text: str) -> Selector:
    """A metric's name, with or without matchers.

    Raises:
        ValueError: it is anything else (a function, a range, an offset, a selector without a name).
    """
    stripped = text.strip()
    name = _METRIC.match(stripped)
    rest = stripped[name.end() :].strip() if name else ""
    if not name or (rest and not (rest.startswith("{") and rest.endswith("}"))):
        raise ValueError(f"'{stripped}' is no bare selector; a counter such as http_requests_total{{code=~\"5..\"}} is")
    return Selector(name[0], parse_matchers(rest[1:-1]) if rest else ())


def parse_matchers(text: str) -> tuple[str, ...]:
    """Matchers separated by commas, with or without braces around them; an empty text has none.

    Raises:
        ValueError: it is no list of matchers.
    """
    inside = text.strip()
    if inside.startswith("{") and inside.endswith("}"):
        inside = inside[1:-1].strip()
    found: list[str] = []
    position = 0
    while position < len(inside):
        match = _MATCHER.match(inside, position)
        if not match or inside[match.end() : match.end() + 1] not in ("", ","):
            raise ValueError(f'\'{text.strip()}\' is no list of label matchers; app="web",env!="dev" is one')
        if _WINDOW.search(match[3]):
            raise ValueError(f"'{match[0].strip()}' has a window inside a string; bare selectors take none")
        found.append("".join(match.groups()))
        position = match.end() + 1
    return tuple(found)


def fault_offset(text: str) -> int:
    """Where a text stops being a bare selector, or a list of matchers; its start where it does not begin as one."""
    name = _METRIC.match(text, len(text) - len(text.lstrip()))
    after = name.end() if name else 0
    at = after + len(text[after:]) - len(text[after:].lstrip())
    if not text.startswith("{", at):
        return 0 if text.startswith("(", at) else at
    at += 1
    while (matcher := _MATCHER.match(text, at)) and text[matcher.end() : matcher.end() + 1] == ",":
        if window := _WINDOW.search(text, at, matcher.end()):
            return window.start()
        at = matcher.end() + 1
    if matcher and (window := _WINDOW.search(text, at, matcher.end())):
        return window.start()
    end = matcher.end() if matcher else at
    closed = end + len(text[end:]) - len(text[end:].lstrip())
    if not text.startswith("}", closed):
        return closed
    behind = text[closed + 1 :]
    return closed + 1 + len(behind) - len(behind.lstrip())


def matcher_origin(written: str, expr: str, offset: int) -> int | None:
    """Where in a written selector a character of an expression made from it stands; None where it is of no matcher."""
    for found in _MATCHER.finditer(written):
        matcher = "".join(found.groups())
        start = expr.rfind(matcher, 0, offset + len(matcher))
        if start >= 0 and offset < start + len(matcher):
            into = offset - start - len(matcher) + len(found[3])
            return found.start(3) + into if into >= 0 else found.start(1)
    return None


def le_matcher(seconds: str) -> str:
    """The matcher of a histogram's bucket, in any of the forms in which clients write a whole number."""
    if "." in seconds:
        return f'le="{seconds}"'
    return f'le=~"{seconds}|{seconds}\\\\.0"'


@lru_cache(maxsize=1024)
def literal(text: str) -> str:
    """A PromQL string literal: the escapes of JSON are among those of PromQL."""
    return json.dumps(text, ensure_ascii=False)
