from __future__ import annotations

from posixpath import dirname, relpath

from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.links import relative

PATHS = st.lists(st.sampled_from(["a", "b", "c.d"]), min_size=1, max_size=4).map(
    lambda parts: "/".join([*parts, "index.md"])
)


@given(PATHS | st.just("index.md"), PATHS | st.just("index.md"))
def test_the_way_between_pages_is_the_usual_one(here, there):
    assert relative(here, there) == relpath(there, dirname(here) or ".")
