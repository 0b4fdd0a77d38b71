"""Text comes out of the site's Markdown as that text, whatever it holds."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.markdown import box, bullets, code, escape, fence, link, numbered, plain, table
from tests.targets.site.reading import TEXT, flat, rendered_html, seen


@given(TEXT)
def test_escaped_text_is_a_paragraph_of_that_text(text):
    found = seen(escape(text))
    assert flat(found.text) == flat(plain(text))
    assert set(found.tags) <= {"p"}


@given(TEXT)
def test_escaped_text_may_be_a_heading_an_item_and_a_box(text):
    for markdown, tags in (
        (f"# {escape(text)}", {"h1"}),
        (bullets([escape(text)]), {"ul", "li"}),
        (numbered(["a", escape(text)]), {"ol", "li"}),
        (box("oncall", f"x {text}", escape(text)), {"div", "p"}),
    ):
        assert set(seen(markdown).tags) <= tags


@given(TEXT)
def test_code_keeps_its_text(text):
    found = seen(f"a {code(text)} b")
    assert flat(found.text) == flat(f"a {plain(text)} b")
    assert set(found.tags) <= {"p", "code"}


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4))
def test_a_table_keeps_its_cells(rows):
    made = table(("one", "two", "three"), [(escape(a), code(b), link(c, "x/index.md")) for a, b, c in rows])
    rendered = rendered_html(made)
    cells = [flat(html.unescape(re.sub("<[^>]*>", "", cell))) for cell in re.findall(r"(?s)<td>(.*?)</td>", rendered)]
    assert cells == [flat(plain(each)) for a, b, c in rows for each in (a, b, c if plain(c) else "…")]


@given(TEXT, st.sampled_from(["", "bash", "promql", "x y{}", "`"]))
def test_a_fence_keeps_its_lines(text, language):
    found = seen(fence(text, language))
    assert set(found.tags) <= {"div", "pre", "code", "span", "a"}
    assert "pre" in found.tags
    assert flat(found.text) == flat("\n".join(text.splitlines()).translate(dict.fromkeys(CONTROLS, "\ufffd")))


CONTROLS = [*range(9), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF]


@given(TEXT, st.sampled_from(["../a/index.md", "https://x.example/?a=(b)&c=<d>#e", "mailto:a@b.example", "x y.md"]))
def test_a_link_has_its_text_and_leads_where_it_should(text, target):
    found = seen(link(text, target))
    assert flat(found.text) == (plain(text) or "…")
    assert len(found.links) == 1
    assert (
        found.links[0]
        .replace("%3C", "<")
        .replace("%3E", ">")
        .replace("%20", " ")
        .replace("%28", "(")
        .replace("%29", ")")
        == target
    )


@pytest.mark.parametrize("header", [("a",), ("a", "b")])
def test_a_table_without_rows_is_nothing(header):
    assert table(header, []) == ""
