from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.stream import LIMIT, read_stream

TEXT = b"""# top
groups:
- name: a  # beside
  rules:
  - expr: | # behind the sign
      # part of the text
      up == 0

    # after the text
    for: 5m
    labels: &shared {severity: "a # b", version: 1.10}
    more: {<<: *shared, severity: c}
--- # second
[1, "2"]
"""


def test_all_documents_and_their_places():
    stream = read_stream("x.yaml", TEXT)
    first, second = stream.documents
    rule = first.get("groups").items[0].get("rules").items[0]
    assert rule.get("expr").text == "# part of the text\nup == 0\n"
    assert (rule.line, rule.get("for").key.line, rule.get("for").column) == (5, 10, 10)
    assert second.value == [1, "2"]


def test_scalars_keep_the_text_that_is_written():
    labels = read_stream("x.yaml", b"a: {b: 1.10, c: yes, d: 0777, e: ~, f: '~'}").documents[0].get("a")
    assert [value.text for _, value in labels.entries] == ["1.10", "yes", "0777", "~", "~"]
    assert labels.get("e") is None
    assert labels.get("f").text == "~"


def test_comments_are_those_and_no_texts():
    found = [(each.line, each.text, each.alone) for each in read_stream("x.yaml", TEXT).comments]
    assert found == [
        (1, "# top", True),
        (3, "# beside", False),
        (5, "# behind the sign", False),
        (9, "# after the text", True),
        (13, "# second", False),
    ]


def test_merge_keys_bring_what_is_not_written():
    rule = read_stream("x.yaml", TEXT).documents[0].get("groups").items[0].get("rules").items[0]
    assert rule.get("more").value == {"severity": "c", "version": 1.1}


def test_the_first_of_merged_maps_wins():
    text = b"- &a {x: 1}\n- &b {x: 2, y: 3}\n- {<<: [*a, *b], z: 4}\n"
    assert read_stream("x.yaml", text).documents[0].items[2].value == {"x": 1, "y": 3, "z": 4}


def test_a_fault_is_told_and_the_documents_before_it_are_read():
    stream = read_stream("x.yaml", b"a: 1\n---\nb: [\n")
    assert [each.value for each in stream.documents] == [{"a": 1}]
    assert stream.findings[0].where.span.line == 3


def test_what_is_no_text_or_too_much_is_told():
    assert "UTF-8" in read_stream("x.yaml", b"a: \xff").findings[0].message
    assert "bytes" in read_stream("x.yaml", b" " * (LIMIT + 1)).findings[0].message
    assert read_stream("x.yaml", b"").documents == []


def test_bombs_and_depth_are_refused():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, after in zip("abcdef", "bcdefg", strict=True)
    )
    assert read_stream("x.yaml", bomb.encode()).findings
    assert read_stream("x.yaml", b"[" * 500 + b"]" * 500).findings


def test_a_file_inside_a_file_has_its_lines():
    stream = read_stream("x.yaml", b"# c\na: 1\nb: {\n", line=10)
    assert stream.findings[0].where.span.line >= 12
    stream = read_stream("x.yaml", b"# c\na: 1\n", line=10)
    assert (stream.comments[0].line, stream.documents[0].get("a").line) == (10, 11)
    assert stream.documents[0].get("a").key.line == 11


# The writer puts what some YAML takes for line breaks into quotes as it is, and they are read as blanks.
WORDS = st.text(st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"]), max_size=8)
DATA = st.recursive(
    WORDS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(DATA, max_size=3))
def test_any_data_is_read_as_it_was_written(documents):
    text = yaml.safe_dump_all(documents, allow_unicode=True)
    assert [each.value for each in read_stream("x.yaml", text.encode("utf-8", "surrogatepass")).documents] == documents


@given(st.binary(max_size=60))
def test_nothing_raises(raw):
    read_stream("x.yaml", raw)
