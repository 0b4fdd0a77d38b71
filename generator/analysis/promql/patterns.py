"""What can be said of a label's regular expression without Prometheus's own engine, RE2."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

LITERAL = re.compile(r"(?:[^\\.+*?()|\[\]{}^$]|\\[.+*?()|\[\]{}^$\\/-])*", re.DOTALL)
"""A pattern that stands for one text only."""
SIMPLE = re.compile(r"(?:[\w \-/:,;@%=~!#&<>'\"]|\\[.+*?()|\[\]{}^$\\/-]|\\[dDwWsS]|[.+*?|()^$\[\]])*", re.ASCII)
"""Patterns of signs that mean the same to Python's engine, which matches no other."""
NESTED = re.compile(r"[+*][^|]*\)[+*?{]|\(\?(?!:)")
"""What may take this engine very long, or means something else in RE2."""
MEANT = re.compile(
    r"""(?:
      [\w\[\]|()^$-]* (?: [1-5]\]?\.\. | [1-5]\[0-9\] ) [\w\[\]{}|()^$.-]*  # classes of status codes: 5.. and 4..|5..
    | .* (?:\.[*+] | \[(?:0-9|a-z|A-Z) | \\d | \(\?: ) .*                   # any text, a digit, a letter
    | \^.*\$                                                              # both ends
    | \(? [\w.:-]+ (?: \| [\w.:-]+ )+ \)?                                 # one of several words
    )""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
"""What hardly any label has as its value, and many regular expressions look like."""
LONG = 500


def is_literal(pattern: str) -> bool:
    """Whether it matches one text only, so that `=` would do."""
    return LITERAL.fullmatch(pattern) is not None


def is_meant_as_pattern(value: str) -> bool:
    """Whether a value that is compared as text looks like a regular expression; routes of servers do not."""
    return len(value) <= LONG and not value.startswith("/") and MEANT.fullmatch(value) is not None


def is_anchored(pattern: str) -> bool:
    """Whether it writes ^ at the start or $ at the end: label patterns are anchored anyway."""
    alternatives = "|" in pattern.replace("\\|", "") and not _enclosed(pattern)
    ends = pattern.endswith("$") and not pattern.endswith("\\$")
    return not alternatives and (pattern.startswith("^") or ends)


def _enclosed(pattern: str) -> bool:
    """Whether every alternative stands inside one pair of parentheses, as in ^(a|b)$."""
    inner = pattern.removeprefix("^").removesuffix("$")
    if not (inner.startswith("(") and inner.endswith(")")):
        return False
    depth = 0
    for at, letter in enumerate(inner):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(inner) - 1
    return False


@lru_cache(maxsize=4096)
def matches(pattern: str, text: str) -> bool | None:
    """Whether the pattern matches the whole text; None where this engine cannot be asked."""
    if is_literal(pattern):
        return re.sub(r"\\(.)", r"\1", pattern, flags=re.DOTALL) == text
    if len(pattern) > LONG or not SIMPLE.fullmatch(pattern) or NESTED.search(pattern):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.fullmatch(pattern, text, re.DOTALL | re.ASCII) is not None
    except (re.error, RecursionError):
        return None
