"""What a query of a specification is, as far as importers must know it: the ranges in it, and bare counters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.promql import Query, parse
from generator.analysis.promql.tree import Aggregation, Selector
from generator.analysis.slos.selectors import parse_selector
from generator.analysis.slos.sli import WINDOW, has_window, with_window
from generator.documents.yaml import shorten
from generator.records import dataclass

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\#[^\n]*)
    | \[(?P<range>[^\[\]"'`]*)\]
    | (?P<open>[({]) | (?P<close>[)}]) | (?P<operator>[-+*/%^<>=!]|\b(?:and|or|unless|atan2)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_MACRO = re.compile(r"\$\{?(?:__)?(?:rate_interval|interval|range|window)(?:_s|_ms)?\}?", re.IGNORECASE)
_SUM = re.compile(
    r"sum\s*(?:by\s*\((?P<before>[^()]*)\)\s*)?\((?P<inside>.*?)\)\s*(?:by\s*\((?P<after>[^()]*)\)\s*)?",
    re.DOTALL | re.IGNORECASE,
)
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
STRETCHABLE = frozenset({"rate", "increase", "sum_over_time", "count_over_time", "avg_over_time"})
"""Functions that mean the same over another window. The slope of two samples (irate) or a quantile does not."""
DEPTH = 100
OPERATORS = 1000
"""How deep parentheses may be nested, and how many operators there may be: the parser recurses, and is not ours."""


class NotCertain(ValueError):
    """Why a query cannot be turned into one for any window; a sentence."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A bare selector of a counter, and the labels by which the query kept its sums apart."""

    selector: str
    by: tuple[str, ...] = ()


def counter(query: str) -> Counter | None:
    """The counter that the query is, bare or summed: `x{a="b"}`, `sum by (c) (x)`. None for all else."""
    text = unwrapped(query)
    by = ""
    if found := _SUM.fullmatch(text):
        by, text = found["before"] or found["after"] or "", unwrapped(found["inside"])
    labels = tuple(name.strip() for name in by.split(",") if name.strip())
    try:
        selector = str(parse_selector(text))
    except ValueError:
        return None
    return Counter(selector, labels) if all(map(_LABEL.fullmatch, labels)) else None


def over_any_window(query: str) -> str:
    """The query with `{{.window}}` in place of its one range.

    Raises:
        NotCertain: it has no range, several that differ, or one that another window would change the meaning of.
    """
    if has_window(query):
        return query
    found = list(ranges(query))
    said = sorted({text for _, _, text in found})
    if not found:
        raise NotCertain("has no range such as [5m], so nothing in it can take another window")
    if any(":" in text for text in said):
        raise NotCertain("has a subquery, of which nobody can say which of its ranges is the window")
    if len(said) > 1:
        raise NotCertain(f"has several ranges ({', '.join(f'[{text}]' for text in said)}); which is the window?")
    if odd := sorted(_functions(parsed(query)) - STRETCHABLE):
        raise NotCertain(f"has {odd[0]}(), which means something else over another window")
    return _replaced(query, found)


def ranges(query: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of all that stands in square brackets, outside of texts and comments."""
    for token in _TOKEN.finditer(query):
        if token["range"] is not None:
            yield token.start("range"), token.end("range"), token["range"].strip()


def parsed(query: str) -> Query:
    """The query as the parser understood it, macros of dashboards and `{{.window}}` read as 5m.

    Raises:
        NotCertain: it is no PromQL, or more than a parser that recurses should be asked to read.
    """
    plain = with_window(query, "5m")
    plain = _replaced(plain, [each for each in ranges(plain) if _MACRO.fullmatch(each[2])], "5m")
    deepest, operators = _size(plain)
    if deepest > DEPTH:
        raise NotCertain("nests its parentheses too deep")
    if operators > OPERATORS:
        raise NotCertain(f"has more than {OPERATORS} operators")
    found = parse(plain)
    if found.tree is None:
        raise NotCertain(f"is no PromQL ({shorten(found.refusal, 120)})")
    return found


def is_one_sum(query: str) -> bool:
    """Whether it is aggregated on the outside, so that numerator and denominator have the same labels."""
    return isinstance(parsed(query).tree, Aggregation)


def unwrapped(query: str) -> str:
    """Without blanks and parentheses around the whole."""
    text = query.strip()
    while text.startswith("(") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def enclosed(query: str) -> str:
    """In parentheses, the last of which a comment in the query must not swallow."""
    text = query.strip()
    return f"({text}\n)" if "#" in text else f"({text})"


def _closes(text: str) -> int:
    """Where the parenthesis closes with which the text opens; -1 where it does not."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += bool(token["open"]) - bool(token["close"])
        if token["close"] and depth <= 0:
            return token.start() if token["close"] == ")" else -1
    return -1


def _size(text: str) -> tuple[int, int]:
    """How deep it nests its parentheses, and how many operators it has."""
    deepest = depth = operators = 0
    for token in _TOKEN.finditer(text):
        depth += bool(token["open"]) - bool(token["close"])
        deepest = max(deepest, depth)
        operators += bool(token["operator"])
    return deepest, operators


def _replaced(query: str, found: list[tuple[int, int, str]], by: str = WINDOW) -> str:
    for start, end, _ in reversed(found):
        query = query[:start] + by + query[end:]
    return query


def _functions(query: Query) -> set[str]:
    """Names of the functions that are applied to a range."""
    return {
        call.name
        for call in query.calls
        for each in call.arguments
        if isinstance(each, Selector) and each.range is not None
    }
