"""Queries too large to be judged: the parser recurses into what it reads, and so does all that looks at the tree.

The parser ends the whole process on some thousands of operators or parentheses, where Prometheus reads them. No query
that a person wrote comes near these limits.
"""

from __future__ import annotations

import re

DEPTH = 60
"""How deep parentheses, brackets and signs may be nested."""
OPERATORS = 120
"""How many operators there may be: `a + b + c` is as deep as it is long."""

_OPENING = "([{"
_SIGNS = "+-*/%^<>=!"
_WORDS = ("and", "or", "unless", "atan2")
_TOKEN = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`[^`]*+`|\#[^\n]*+)
    | (?P<open>[(\[{]) | (?P<close>[)\]}])
    | (?P<operator>[-+*/%^]|[=!]=|[<>]=?|\b(?:and|or|unless|atan2)\b)""",
    re.VERBOSE | re.IGNORECASE,
)


def excess(text: str) -> str:
    """What a query has too much of, as `8000 operators`; empty where it can be judged."""
    if len(text) <= 2 * DEPTH:
        return ""
    lower = text.lower()
    if sum(map(text.count, _OPENING)) <= DEPTH and sum(map(lower.count, (*_SIGNS, *_WORDS))) <= OPERATORS:
        return ""
    depth = deepest = operators = 0
    for token in _TOKEN.finditer(text):
        depth += bool(token["open"]) - bool(token["close"])
        deepest = max(deepest, depth)
        operators += bool(token["operator"])
    if operators > OPERATORS:
        return f"{operators} operators (up to {OPERATORS} are judged)"
    return f"parentheses nested {deepest} deep (up to {DEPTH} are judged)" if deepest > DEPTH else ""
