"""Positions, found again on demand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import Document, read_document
from generator.findings import Pointer, Ref, Span

NAMES = st.text("abcdéñ日😀 :#", min_size=1, max_size=6)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=15,
)


def read(text: str, path: str = "a.yaml") -> Document:
    document, findings = read_document(path, text.encode())
    assert document is not None
    assert findings == []
    return document


def at(
    document: Document, pointer: Pointer, part: Any = "value", offset: int | None = None
) -> tuple[int, int, int, int]:
    span = document.locate(Ref(document.path, pointer, part, offset))
    return span.line, span.column, span.end_line, span.end_column


def excerpt(text: str, span: Span) -> str:
    """What stands at a span."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def walk(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    yield pointer, value
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from walk(inner, (*pointer, step))


@given(TREES, st.sampled_from([None, 2]))
def test_what_stands_at_a_span_is_the_value(tree: object, indent: int | None) -> None:
    text = json.dumps({"top": tree}, ensure_ascii=False, indent=indent)
    document = read(text)
    for pointer, value in walk(document.data):
        assert json.loads(excerpt(text, document.locate(Ref("a.yaml", pointer)))) == value
        if pointer and isinstance(pointer[-1], str):
            assert json.loads(excerpt(text, document.locate(Ref("a.yaml", pointer, "key")))) == pointer[-1]


BLOCK = """\
# a service
slos:
  - name: x
    sli: {errors: a, total: "b"}

  - name: y
    empty:
text: |
  one
    two

last: 1
"""


@pytest.mark.parametrize(
    ("pointer", "part", "expected"),
    [
        ((), "value", (2, 1, 12, 8)),
        (("slos",), "key", (2, 1, 2, 5)),
        (("slos",), "value", (3, 3, 7, 11)),
        (("slos", 0), "value", (3, 5, 4, 33)),
        (("slos", 0), "key", (3, 5, 4, 33)),
        (("slos", 0, "sli"), "value", (4, 10, 4, 33)),
        (("slos", 0, "sli", "total"), "value", (4, 29, 4, 32)),
        (("slos", 1, "name"), "value", (6, 11, 6, 12)),
        (("slos", 1, "empty"), "value", (7, 11, 7, 11)),
        (("text",), "value", (8, 7, 10, 8)),
        (("last",), "value", (12, 7, 12, 8)),
        (("slos", 0, "sli", "good"), "value", (4, 5, 4, 8)),
        (("slos", 1, "nothing", 3), "key", (6, 5, 7, 11)),
        (("nothing",), "value", (2, 1, 12, 8)),
    ],
)
def test_block_style(pointer: Pointer, part: Any, expected: tuple[int, int, int, int]) -> None:
    assert at(read(BLOCK), pointer, part) == expected


def test_crlf_and_a_byte_order_mark_move_nothing() -> None:
    plain, windows = read(BLOCK), read("\ufeff" + BLOCK.replace("\n", "\r\n"))
    for pointer, _ in walk(plain.data):
        assert at(plain, pointer) == at(windows, pointer)


def test_an_alias_leads_to_what_it_stands_for() -> None:
    document = read("a: &x {b: 1}\nc: *x\n")
    assert at(document, ("c", "b")) == (1, 11, 1, 12)
    assert at(document, ("c",), "key") == (2, 1, 2, 2)


def test_a_place_that_is_known_is_taken() -> None:
    span = Span(7, 7, 7, 9)
    assert read("a: 1").locate(Ref("a.yaml", ("a",), span=span)) == span


OFFSETS = {
    "plain": "a: rate(x[5m]) > foo\n",
    "folded plain": "a: rate(x[5m])\n    > foo\n",
    "single": "a: 'rate(x[5m]) > foo'\n",
    "single with a quote": "a: 'it''s (x[5m]) > foo'\n",
    "double": 'a: "rate\\x28x[5m]) > foo"\n',
    "double with breaks": 'a: "rate(x[5m]) \\\n    >\n    foo"\n',
    "literal": "a: |\n    rate(x[5m])\n\n      > foo\n",
    "folded": "a: >-\n  rate(x[5m])\n  > foo\n",
    "literal with indentation": "a: |2\n    rate(x[5m])\n   > foo\n",
}


@pytest.mark.parametrize("source", OFFSETS.values(), ids=OFFSETS.keys())
@pytest.mark.parametrize("windows", [False, True])
def test_an_offset_moves_to_the_same_character_in_the_source(source: str, windows: bool) -> None:
    text = source.replace("\n", "\r\n") if windows else source
    document = read(text)
    value = document.data["a"]  # type: ignore[index]
    for sought in ("x[5m]", "5m", ">", "foo"):
        line, column, *_ = at(document, ("a",), offset=value.index(sought))
        assert source.split("\n")[line - 1][column - 1 :].startswith(sought)


def test_an_offset_past_the_end_stays_at_the_end() -> None:
    assert at(read("a: xyz\n"), ("a",), offset=99)[:2] == (1, 7)
    assert at(read("a: [x]\n"), ("a",), offset=99)[:2] == (1, 4)


def test_front_matter_is_counted_from_the_top_of_the_file() -> None:
    document = read("---\nstatus: draft\nalerts: [X]\n---\n# T\n", "a.md")
    assert at(document, ("alerts", 0)) == (3, 10, 3, 11)
    assert at(document, ("nothing",))[:2] == (2, 1)
