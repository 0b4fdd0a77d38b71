"""Inline markup in half of the time is the same markup."""

from __future__ import annotations

import markdown
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site import inline
from tests.targets.site.reading import EXTENSIONS, PIECES, TEXT, rendered_html

MARKUP = (
    *PIECES, "*a*", "**b**", "__c__", "_d_", "`e`", "[f](g)", "[h][i]", "![j](k)", "<l@m.n>", "<https://o.p>", "&lt;",
    "  \n", "[q]", "\n\n[i]: r\n\n", "\\*", "![s]", "![t][i]", "***u***", "*v**", "https://w.x",
)  # fmt: skip
PAGES = st.one_of(TEXT, st.lists(st.sampled_from(MARKUP), max_size=20).map("".join))


class Theirs(markdown.extensions.Extension):
    """Puts the library's own back."""

    def extendMarkdown(self, md):  # noqa: N802  # the library's name
        md.treeprocessors.register(markdown.treeprocessors.InlineProcessor(md), "inline", 20)


@given(PAGES)
def test_any_page_is_the_same(text):
    assert rendered_html(text) == markdown.markdown(text, extensions=[*EXTENSIONS, Theirs()])


@given(PAGES)
def test_any_page_is_the_same_with_extensions_that_we_do_not_know(text):
    more = [*EXTENSIONS[:-1], "smarty", "footnotes", "abbr", "pymdownx.keys", "pymdownx.betterem", EXTENSIONS[-1]]
    assert markdown.markdown(text, extensions=more) == markdown.markdown(text, extensions=[*more, Theirs()])


def test_it_is_in_use():
    md = markdown.Markdown(extensions=list(EXTENSIONS))
    assert type(md.treeprocessors["inline"]) is inline.Inline
