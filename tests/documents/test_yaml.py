"""YAML text to plain data: the core schema, what is kept as written, and all that is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import Document, read_document
from generator.findings import Finding

CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufeff\xad"
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(CHARACTERS, min_size=1, max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)


def read(text: str) -> Document:
    """The document of a text in which nothing is wrong."""
    document, findings = read_document("a.yaml", text.encode())
    assert findings == []
    assert document is not None
    return document


def wrong(text: str | bytes) -> tuple[Document | None, list[tuple[str, int, int]]]:
    """The document and (id, line, column) of each finding."""
    raw = text if isinstance(text, bytes) else text.encode()
    document, findings = read_document("a.yaml", raw)
    return document, [place(finding) for finding in findings]


def place(finding: Finding) -> tuple[str, int, int]:
    assert finding.where.span is not None
    assert finding.message.count("\n") == 0
    return finding.check, finding.where.span.line, finding.where.span.column


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (text, text)
            for text in ("10:30", "NO", "no", "on", "off", "yes", "y", "2026-01-01", "1_000", "0b11", "1e", "=")
        ),
        *(
            (text, text)
            for text in ("2026-10-14 13:12", "5m", "1.2.3", "+", "-x", ".", "0x", "0o8", "nUll", "tRue", "TrUE")
        ),
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("+.INF", math.inf),
        ("'1'", "1"),
        ('"true"', "true"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("!!null ''", None),
        ("9" * 6000, math.inf),
        ("-" + "9" * 6000, -math.inf),
        ("0x" + "f" * 6000, math.inf),
        ("1e999", math.inf),
    ],
)
def test_a_plain_scalar_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    data: Any = read(f"a: {written}\n").data
    assert data == {"a": meant}
    assert type(data["a"]) is type(meant)


def test_nan_is_a_float() -> None:
    data: Any = read("a: .nan").data
    assert math.isnan(data["a"])


@given(JSON.filter(lambda value: value is not None))
def test_json_is_yaml(value: object) -> None:
    assert read(json.dumps(value, ensure_ascii=False)).data == value
    assert read(json.dumps(value, ensure_ascii=False, indent=2)).data == value


@pytest.mark.parametrize("key", ["labels", "annotations", "external_labels", "series"])
def test_inside_maps_of_labels_every_scalar_keeps_its_written_text(key: str) -> None:
    source = f"{key}: {{v: 1.10, on: true, none: ~, empty: , deep: [0x1F, {{a: null}}]}}\nafter: 1.10\n"
    assert read(source).data == {
        key: {"v": "1.10", "on": "true", "none": "~", "empty": "", "deep": ["0x1F", {"a": "null"}]},
        "after": 1.1,
    }


def test_labels_that_are_no_map_are_read_as_all_else() -> None:
    assert read("series: 5\nlist: {labels: [1, ~]}").data == {"series": 5, "list": {"labels": [1, None]}}


def test_keys_are_their_written_text() -> None:
    assert read("1: a\nNO: b\n~: c\n0x1F: d\n'': e\n").data == {"1": "a", "NO": "b", "~": "c", "0x1F": "d", "": "e"}


def test_a_key_without_a_colon_in_braces_is_remembered() -> None:
    document = read("- {summary: a, b}\n- annotations: {x: 1, y}\n- {c: , d: ~}\n- {e: {f}}\n")
    assert document.flow_nulls == ((0, "b"), (1, "annotations", "y"), (3, "e", "f"))
    assert document.data[1] == {"annotations": {"x": "1", "y": None}}  # type: ignore[index]


def test_numbers_keep_their_written_digits_for_those_who_ask() -> None:
    document = read("slos:\n  - objective: 99.90\n  - objective: '99.9'\n")
    assert document.written(("slos", 0, "objective")) == "99.90"
    assert document.written(("slos", 1, "objective")) == "99.9"
    with pytest.raises(KeyError):
        document.written(("slos", 0))


def test_bom_crlf_and_comments_are_accepted() -> None:
    document, findings = read_document("a.yaml", b"\xef\xbb\xbf# hello\r\na: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert findings == []
    assert document is not None
    assert document.data == {"a": 1, "b": "x\ny\n"}


def test_aliases_are_copies() -> None:
    data: Any = read("a: &a {v: 1.10}\nb: *a\nlabels: {c: *a}\n").data
    assert data == {"a": {"v": 1.1}, "b": {"v": 1.1}, "labels": {"c": {"v": "1.10"}}}
    assert data["a"] is not data["b"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"", ("source/empty", 1, 1)),
        (b" \n\t\n", ("source/empty", 1, 1)),
        (b"# only\n# comments\n", ("source/empty", 1, 1)),
        (b"---\n", ("source/empty", 1, 1)),
        (b"a: 1\nb: \xe9\n", ("source/encoding", 2, 4)),
        (b"\xff\xfea\x00", ("source/encoding", 1, 1)),
        (b"a: " + b"x" * (1 << 20), ("source/too-large", 1, 1)),
        (b"a:\n\tb: 1\n", ("source/syntax", 2, 1)),
        (b"\ta: 1", ("source/syntax", 1, 1)),
        (b"a: b: c", ("source/syntax", 1, 5)),
        (b"a: 'x\nb: 1\n", ("source/syntax", 1, 4)),
        (b"a: [1, 2\nb: 1\n", ("source/syntax", 1, 4)),
        (b"a: [1, 2\n\n\n", ("source/syntax", 1, 4)),
        (b"a: {b: c, d\n", ("source/syntax", 1, 4)),
        (b"a: @x", ("source/syntax", 1, 4)),
        (b'a: "\\q"', ("source/syntax", 1, 5)),
        (b": x", ("source/syntax", 1, 1)),
        (b"a: 1\n b: 2\n", ("source/syntax", 2, 3)),
        (b"a: !x!y z", ("source/syntax", 1, 4)),
        (b"a: x\x00y", ("source/syntax", 1, 5)),
        (b"a: x\x1by", ("source/syntax", 1, 5)),
        ("a: x\u2028y".encode(), ("source/syntax", 1, 5)),
        ("a: x\x85y".encode(), ("source/syntax", 1, 5)),
        (b"a: *b", ("source/syntax", 1, 4)),
        (b"a: &b [*b]", ("source/alias-bomb", 1, 8)),
        (b"[" * 100_000, ("source/depth", 1, 101)),
        (b"{a: " * 50_000, ("source/depth", 1, 401)),
        (b"- " * 100_000, ("source/depth", 1, 201)),
        (b"&a *b " + b"[" * 100_000, ("source/syntax", 1, 4)),
        (b"x: [*a]\ny: " + b"[" * 100_000, ("source/syntax", 1, 5)),
        (b"x: &a [1]\ny: *a\nz: " + b"[" * 100_000, ("source/depth", 3, 103)),
    ],
)
def test_what_cannot_be_read_is_one_finding(source: bytes, expected: tuple[str, int, int]) -> None:
    assert wrong(source) == (None, [expected])


@pytest.mark.parametrize(
    ("source", "data", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", {"a": 1, "b": 2}, [("source/duplicate-key", 3, 1)]),
        (
            "x: [{a: 1, a: {b: 2, b: 3}}]",
            {"x": [{"a": 1}]},
            [("source/duplicate-key", 1, 12), ("source/duplicate-key", 1, 22)],
        ),
        ("a: 1\n---\nb: 2\n", {"a": 1}, [("source/multiple-documents", 2, 1)]),
        ("? [a, b]\n: {c: 1}\nd: 2\n", {"d": 2}, [("source/non-text-key", 1, 3)]),
        ("? {a: 1}\nd: 2\n", {"d": 2}, [("source/non-text-key", 1, 3)]),
        ("d: 2\n? \n: x\n", {"d": 2}, [("source/non-text-key", 2, 2)]),
        (
            "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n",
            {"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}},
            [("source/merge-key", 3, 3)],
        ),
        ("'<<': 1", {"<<": 1}, []),
        ("a: !foo 1\n", {"a": "1"}, [("source/syntax", 1, 4)]),
        ("a: !!python/object:os.system x\n", {"a": "x"}, [("source/syntax", 1, 4)]),
        ("a: !!int x\n", {"a": "x"}, [("source/syntax", 1, 4)]),
        ("a: !foo {b: 1}\n", {"a": {"b": 1}}, [("source/syntax", 1, 4)]),
        ("!foo a: 1\n", {"a": 1}, [("source/syntax", 1, 1)]),
    ],
)
def test_with_smaller_faults_the_rest_is_still_read(source: str, data: object, expected: list[Any]) -> None:
    document, findings = wrong(source)
    assert document is not None
    assert document.data == data
    assert findings == expected


def test_a_duplicate_key_names_the_first_one() -> None:
    document, (finding,) = read_document("a.yaml", b"x:\n  - a: 1\n    b: 2\n    a: 3\n")
    assert document is not None
    first = document.locate(finding.related[0].where)
    assert (first.line, first.column) == (2, 5)


def test_tabs_have_their_own_hint() -> None:
    _, (finding,) = read_document("a.yaml", b"a:\n\t- b\n")
    assert finding.hint == "indent with spaces"


@pytest.mark.parametrize("width", [10, 2])
def test_aliases_that_explode_are_refused(width: int) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, 30)]
    document, findings = wrong("\n".join(lines))
    assert document is None
    assert [check for check, *_ in findings] == ["source/alias-bomb"]


def test_a_chain_of_aliases_is_as_deep_as_what_it_stands_for() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200))]
    assert wrong("\n".join(lines))[1][0][0] == "source/depth"
