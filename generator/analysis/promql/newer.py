"""Forms of PromQL that only the newest servers read, and the parser not yet: their names, and where they stand.

Such a query is right and cannot be judged. It is told from a wrong one by taking the forms out: what is left has to be
a query as all servers read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.analysis.promql.faults import fault
from generator.analysis.promql.names import GROUPING, MATCHING, SIDES
from generator.analysis.promql.parsing import parse
from generator.analysis.promql.size import excess
from generator.analysis.promql.tokens import Token, all_tokens, tokens

ARITHMETIC, MODIFIER, GROUPED, TRIM = "arithmetic with durations", "smoothed and anchored", "grouped digits", "trimming"
MODIFIERS = ("smoothed", "anchored")
WORDS = ("step", "range", "max_of", "min_of")
"""What may be called where a duration is expected."""
DIGITS = re.compile(r"\d+(?:_\d+)+(?:\.\d+(?:_\d+)*)?", re.ASCII)
SPAN = "5m"
OPERATORS = tuple("+-*/%^")
BLANK = ("space", "comment")


class Newer(NamedTuple):
    """The first new form of a query."""

    offset: int
    form: str


class _Piece(NamedTuple):
    """What is put for some tokens, and the form that they were, if any."""

    text: str
    used: int
    form: str = ""


@lru_cache(maxsize=4096)
def newer(text: str) -> Newer | None:
    """The first new form, where there is one and nothing else keeps the query from being parsed."""
    if parse(text).tree is not None:
        return None
    found = list(all_tokens(text))
    pieces = list(_pieces(found))
    first = next((Newer(start, piece.form) for start, piece in pieces if piece.form), None)
    return first if first and parse("".join(piece.text for _, piece in pieces)).tree is not None else None


def refused_everywhere(text: str) -> str:
    """Why no server would take a query; empty where one may, be it the newest, or where nobody can tell."""
    if parse(text).tree is not None or excess(text) or newer(text):
        return ""
    found = fault(text)
    return found.message if found else ""


def _pieces(found: Sequence[Token]) -> Iterator[tuple[int, _Piece]]:
    at, before = 0, ""
    while at < len(found):
        piece = _piece(found, at, before)
        yield found[at].start, piece
        if found[at].kind not in BLANK:
            before = found[at].text
        at += piece.used


def _piece(found: Sequence[Token], at: int, before: str) -> _Piece:
    token = found[at]
    if token.kind == "window":
        return _Piece(SPAN, 1)
    if token.kind == "bad-number" and DIGITS.fullmatch(token.text):
        return _Piece(token.text.replace("_", ""), 1, GROUPED)
    if token.kind == "name" and token.text.lower() in MODIFIERS and before[-1:] not in ("", "(", ","):
        return _Piece("", 1, MODIFIER)
    if token.text in ("<", ">") and _text(found, at + 1) == "/":
        return _Piece(token.text, 2, TRIM)
    calculated = None
    if token.kind not in BLANK and before in ("[", ":"):
        calculated = _calculated(found, at, _bracket_end(found, at))
    elif token.kind not in BLANK and before.lower() == "offset":
        calculated = _calculated(found, at, _offset_end(found, at))
    return calculated or _Piece(token.text, 1)


def _calculated(found: Sequence[Token], at: int, end: int) -> _Piece | None:
    """A duration that is calculated; None where it is written out, or is none."""
    part = [token for token in found[at:end] if token.kind not in BLANK]
    depths = [token.text for token in part]
    if depths[:1] == ["-"]:
        del part[0]
    plain = len(part) == 1 and part[0].kind != "name"
    sound = all(map(_may_stand, part)) and depths.count("(") == depths.count(")")
    return None if plain or not part or not sound or depths[-1] in OPERATORS else _Piece(SPAN, end - at, ARITHMETIC)


def _bracket_end(found: Sequence[Token], at: int) -> int:
    """Where a range or a step ends."""
    return next((n for n in range(at, len(found)) if found[n].text in ("]", ":")), len(found))


def _offset_end(found: Sequence[Token], at: int) -> int:
    """Where an offset ends: behind its parentheses, or behind one duration."""
    depth = 0
    for n in range(at, len(found)):
        depth += {"(": 1, ")": -1}.get(found[n].text, 0)
        more = found[n].kind in BLANK or found[n].text == "-" or _text(found, n + 1) == "("
        if depth <= 0 and not more:
            return n + (depth == 0)
    return len(found)


def _may_stand(token: Token) -> bool:
    known = token.kind in ("number", "duration", "window", *BLANK) or token.text in (*OPERATORS, "(", ")", ",")
    return known or (token.kind == "name" and token.text in WORDS)


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""


def quoted_name(text: str) -> int | None:
    """The first name of a metric or a label in quotes, which servers from 3.0 read; None where there is none."""
    if not _QUOTE.search(text):
        return None
    before, names = "", False
    for token in tokens(text):
        if names and token.kind == "string" and before in ("{", "(", ","):
            return token.start
        if token.text == "{" or (token.text == "(" and before.lower() in LISTS):
            names = True
        elif token.text in ("}", ")"):
            names = False
        before = token.text
    return None


_QUOTE = re.compile(r"""[{(,]\s*["'`]""")
LISTS = GROUPING | MATCHING | SIDES
"""Words before a list of labels."""
