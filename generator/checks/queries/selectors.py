"""Selectors: matchers that no series can meet, and regular expressions that are none or say too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.analysis.promql import Query, matcher_offset, offset_of, value_offset
from generator.analysis.promql.patterns import is_anchored, is_literal, is_meant_as_pattern, matches
from generator.analysis.promql.tree import Matcher, Selector
from generator.analysis.promql.written import Written, judged, understood
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding

REGULAR = ("=~", "!~")
_SIGNS = re.compile(r"""=\s*["'`][^"'`]*[.|\[\\^(]""")
"""Most queries have no value with any of these signs."""


@check("query/contradiction", level="warning")
def contradiction(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The matchers of a selector contradict each other, so it never finds a series.

    `{env="prod", env="test"}` asks for two values of one label at once. For either of them write `env=~"prod|test"`.
    """
    for each, (selector, first, second) in judged(understood(catalog), _contradictions):
        said = f"asks for {_text(first)} and {_text(second)} at once, which no series meets"
        hint = f'for one of several values write {first.label}=~"a|b"'
        yield each.finding(_place(each, selector, second), said, hint)


def _contradictions(query: Query) -> list[tuple[Selector, Matcher, Matcher]]:
    return [
        (selector, *pair)
        for selector in query.selectors
        for pair in islice((each for each in _pairs(selector) if _contradict(*each)), 1)
    ]


def _pairs(selector: Selector) -> Iterator[tuple[Matcher, Matcher]]:
    """Matchers of one label, each with the ones before it; a matcher that nothing meets, with itself."""
    for at, matcher in enumerate(selector.matchers):
        yield matcher, matcher
        for earlier in selector.matchers[:at]:
            if earlier.label == matcher.label:
                yield earlier, matcher


def _contradict(first: Matcher, second: Matcher) -> bool:
    if first is second:
        return first.op == "!~" and first.value in (".*", "^.*$", "(.*)")
    fixed, other = (first, second) if first.op == "=" else (second, first)
    if fixed.op != "=":
        opposite = {first.op, second.op} == {"=~", "!~"}
        return opposite and first.value == second.value
    met = {
        "=": other.value == fixed.value,
        "!=": other.value != fixed.value,
        "=~": matches(other.value, fixed.value) if other.op == "=~" else None,
        "!~": _not(matches(other.value, fixed.value)) if other.op == "!~" else None,
    }
    return met[other.op] is False


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001  # it is an answer
    return None if answer is None else not answer


@check("query/regex", level="note")
def regex(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A matcher takes a regular expression where a plain value would do, or writes what is there anyway.

    `job=~"api"` is `job="api"`, which says what is meant and is found faster. Patterns of labels are anchored at both
    ends: `^` and `$` add nothing, and a reader wonders why they are there.
    """
    for each, (selector, matcher, said, hint) in judged(understood(catalog), _improvable):
        yield each.finding(_place(each, selector, matcher), said, hint)


def _improvable(query: Query) -> list[tuple[Selector, Matcher, str, str]]:
    return [
        (selector, matcher, *said)
        for selector in query.selectors
        for matcher in selector.matchers
        if matcher.op in REGULAR and matcher.label != "__name__" and (said := _improved(matcher))
    ]


def _improved(matcher: Matcher) -> tuple[str, str] | None:
    if is_literal(matcher.value) and "\\" not in matcher.value:
        plain = "=" if matcher.op == "=~" else "!="
        return f"takes {_text(matcher)} for a pattern, and it is none", f'write {matcher.label}{plain}"{matcher.value}"'
    if is_anchored(matcher.value):
        shorter = matcher.value.removeprefix("^").removesuffix("$")
        return f"anchors {_text(matcher)}, which patterns of labels are anyway", f'write "{shorter}"'
    return None


@check("query/regex-as-text", level="warning")
def regex_as_text(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A matcher compares a label with a text that looks like a regular expression, so it finds no series.

    `code="5.."` asks for a code that is written with two dots, and no server answers with one: errors counted so are
    none, for ever. `code=~"5.."` is what is meant; with `!=`, which leaves nothing out, it is `!~`. Judged are classes
    of status codes (`5..`, `[45]..`), `.*` and `.+`, `[0-9]`, `^…$` and words with `|` between them. What begins with a
    slash is taken for a route, which may be written so. Where a label has such a value, silence the finding.
    """
    for each in understood(catalog):
        if _SIGNS.search(each.text):
            for selector, matcher in _as_text(each.query):
                regular = "=~" if matcher.op == "=" else "!~"
                said = f"compares {_text(matcher)} letter by letter, and the value looks like a regular expression"
                place = value_offset(each.text, selector, matcher)
                yield each.finding(place, said, f'write {matcher.label}{regular}"{matcher.value}"')


def _as_text(query: Query) -> list[tuple[Selector, Matcher]]:
    return [
        (selector, matcher)
        for selector in query.selectors
        for matcher in selector.matchers
        if matcher.op not in REGULAR and is_meant_as_pattern(matcher.value)
    ]


def _text(matcher: Matcher) -> str:
    return f'{matcher.label}{matcher.op}"{matcher.value}"'


def _place(each: Written, selector: Selector, matcher: Matcher) -> int:
    found = matcher_offset(each.text, selector, matcher)
    return found or offset_of(each.text, selector)
