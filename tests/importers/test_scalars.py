from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.documents import read_document
from generator.importers.scalars import key, scalar
from generator.importers.tree import List, Map, Written
from generator.importers.write import render

TEXTS = st.text().filter(lambda text: not any(0xD800 <= ord(letter) < 0xE000 for letter in text)) | st.text(
    "\n\t #:-|'\"a"
)

LONG = st.lists(st.sampled_from(["word", "a:", "#b", "- c", " ", "'d'", "{{ $e }}"]), min_size=60).map(" ".join)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ('up{job="a"} == 0', ['up{job="a"} == 0']),
        ("{{ $value }}", ['"{{ $value }}"']),
        ('"x"', ["'\"x\"'"]),
        ('it\'s "x": #', ["|-", '  it\'s "x": #']),
        ("a\nb\n", ["|", "  a", "  b"]),
        ("a\n\n", ["|+", "  a", ""]),
        ("  a\nb", ["|2-", "    a", "  b"]),
        ("a: b", ['"a: b"']),
        ("5m", ["5m"]),
        ("5", ['"5"']),
        ("no", ['"no"']),
        ("1_000", ['"1_000"']),
        ("10:30", ['"10:30"']),
        ("", ['""']),
        ("\u2028", ['"\\u2028"']),
        (Written("99.90"), ["99.90"]),
        (3, ["3"]),
        (True, ["true"]),
    ],
)
def test_how_a_scalar_looks(value, lines):
    assert scalar(value, 2) == lines


def test_keys_that_old_yaml_takes_for_truths_are_quoted():
    assert [key(name) for name in ("on", "no", "y", "a_1", "a-b", "1")] == [
        '"on"',
        '"no"',
        '"y"',
        "a_1",
        "a-b",
        '"1"',
    ]


@given(TEXTS | LONG, TEXTS | LONG)
@example("word " * 40 + "end", "a  b " * 40 + ": #")
@example(" " + "x" * 130, "x" * 130 + "\t- y")
@example("|", "\n a")
@example("a\n  \n", " \n")
@example("\ta\n", "\t")
@example("---", "...")
@example("--- a", "a\n--- b\n")
def test_every_reader_reads_the_text_that_was_meant(first, second):
    source = Map()
    source.put("labels", Map()).put("a", first)
    listed = source.put("list", List())
    listed.add(second)
    listed.add(Map()).put("b", first + second)
    text = render(source)
    meant = {"labels": {"a": first}, "list": [second, {"b": first + second}]}
    assert yaml.safe_load(text) == meant
    document, findings = read_document("alerts/x.yaml", text.encode())
    assert document is not None
    assert (document.data, findings) == (meant, [])
