"""Comments are moved and never lost; keys are renamed in their place."""

from __future__ import annotations

from textwrap import dedent

import pytest

from generator.edit import comment_texts, lift_comments, remove, rename
from generator.errors import EditRefused


def text(block: str) -> str:
    return dedent(block).lstrip("\n")


RULE = text("""
    alerts:
      - alert: A   # the first
        labels:   # of routes
          # why it pages
          severity: critical   # since 2020
          tier: "1 # no comment"   # a tier
        expr: up == 0
    """)


def test_a_comment_behind_an_entry_goes_above_it():
    assert lift_comments(RULE, ("alerts", 0, "labels", "severity")) == RULE.replace(
        "      severity: critical   # since 2020\n", "      # since 2020\n      severity: critical\n"
    )


def test_all_comments_inside_go_above_in_their_order():
    lifted = lift_comments(RULE, ("alerts", 0, "labels"))
    assert lifted == text("""
        alerts:
          - alert: A   # the first
            # of routes
            # why it pages
            # since 2020
            # a tier
            labels:
              severity: critical
              tier: "1 # no comment"
            expr: up == 0
        """)
    assert comment_texts(lifted) == comment_texts(RULE)
    assert comment_texts(remove(lifted, ("alerts", 0, "labels"))) == comment_texts(RULE)


@pytest.mark.parametrize("line", ["a: {b: 1, c: 2}   # why\n", "a: 1\n", "- {b: 1}   # why\n"])
def test_what_stands_on_another_s_line_stays(line: str):
    pointer = (0, "b") if line.startswith("-") else ("a", "b") if "{" in line else ("a",)
    assert lift_comments(line, pointer) == line


def test_line_breaks_of_other_systems_stay():
    windows = "a: 1   # one\r\nb:   # two\r\n  c: 1\r\nd: 2\r\n"
    assert lift_comments(windows, ("b",)) == "a: 1   # one\r\n# two\r\nb:\r\n  c: 1\r\nd: 2\r\n"


@pytest.mark.parametrize(
    ("before", "pointer", "key", "after"),
    [
        ("a: 1  # why\nb: 2\n", ("a",), "c", "c: 1  # why\nb: 2\n"),
        ("a: {sumary: x, other: y}  # why\n", ("a", "sumary"), "summary", "a: {summary: x, other: y}  # why\n"),
        ("a:\n  'sumary': |\n    text\n", ("a", "sumary"), "summary", "a:\n  summary: |\n    text\n"),
        ("- a: 1\n  b: 2\n", (0, "a"), "NO", '- "NO": 1\n  b: 2\n'),
    ],
)
def test_a_key_is_renamed_in_its_place(before: str, pointer: tuple[str | int, ...], key: str, after: str):
    assert rename(before, pointer, key) == after


@pytest.mark.parametrize(
    ("before", "pointer", "key"),
    [("a: 1\nb: 2\n", ("a",), "b"), ("- 1\n", (0,), "b"), ("a: 1\n", (), "b"), ("a: 1\n", ("c",), "b")],
)
def test_what_is_no_key_or_is_taken_is_refused(before: str, pointer: tuple[str | int, ...], key: str):
    with pytest.raises(EditRefused):
        rename(before, pointer, key)
