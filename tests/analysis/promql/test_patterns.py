from __future__ import annotations

import pytest

from generator.analysis.promql.patterns import is_anchored, is_literal, matches


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("a", "a", True),
        ("a", "ab", False),
        ("a.*", "ab", True),
        ("a|b", "b", True),
        ("^(a|b)$", "a", True),
        ("5..", "500", True),
        ("[45]..", "300", False),
        (r"a\.b", "a.b", True),
        (r"a\.b", "axb", False),
        ("", "", True),
        (".+", "", False),
        ("(?i)a", "A", None),
        (r"\pN", "1", None),
        ("(a+)+b", "aaaa", None),
        ("é", "é", True),
        ("a" * 501 + ".*", "a", None),
    ],
)
def test_what_a_pattern_matches(pattern: str, text: str, answer: bool | None) -> None:
    assert matches(pattern, text) is answer


@pytest.mark.parametrize(
    ("pattern", "literal", "anchored"),
    [
        ("api", True, False),
        ("a-b:c/d", True, False),
        ("a.b", False, False),
        ("^api", False, True),
        ("api.*$", False, True),
        ("^(a|b)$", False, True),
        ("^a|b$", False, False),
        ("^(a)|(b)$", False, False),
        (r"a\$", True, False),
        (r"costs 5\$", True, False),
    ],
)
def test_patterns_that_say_more_than_they_need(pattern: str, literal: bool, anchored: bool) -> None:
    assert (is_literal(pattern), is_anchored(pattern)) == (literal, anchored)
