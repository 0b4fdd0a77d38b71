from __future__ import annotations

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.targets.prometheus.blocks import block, key


@given(st.text(st.sampled_from('ab "\\\n\t#:-{}|>\x85\u2028\U0001f514')))
@example('a == "b"\n')
@example("a\n\n  b\n\n")
def test_a_block_reads_back_as_what_it_was(text) -> None:
    document = f"first:\n  - expr: {block(text, 6)}\n    next: 1\n"
    assert pyyaml.load(document, pyyaml.CSafeLoader) == {"first": [{"expr": text, "next": 1}]}


def test_queries_with_quotes_or_lines_are_blocks_and_the_others_are_quoted() -> None:
    assert block('up{a="b"}', 2) == '|-\n  up{a="b"}'
    assert block("a\nb\n", 2) == "|\n  a\n  b"
    assert block("up == 0", 2) == '"up == 0"'


@pytest.mark.parametrize(("name", "written"), [("team", "team"), ("on", '"on"'), ("y", '"y"'), ("a-b", '"a-b"')])
def test_keys_are_bare_where_every_reader_agrees(name, written) -> None:
    assert key(name) == written
