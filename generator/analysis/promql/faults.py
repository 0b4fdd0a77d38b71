"""Why a query is refused and where: the grammar's own fault, else the parser's reason at the part that it concerns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.analysis.promql.cursor import Fault
from generator.analysis.promql.names import COMPARISONS, SETS
from generator.analysis.promql.parsing import parse
from generator.analysis.promql.scan import Scan, scan
from generator.analysis.promql.tokens import Token, tokens
from generator.records import dataclass

PARTS = 200
"""So many parts of a query are parsed on their own at most, to find the one that is refused."""
LONG = 20_000
"""Characters of a query beyond which no part is looked for."""

Place = Callable[["Part"], int]


@dataclass(frozen=True, slots=True)
class Part:
    """The smallest part that is refused on its own, and why."""

    text: str
    start: int
    refusal: str

    def tokens(self) -> list[Token]:
        """Its tokens."""
        return list(tokens(self.text))


@lru_cache(maxsize=4096)
def fault(text: str) -> Fault | None:
    """The fault of a query; None where the parser takes it."""
    query = parse(text)
    if query.tree is not None:
        return None
    walked = scan(text)
    if walked.fault is not None:
        return walked.fault
    part = _smallest(text, walked, query.refusal)
    for reason, place, message, hint in REASONS:
        if found := re.fullmatch(reason, part.refusal, re.DOTALL):
            return Fault(part.start + place(part), found.expand(message), found.expand(hint))
    return Fault(part.start, part.refusal)


def _smallest(text: str, walked: Scan, refusal: str) -> Part:
    if len(text) <= LONG:
        for group in sorted(walked.groups, key=lambda each: each.end - each.start)[:PARTS]:
            inner = text[group.start : group.end]
            if said := parse(inner).refusal:
                return Part(inner, group.start, said)
    return Part(text, 0, refusal)


def _start(part: Part) -> int:
    found = part.tokens()
    return found[0].start if found else 0


def _first(*words: str) -> Place:
    """The first of these tokens, else the start."""

    def place(part: Part) -> int:
        return next((each.start for each in part.tokens() if each.text.lower() in words), _start(part))

    return place


def _last(*words: str) -> Place:
    def place(part: Part) -> int:
        return next((each.start for each in reversed(part.tokens()) if each.text.lower() in words), _start(part))

    return place


def _quoted(part: Part) -> int:
    """The string that the parser's words end with, as a token."""
    said = part.refusal.split(" ")[-1]
    return next((each.start for each in part.tokens() if each.kind == "string" and said in each.text), _start(part))


def _escape(part: Part) -> int:
    """The backslash before the letter that the parser names."""
    letter = part.refusal[-2]
    for each in part.tokens():
        if each.kind == "string" and (at := each.text.find("\\" + letter)) > 0:
            return each.start + at
    return _start(part)


_RANGED = r"expected type matrix in call to function '(\w+)', got vector"
REASONS: tuple[tuple[str, Place, str, str], ...] = (
    (r"unary expression only allowed .* got: (\w+)", _start, r"a sign stands before a \1", ""),
    (r"unknown escape sequence '(.*)'", _escape, r"\\\1 is no escape in a string", r"a backslash is written \\\\"),
    (_RANGED, _start, r"\1 takes a range, and gets a vector without one", r"write \1(metric[5m])"),
    (
        r"expected type vector in call to function '(\w+)', got matrix",
        _start,
        r"\1 takes a vector, and gets a range",
        "leave the brackets out, or put a function such as rate around",
    ),
    (
        r"expected type vector in call to function '(\w+)', got scalar",
        _start,
        r"\1 takes a vector, and gets a number",
        r"write \1(vector(…))",
    ),
    (
        r"expected type (\w+) in call to function '(\w+)', got (\w+)",
        _start,
        r"\2 takes a \1 there, and gets a \3",
        "",
    ),
    (
        r"expected type vector in aggregation expression, got matrix",
        _start,
        "an aggregation takes a vector, and gets a range",
        "put a function around the range: sum(rate(metric[5m]))",
    ),
    (r"expected type (\w+) in aggregation expression, got (\w+)", _start, r"it takes a \1, and gets a \2", ""),
    (
        r"comparisons between scalars must use BOOL modifier",
        _first(*COMPARISONS),
        "two numbers are compared, which gives no series",
        "write bool behind the operator, or compare a vector: vector(time()) > 0",
    ),
    (
        r"set operator '(\w+)' not allowed in binary scalar expression",
        _first(*SETS),
        r"\1 joins vectors, and one of its sides is a number",
        "write vector(…) around the number",
    ),
    (
        r"no grouping allowed for '(\w+)' operation",
        _first("group_left", "group_right"),
        r"\1 takes no group_left",
        "",
    ),
    (r"bool modifier can only be used.*", _first("bool"), "bool belongs to comparisons only", ""),
    (
        r"binary expression must contain only scalar and instant vector types",
        _first("["),
        "a range is an operand, and no operator takes one",
        "put a function around it: rate(metric[5m]), max_over_time(metric[5m])",
    ),
    (r"vector matching only allowed between vectors", _first("on", "ignoring"), "only vectors are matched", ""),
    (
        r"(?:ranges only allowed for vector selectors|subquery is only allowed on vector.*)",
        _last("["),
        "only a metric has a range of its own",
        "a subquery has a colon: [1h:1m]",
    ),
    (
        r"offset modifier must be preceded by.*|offset may not be set multiple times",
        _last("offset"),
        "offset belongs directly behind one metric, range or subquery",
        "",
    ),
    (
        r"no offset modifiers allowed before range",
        _first("offset"),
        "offset stands behind the range",
        "write metric[5m] offset 1h",
    ),
    (r"(?:no )?@ modifiers? .*", _first("@"), "@ belongs directly behind a metric, a range or a subquery", ""),
    (r"duration must be greater than 0", _first("["), "a duration is zero", ""),
    (
        r"vector selector must contain at least one non-empty matcher",
        _first("{"),
        "a selector without a name needs a matcher that does not match everything",
        "",
    ),
    (
        r"illegal regex for (.*)",
        _quoted,
        r"\1 is no regular expression",
        r"a literal ( or [ is written \\\\( or \\\\[",
    ),
    (
        r"metric name must not be set twice: .*",
        _first("__name__"),
        "the metric's name is given twice",
        "leave __name__ out",
    ),
    (
        r"label '(.*)' must not occur in ON and GROUP clause at once",
        _first("group_left", "group_right"),
        r"label '\1' is matched on and also brought over",
        r"leave '\1' out of the second list",
    ),
    (
        r"unexpected <(group_\w+)>",
        _first("group_left", "group_right"),
        r"\1 needs on (…) or ignoring (…) before it",
        "",
    ),
    (
        r"expected (.*) argument\(s\) in call to '(\w+)', got (\d+)",
        _start,
        r"\2 takes \1 arguments, and gets \3",
        "",
    ),
    (r"no arguments for aggregate expression '(\w+)' provided", _start, r"\1 has nothing to aggregate", ""),
    (
        r"wrong number of arguments for aggregate expression provided, expected (\d+), got (\d+)",
        _start,
        r"it takes \1 arguments, and gets \2",
        "write topk(5, metric), quantile(0.9, metric)",
    ),
    (
        r"Prometheus knows no 'or' between matchers",
        _first("{"),
        "'or' between matchers is not Prometheus's",
        'write label=~"a|b", or {…} or {…}',
    ),
)
