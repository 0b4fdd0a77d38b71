"""Many changes of one source, each in its item."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.edit import comment_texts, mend
from generator.edit.change import plain
from generator.errors import EditRefused
from generator.findings import Edit, Fix

TEXT = """\
# head
team: a
rules:   # all
  # one
  - name: one   # first
    labels: {x: 1}   # why
    wait: 0m

  # two
  - name: two
    labels:
      x: 2   # two
      y: 3
# tail
"""


def fix(*edits: Edit) -> Fix:
    return Fix("said", edits)


def test_each_fix_is_made_in_its_item_and_the_rest_keeps_its_bytes():
    after = mend(
        "alerts/a.yaml",
        TEXT,
        [
            fix(Edit("insert", ("rules", 0), "page", "urgency"), Edit("remove", ("rules", 0, "labels", "x"))),
            fix(Edit("remove", ("rules", 1, "labels", "x"))),
            fix(Edit("rename", ("rules", 1, "labels", "y"), "z")),
            fix(Edit("set", ("team",), "b")),
            fix(Edit("remove", ("rules", 0, "wait"))),
        ],
    )
    assert after.refused == []
    assert len(after.done) == 5
    assert after.text == TEXT.replace("team: a", "team: b").replace(
        "    labels: {x: 1}   # why\n    wait: 0m\n", "    # why\n    urgency: page\n"
    ).replace("      x: 2   # two\n      y: 3\n", "      # two\n      z: 3\n")


def test_of_a_fix_all_steps_are_taken_or_none():
    bad = fix(Edit("set", ("rules", 0, "name"), "other"), Edit("remove", ("rules", 0, "gone")))
    good = fix(Edit("set", ("rules", 1, "name"), "other"))
    after = mend("alerts/a.yaml", TEXT, [bad, good])
    assert after.text == TEXT.replace("name: two", "name: other")
    assert after.done == [good]
    assert [each for each, _ in after.refused] == [bad]


def test_a_source_that_cannot_be_read_is_refused():
    with pytest.raises(EditRefused):
        mend("alerts/a.yaml", "a: [\n", [fix(Edit("set", ("a",), 1))])


def test_an_alias_beside_it_is_refused_and_one_elsewhere_does_not_matter():
    text = "a:\n  - {x: &k 1, y: 2}\n  - {x: *k, y: 3}\nb:\n  - {y: 4}\n"
    after = mend("alerts/a.yaml", text, [fix(Edit("set", ("a", 1, "y"), 9)), fix(Edit("set", ("b", 0, "y"), 9))])
    assert "b:\n  - {y: 9}\n" in after.text
    assert "{x: *k, y: 3}" in after.text
    assert len(after.done) == 1


KEYS = ("a", "b", "c")
ITEMS = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(KEYS)}, optional={key: st.integers(0, 9) for key in KEYS}),
    min_size=1,
    max_size=5,
)


@given(ITEMS, st.data())
def test_whatever_is_changed_is_what_was_meant(items: list[dict[str, Any]], data: st.DataObject):
    text = "# head\nitems:\n" + "".join(_item(number, item) for number, item in enumerate(items)) + "# tail\n"
    expected, fixes = {"items": deepcopy(items)}, []
    for number, item in enumerate(items):
        for key in [key for key in KEYS if key in item and data.draw(st.booleans())]:
            if data.draw(st.booleans()):
                fixes.append(fix(Edit("remove", ("items", number, key))))
                del expected["items"][number][key]
            else:
                fixes.append(fix(Edit("set", ("items", number, key), "new")))
                expected["items"][number][key] = "new"
    after = mend("alerts/a.yaml", text, fixes)
    assert after.refused == []
    assert yaml.load(after.text, yaml.CSafeLoader) == plain(expected)
    assert comment_texts(after.text) == comment_texts(text)


def _item(number: int, item: dict[str, Any]) -> str:
    lines = [f"{key}: {value}   # {number} {key}" for key, value in {"name": 0, **item}.items()]
    return f"  # item {number}\n  - " + "\n    ".join(lines) + "\n"
