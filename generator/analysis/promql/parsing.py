"""The one place that asks the PromQL parser. It is asked once for each text, and what it says becomes our tree."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Any

from generator.analysis.promql.size import excess
from generator.analysis.promql.tree import (
    Aggregation,
    Binary,
    Call,
    Matcher,
    Negation,
    Node,
    Number,
    Selector,
    Subquery,
    Text,
)
from generator.records import dataclass

LIMIT = 65536
"""How many different queries are remembered."""
OLD = ("holt_winters",)
"""Functions that servers before 3.0 have, and the parser no longer."""


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A query as the parser understood it, its nodes by sort in the order of the text; or why it was refused."""

    text: str
    tree: Node | None
    refusal: str = ""
    selectors: tuple[Selector, ...] = ()
    calls: tuple[Call, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()
    binaries: tuple[Binary, ...] = ()
    subqueries: tuple[Subquery, ...] = ()


class Refused(ValueError):
    """Prometheus would not take what the parser takes."""


@lru_cache(maxsize=LIMIT)
def parse(text: str) -> Query:
    """A query, parsed. Nothing that people write raises: `refusal` says in one line why there is no tree."""
    if too_much := excess(text):
        return Query(text, None, f"too large to be judged: {too_much}")
    reader = _Reader()
    try:
        tree = reader.read(_parser().parse(_without_raw(text)))
    except ValueError as error:
        return Query(text, None, " ".join(str(error).split()) or "the parser gives no reason")
    except BaseException as error:  # a panic of the parser's own is no Exception of Python's
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return Query(text, None, "the parser cannot read it")
    return Query(text, tree, "", *(tuple(each) for each in reader.found))


def _without_raw(text: str) -> str:
    """The query with raw strings in double quotes: the parser unescapes them, and Prometheus does not."""
    return _STRING.sub(_quoted, text) if "`" in text and "\\" in text else text


def _quoted(found: re.Match[str]) -> str:
    raw = found["raw"]
    return found.group() if raw is None else '"' + "".join(_ESCAPED.get(each, each) for each in raw) + '"'


_STRING = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|#[^\n]*+|`(?P<raw>[^`]*+)`""", re.DOTALL)
_ESCAPED = {"\\": r"\\", '"': r"\"", "\n": r"\n"}


def pattern(text: str) -> Query:
    """A query with other values in the place of those that matchers ask for by = and !=, parsed.

    What holds for all queries of one pattern is found out once: hundreds of services ask the same of their own `app`.
    Equal values stay equal. Labels that a regular expression looks at keep theirs, and so does every text in which a
    quote could be something else than the end of a string.
    """
    if '"' not in text or _TRICKY.search(text):
        return parse(text)
    regular = _REGULAR.findall(text) if "~" in text else ()
    values: dict[str, str] = {}

    def placed(found: re.Match[str]) -> str:
        label, operator, value = found.groups()
        if label in regular:
            return found.group()
        return f'{label}{operator}"{values.setdefault(value, chr(_PRIVATE + len(values)))}"'

    found = parse(_VALUE.sub(placed, text))
    return found if found.tree is not None else parse(text)


_TRICKY = re.compile(r"['`\\#\ue000-\uf8ff]|__name__")
_VALUE = re.compile(r'\b([a-zA-Z_]\w*+)\s*+(!?=)\s*+"([^"\n]++)"', re.ASCII)
_REGULAR = re.compile(r"\b([a-zA-Z_]\w*+)\s*+[=!]~", re.ASCII)
_PRIVATE = 0xE000
"""From here on Unicode has characters without a meaning."""


def refusal(text: str) -> str:
    """Why PromQL's parser refuses a query, in one line; empty where it accepts it."""
    return parse(text).refusal


@lru_cache(maxsize=1)
def _parser() -> Any:
    import promql_parser

    kinds = promql_parser.ValueType
    arguments = [kinds.Matrix, kinds.Scalar, kinds.Scalar]
    old = [promql_parser.Function(name, arguments, kinds.Vector) for name in OLD]
    with suppress(ValueError):  # somebody else in this process did
        promql_parser.register_extra_functions(old)
    return promql_parser


class _Reader:
    """Turns the parser's nodes into ours; each of theirs is a copy made at every look, so each is looked at once."""

    def __init__(self) -> None:
        self.selectors: list[Selector] = []
        self.calls: list[Call] = []
        self.aggregations: list[Aggregation] = []
        self.binaries: list[Binary] = []
        self.subqueries: list[Subquery] = []
        self.named = 0
        self.operators = 0

    @property
    def found(self) -> tuple[list[Any], ...]:
        return self.selectors, self.calls, self.aggregations, self.binaries, self.subqueries

    def read(self, theirs: Any) -> Node:
        return _READ[type(theirs).__name__](self, theirs)

    def number(self, theirs: Any) -> Node:
        return Number(theirs.val)

    def text(self, theirs: Any) -> Node:
        return Text(theirs.val)

    def paren(self, theirs: Any) -> Node:
        return self.read(theirs.expr)

    def negation(self, theirs: Any) -> Node:
        return Negation(self.read(theirs.expr))

    def selector(self, theirs: Any, length: float | None = None) -> Node:
        metric, matchers = theirs.name or "", []
        written = theirs.matchers
        if written.or_matchers:
            raise Refused("Prometheus knows no 'or' between matchers")
        for each in written.matchers:
            matcher = Matcher(each.name, _OPS[str(each.op)], each.value)
            if matcher.label == "__name__" and matcher.op == "=":
                metric = matcher.value
            else:
                matchers.append(matcher)
        offset = theirs.offset
        made = Selector(
            len(self.selectors),
            metric,
            tuple(matchers),
            length,
            offset.total_seconds() if offset else 0,
            theirs.at is not None,
        )
        self.selectors.append(made)
        return made

    def matrix(self, theirs: Any) -> Node:
        return self.selector(theirs.vector_selector, theirs.range.total_seconds())

    def subquery(self, theirs: Any) -> Node:
        step, offset = theirs.step, theirs.offset
        made = Subquery(
            self.read(theirs.expr),
            theirs.range.total_seconds(),
            step.total_seconds() if step else None,
            offset.total_seconds() if offset else 0,
        )
        self.subqueries.append(made)
        return made

    def call(self, theirs: Any) -> Node:
        at, function = self.named, theirs.func
        self.named += 1
        arguments = tuple(self.read(each) for each in theirs.args)
        made = Call(at, function.name, arguments, function.experimental)
        self.calls.append(made)
        return made

    def aggregation(self, theirs: Any) -> Node:
        at, modifier = self.named, theirs.modifier
        self.named += 1
        parameter = theirs.param
        read = None if parameter is None else self.read(parameter)
        labels = None if modifier is None else tuple(modifier.labels)
        by = modifier is not None and str(modifier.type).endswith("By")
        made = Aggregation(
            at, str(theirs.op), self.read(theirs.expr), read, labels if by else None, None if by else labels
        )
        self.aggregations.append(made)
        return made

    def binary(self, theirs: Any) -> Node:
        left = self.read(theirs.lhs)
        at = self.operators
        self.operators += 1
        made = Binary(at, str(theirs.op).strip(), left, self.read(theirs.rhs), **_modifier(theirs.modifier))
        self.binaries.append(made)
        return made


def _modifier(theirs: Any) -> dict[str, Any]:
    if theirs is None:
        return {}
    found: dict[str, Any] = {"asks": theirs.return_bool, "many": _MANY.get(str(theirs.card).rpartition(".")[2], "")}
    if found["many"]:
        found["include"] = tuple(theirs.group_labels or ())
    matching = theirs.matching
    if matching is not None:
        found["on" if str(matching.type).endswith("Include") else "ignoring"] = tuple(matching.labels)
    return found


_OPS = {"MatchOp.Equal": "=", "MatchOp.NotEqual": "!=", "MatchOp.Re": "=~", "MatchOp.NotRe": "!~"}
_MANY = {"ManyToOne": "left", "OneToMany": "right"}
_READ = {
    "NumberLiteral": _Reader.number,
    "StringLiteral": _Reader.text,
    "ParenExpr": _Reader.paren,
    "UnaryExpr": _Reader.negation,
    "VectorSelector": _Reader.selector,
    "MatrixSelector": _Reader.matrix,
    "SubqueryExpr": _Reader.subquery,
    "Call": _Reader.call,
    "AggregateExpr": _Reader.aggregation,
    "BinaryExpr": _Reader.binary,
}
