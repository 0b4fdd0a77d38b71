from __future__ import annotations

import base64
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.targets.terraform.hcl import Attribute, Block, Comment, Expression, attributes, document

needs_terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")


def body(*items) -> str:
    return document("# header", items).split("\n", 2)[2]


def test_signs_line_up_among_neighbours_of_one_line_each():
    assert body(*attributes(a=1, long_name="x", items=["a", "b"], b=True, cc=["c"])) == (
        'a         = 1\nlong_name = "x"\nitems = [\n  "a",\n  "b",\n]\nb  = true\ncc = ["c"]\n'
    )


def test_blocks_stand_apart():
    inner = Block("rule", (), attributes(delay=1))
    assert body(Block("resource", ("t", "n"), (*attributes(name="x"), inner, inner))) == (
        'resource "t" "n" {\n  name = "x"\n\n  rule {\n    delay = 1\n  }\n\n  rule {\n    delay = 1\n  }\n}\n'
    )


def test_a_comment_stays_with_what_it_is_about():
    empty = Block("provider", ("p",), ())
    assert body(empty, Comment("one\ntwo"), empty) == 'provider "p" {}\n\n# one two\nprovider "p" {}\n'


def test_only_an_expression_is_code():
    assert body(*attributes(a="${b.c}", b=Expression("b.c"), c=Expression("b").attribute("id"))) == (
        'a = "$${b.c}"\nb = b.c\nc = b.id\n'
    )


def test_attributes_without_a_value_are_absent():
    assert attributes(a=None, b="") == (Attribute("b", ""),)


texts = st.text(max_size=12)
names = st.sampled_from(["a", "bb", "name", "description", "rotation_turn_length_seconds"])
plain = st.one_of(texts, st.integers(0, 10**6), st.booleans(), st.just(Expression("a.b.id")))
values = st.one_of(plain, st.lists(plain, max_size=3), st.dictionaries(names, plain, max_size=3))
bodies = st.deferred(
    lambda: st.lists(
        st.one_of(
            st.builds(Attribute, names, values),
            st.builds(Comment, texts),
            st.builds(Block, names, st.lists(names, max_size=2).map(tuple), bodies.map(tuple)),
        ),
        max_size=6,
        # A name has one value in a body; comments and blocks may be there again.
        unique_by=lambda item: item.name if isinstance(item, Attribute) else id(item),
    )
)


@needs_terraform
@pytest.mark.real_tool
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bodies)
def test_terraform_has_nothing_to_format(content):
    written = document("# header", content)
    formatted = subprocess.run(["terraform", "fmt", "-"], input=written.encode(), capture_output=True, check=False)
    assert formatted.stdout.decode() == written, formatted.stderr.decode()


HOSTILE = [
    '"',
    "\\",
    "${path.module}",
    "$${x}",
    "%{ if true }",
    "a\nb\t\r",
    "<script>",
    "é ☎ \u2028",
    "$",
    "${",
    "\x00\x07",
]


@needs_terraform
@pytest.mark.real_tool
def test_terraform_reads_text_as_it_was(tmp_path):
    (tmp_path / "main.tf").write_text(
        document("# header", [Block("locals", (), attributes(texts=HOSTILE))]), encoding="utf-8"
    )
    question = 'join(",", [for text in local.texts : base64encode(text)])'
    done = subprocess.run(
        ["terraform", "console"], cwd=tmp_path, input=question.encode(), capture_output=True, check=True
    )
    answers = [base64.b64decode(each).decode() for each in done.stdout.decode().strip().strip('"').split(",")]
    assert answers == HOSTILE
