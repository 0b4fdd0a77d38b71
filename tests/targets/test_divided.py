"""Lists that grow are pages that do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.messages import speech
from generator.targets.divided import MOST, Place, divided
from generator.targets.markdown import table

PLACE = Place("things/index.md", "Things", ("Things",), speech("en"))


def made(names):
    return list(
        divided(
            PLACE,
            names,
            lambda here, some: table(("Name",), [(f"[{name}]({here}#{name})",) for name in some]),
            lambda name: name,
            lambda name: (f"{name}.yaml",),
            "Above.",
        )
    )


def test_a_short_list_is_one_page_in_the_navigation():
    (only,) = made(["a", "b"])
    assert (only.path, only.in_nav, only.sources) == ("things/index.md", ("Things",), ("a.yaml", "b.yaml"))
    assert only.markdown.startswith("# Things\n\nAbove.\n\n| Name |")


def test_no_list_at_all_is_a_page_with_what_stands_above():
    (only,) = made([])
    assert only.markdown == "# Things\n\nAbove."


def test_a_long_list_is_links_to_parts_which_know_their_own_sources():
    names = [f"n{number:04}" for number in range(1500)]
    first, *parts = made(names)
    assert first.in_nav == ("Things",)
    assert len(parts) > 2
    assert f"[n0000 – {parts[0].title.split()[-1]}](<~1/index.md>)" in first.markdown
    assert parts[0].path == "things/~1/index.md"
    assert parts[0].in_nav is None
    assert "(things/~1/index.md#n0000)" in parts[0].markdown
    assert [source for part in parts for source in part.sources] == [f"{name}.yaml" for name in names]


@given(st.lists(st.text("abc", min_size=1, max_size=4000), max_size=40))
def test_every_entry_is_shown_once_and_no_page_is_long_unless_one_entry_is(names):
    first, *parts = made(sorted(names))
    pages = parts or [first]
    assert sum(page.markdown.count(".md#") for page in pages) == len(names)
    assert all(len(page.markdown) < 2 * MOST for page in pages)
