"""Entries between others: one more behind another, and a copy at the end."""

from __future__ import annotations

import pytest

from generator.edit import exchange, insert_after, insert_key_after, repeat
from generator.errors import EditRefused


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ("- a\n- b\n", (0,), "- a\n- z\n- b\n"),
        ("- a\n- b\n", (1,), "- a\n- b\n- z\n"),
        ("p:\n  # x\n  - a   # 1\n  # y\n  - b\n", ("p", 0), "p:\n  # x\n  - a   # 1\n  - z\n  # y\n  - b\n"),
        ("p:\r\n- a\r\n- b\r\n", ("p", 0), "p:\r\n- a\r\n- z\r\n- b\r\n"),
        ("- - a\n  - b\n", (0, 0), "- - a\n  - z\n  - b\n"),
        ("p: [a, b]  # c\n", ("p", 0), "p: [a, z, b]  # c\n"),
        ("p: [\n  a,  # 1\n  b,\n]\n", ("p", 0), "p: [\n  a,  # 1\n  z,\n  b,\n]\n"),
        ("p: [\n  a,  # 1\n  b,\n]\n", ("p", 1), "p: [\n  a,  # 1\n  b,\n  z,\n]\n"),
    ],
)
def test_an_item_goes_behind_another_in_its_style(before, pointer, after):
    assert insert_after(before, pointer, "z") == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ("a: 1   # why\nb: 2\n", ("a",), "a: 1   # why\nz: 2026-01-01 09:00\nb: 2\n"),
        ("- a: 1\n  b: 2\n", (0, "a"), "- a: 1\n  z: 2026-01-01 09:00\n  b: 2\n"),
        ("- {a: 1, b: 2}\n", (0, "a"), "- {a: 1, z: 2026-01-01 09:00, b: 2}\n"),
        ("a: 1\nb: 2\n", ("b",), "a: 1\nb: 2\nz: 2026-01-01 09:00\n"),
        ("a:\n  - x\n# c\nb: 2\n", ("a",), "a:\n  - x\nz: 2026-01-01 09:00\n# c\nb: 2\n"),
    ],
)
def test_a_key_goes_behind_another(before, pointer, after):
    assert insert_key_after(before, pointer, "z", "2026-01-01 09:00") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("l:\n  - a: 1  # x\n    # y\n    p:\n      - u\n\nb: 2\n",
         "l:\n  - a: 1  # x\n    # y\n    p:\n      - u\n  - a: 1\n    p:\n      - u\n\nb: 2\n"),
        ("l:\n  - {a: 1, p: [x]} # c\nb: 2\n", "l:\n  - {a: 1, p: [x]} # c\n  - {a: 1, p: [x]}\nb: 2\n"),
        ("l: [{a: 1}] # c\n", "l: [{a: 1}, {a: 1}] # c\n"),
        ("l:\n  -   a: '#1'\n      b: 2\n", "l:\n  -   a: '#1'\n      b: 2\n  -   a: '#1'\n      b: 2\n"),
        ("l:\n  -\n    a: 1\n", "l:\n  -\n    a: 1\n  - a: 1\n"),
    ],
)  # fmt: skip
def test_a_copy_is_written_as_the_item_is_without_its_comments(before, after):
    assert repeat(before, ("l", 0)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n- b\n- c\n", "- c\n- b\n- a\n"),
        ("- a   # 1\n# 2\n- b\n- c  # 3", "- c  # 3\n# 2\n- b\n- a   # 1"),
        ("[a, b, c]  # 1\n", "[c, b, a]  # 1\n"),
        ("[\n  a,  # 1\n  b,\n  c\n]\n", "[\n  c,  # 1\n  b,\n  a\n]\n"),
    ],
)
def test_two_items_exchange_their_places_with_what_is_said_of_them(before, after):
    assert exchange(before, (0,), 2) == after


@pytest.mark.parametrize(
    ("edit", "text", "arguments"),
    [
        (insert_after, "p: {a: 1}\n", (("p", 0), "z")),
        (insert_after, "p: &x [a, b]\nq: *x\n", (("p", 0), "z")),
        (insert_after, "l: []\n", (("l", 3), "z")),
        (insert_key_after, "a: 1\nz: 2\nb: 3\n", (("a",), "z", "x")),
        (repeat, "b: &x 1\nl: [*x]\n", (("l", 0),)),
        (repeat, "l: []\n", (("l", 3),)),
    ],
)
def test_what_cannot_be_done_is_refused(edit, text, arguments):
    with pytest.raises(EditRefused):
        edit(text, *arguments)
