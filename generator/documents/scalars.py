"""The YAML 1.2 core schema: what a plain scalar means. `10:30`, `NO`, `on`, `2026-01-01` and `1_000` are text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
STARTS = frozenset("+-.0123456789")
NUMBER = re.compile(
    r"(?P<integer>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)"
)
DIGITS = 300
"""Integers with more digits are read as infinite: Python refuses to print or read thousands of them."""
ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)|.", re.DOTALL)
ESCAPES = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))


def plain(text: str) -> object:
    """The meaning of an unquoted scalar: None, a bool, an int, a float, or the text itself."""
    if text in WORDS:
        return WORDS[text]
    return number(text) if text[0] in STARTS else text


def number(text: str) -> object:
    """The int or float that the text is, else the text itself."""
    found = NUMBER.fullmatch(text)
    if not found:
        return text
    kind = found.lastgroup
    if kind == "float" or (kind == "integer" and len(text) > DIGITS):
        return float(text)
    if len(text) > DIGITS:
        return math.inf
    return int(text) if kind == "integer" else int(text[2:], 8 if kind == "octal" else 16)


def escapes(source: str, quote: str) -> Iterator[tuple[str, int, int]]:
    """(character meant, index, length) for all that stands between two quotes; an escaped line break means nothing."""
    for found in ESCAPE.finditer(source) if quote == '"' else re.finditer("''|.", source, re.DOTALL):
        unit = found.group()
        yield meaning(unit) if len(unit) > 1 and quote == '"' else unit[0], found.start(), len(unit)


def meaning(unit: str) -> str:
    """The character that a backslash and what follows it mean."""
    if unit[1] in "xuU" and len(unit) > 2:
        return chr(min(int(f"0x{unit[2:]}", 0), 0x10FFFF))
    return "" if unit[1] in "\r\n" else ESCAPES.get(unit[1], unit[1])
