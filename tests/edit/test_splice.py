from __future__ import annotations

from textwrap import dedent

import pytest

from generator.edit import append, insert_key, remove, set_value
from generator.errors import EditRefused
from generator.findings import Pointer


def text(block: str) -> str:
    return dedent(block).lstrip("\n")


INCIDENT = text("""
    # public face
    title: Errors   # short

    updates:   # oldest first
      # the first
      - at: 2026-10-14 13:12
        status: investigating   # so far
        message: |
          We are looking
          into it.

      # the second
      - at: 2026-10-14 13:40
        status: identified
    # end
    postmortem: null
    """)


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        ("a: 1\n", ("a",), 2, "a: 2\n"),
        ("a: 1  # why\nb: 2\n", ("a",), "NO", 'a: "NO"  # why\nb: 2\n'),
        ("a: 'x'", ("a",), "z", "a: z"),
        ("a:\n", ("a",), "x", "a: x\n"),
        ("a:   # why\nb: 1\n", ("a",), "x", "a: x   # why\nb: 1\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), [1, "x, y"], 'a: {b: [1, "x, y"], c: 2}\n'),
        ("a: {b}\n", ("a", "b"), 1, "a: {b: 1}\n"),
        ("a: {b: }\n", ("a", "b"), 1, "a: {b: 1}\n"),
        ("- 1\n- 2\n", (1,), "x", "- 1\n- x\n"),
        ("-\n- 2\n", (0,), "x", "- x\n- 2\n"),
        ("a:\n  - 1\n  - 2\n# c\nb: 1\n", ("a",), [3], "a: [3]\n# c\nb: 1\n"),
        ("a:   # why\n  - 1\nb: 1\n", ("a",), [3], "a:   # why\n  [3]\nb: 1\n"),
        ("a: |\n  x\n  y\n\nb: 1\n", ("a",), "z", "a: z\n\nb: 1\n"),
        ("a: |+\n  x\n\nb: 1\n", ("a",), "z", "a: z\n\nb: 1\n"),
        ("a: >\n  x\n", ("a",), "z\n", 'a: "z\\n"\n'),
        ("a: &x 1\n", ("a",), 2, "a: 2\n"),
        ("a: 1\r\nb: 2\r\n", ("a",), 3, "a: 3\r\nb: 2\r\n"),
        ("\ufeffa: 1\nb: 2\n", ("b",), 3, "\ufeffa: 1\nb: 3\n"),
        ("a: ü\u00a0 x\nb: 😀 # c\nc: 1\n", ("c",), 3, "a: ü\u00a0 x\nb: 😀 # c\nc: 3\n"),
    ],
)
def test_set_value(before: str, pointer: Pointer, value: object, after: str):
    assert set_value(before, pointer, value) == after


@pytest.mark.parametrize(
    ("before", "pointer", "item", "after"),
    [
        ("- a\n- b\n", (), "c", "- a\n- b\n- c\n"),
        ("- a: 1\r\n- b: 2\r\n", (), {"a": 1, "b": 2}, "- a: 1\r\n- b: 2\r\n- a: 1\r\n  b: 2\r\n"),
        ("- - 1\n", (), {"a": 1, "b": 2}, "- - 1\n- {a: 1, b: 2}\n"),
        ("- a\n- b", (), "c", "- a\n- b\n- c"),
        ("a:\n- x   # c\n# d\nb: 1\n", ("a",), "z", "a:\n- x   # c\n- z\n# d\nb: 1\n"),
        ("a:\n    - x\n\nb: 1\n", ("a",), {"k": 1}, "a:\n    - x\n    - {k: 1}\n\nb: 1\n"),
        ("a:\n  - x: 1\n    y: 2\n", ("a",), {"x": 3, "z": [4]}, "a:\n  - x: 1\n    y: 2\n  - x: 3\n    z: [4]\n"),
        ("a:\n  - |\n    x\n\n# c\nb: 1\n", ("a",), "z", "a:\n  - |\n    x\n  - z\n\n# c\nb: 1\n"),
        ("a:\n  - |+\n    x\n\nb: 1\n", ("a",), "z", "a:\n  - |+\n    x\n\n  - z\nb: 1\n"),
        ("a:\n  - &x 1\n", ("a",), 2, "a:\n  - &x 1\n  - 2\n"),
        ("a: &x\n  - 1\n", ("a",), 2, "a: &x\n  - 1\n  - 2\n"),
        ("a:\n  -\n", ("a",), 2, "a:\n  -\n  - 2\n"),
        ("- - 1\n  - 2\n- 3\n", (0,), 4, "- - 1\n  - 2\n  - 4\n- 3\n"),
        ("a: [x, y]  # c\n", ("a",), "z", "a: [x, y, z]  # c\n"),
        ("a: [ x, y, ]\n", ("a",), "z", "a: [ x, y, z ]\n"),
        ("a: []\n", ("a",), "z", "a: [z]\n"),
        ("a: [ ]\n", ("a",), "z", "a: [z]\n"),
        ("a: [  # c\n]\n", ("a",), "z", "a: [  # c\nz]\n"),
        (
            "a: [\n  {k: 1},\n  {k: 2}  # c, d\n]\n",
            ("a",),
            {"k": 3},
            "a: [\n  {k: 1},\n  {k: 2},  # c, d\n  {k: 3}\n]\n",
        ),
        ("a: [\n  {k: 1},  # c\n]\n", ("a",), {"k": 3}, "a: [\n  {k: 1},  # c\n  {k: 3},\n]\n"),
        ("a: [\n  x,\n  y]\n", ("a",), "z", "a: [\n  x,\n  y,\n  z]\n"),
        ("a:\n", ("a",), "x", "a:\n  - x\n"),
        ("a:  # c\nb: 1\n", ("a",), "x", "a:  # c\n  - x\nb: 1\n"),
        ("", (), "x", "- x\n"),
        ("# only\n", (), {"x": 1}, "# only\n- {x: 1}\n"),
        ("# only", (), "x", "# only\n- x\n"),
        ("a:\r\n  - x\r\n", ("a",), "z", "a:\r\n  - x\r\n  - z\r\n"),
    ],
)
def test_append(before: str, pointer: Pointer, item: object, after: str):
    assert append(before, pointer, item) == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ("a: 1\n# c\n", (), "a: 1\nk: v\n# c\n"),
        ("- a: 1\n  b:\n    c: 1\n- 2\n", (0,), "- a: 1\n  b:\n    c: 1\n  k: v\n- 2\n"),
        ("a: {}\n", ("a",), "a: {k: v}\n"),
        ("a: {b: 1}\n", ("a",), "a: {b: 1, k: v}\n"),
        ("a: {\n  b: 1,\n}\n", ("a",), "a: {\n  b: 1,\n  k: v,\n}\n"),
        ("a:\nb: 1\n", ("a",), "a:\n  k: v\nb: 1\n"),
        ("-\n", (0,), "- k: v\n"),
        ("", (), "k: v\n"),
        ("# c\n", (), "# c\nk: v\n"),
        ("a:\n  b:\n", ("a",), "a:\n  b:\n  k: v\n"),
    ],
)
def test_insert_key(before: str, pointer: Pointer, after: str):
    assert insert_key(before, pointer, "k", "v") == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ("a: 1\nb: 2  # c\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("# c\na:\n  - 1\n  - 2\n\n# d\nb: 2\n", ("a",), "# c\n\n# d\nb: 2\n"),
        ("- a: 1\n  b: 2\n", (0, "a"), "- b: 2\n"),
        ("- a: 1  # c\n  b: 2\n", (0, "a"), "- b: 2\n"),
        ("- a\n# c - d\n- b\n", (1,), "- a\n# c - d\n"),
        ("-\n  # - c\n  a: 1\n- b\n", (0,), "- b\n"),
        ("- - 1\n  - 2\n- 3\n", (0, 0), "- - 2\n- 3\n"),
        ("a: |\n  x\n\n  y\n\nb: 1\n", ("a",), "\nb: 1\n"),
        ("a: |+\n  x\n\nb: 1\n", ("a",), "b: 1\n"),
        ("a: [x, y, z]\n", ("a", 0), "a: [y, z]\n"),
        ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
        ("a: [x, y, z]  # c\n", ("a", 2), "a: [x, y]  # c\n"),
        ("a: [x, y, ]\n", ("a", 1), "a: [x, ]\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
        ("a: [\n  x,  # c\n  y,  # d\n  z\n]\n", ("a", 1), "a: [\n  x,  # c\n  z\n]\n"),
        ("a: [\n  x,\n  y  # d\n]\n", ("a", 1), "a: [\n  x,\n]\n"),
        ("a: [\n  x,\n  y]\n", ("a", 1), "a: [\n  x]\n"),
        ("a:\n  - x  # c\nb: 1\n", ("a", 0), "a: []  # c\nb: 1\n"),
        ("# c\n- x\n# d\n", (0,), "# c\n[]\n# d\n"),
        ("a: 1\n", ("a",), "{}\n"),
        ("a: 1\r\nb: 2\r\n", ("a",), "b: 2\r\n"),
    ],
)
def test_remove(before: str, pointer: Pointer, after: str):
    assert remove(before, pointer) == after


def test_an_incident_from_beginning_to_end():
    changed = append(INCIDENT, ("updates",), {"at": "2026-10-14 14:00", "status": "resolved", "message": "Done: #1"})
    changed = set_value(changed, ("updates", 0, "status"), "identified")
    changed = remove(changed, ("updates", 1))
    changed = insert_key(changed, (), "impact", "minor")
    assert changed == text("""
        # public face
        title: Errors   # short

        updates:   # oldest first
          # the first
          - at: 2026-10-14 13:12
            status: identified   # so far
            message: |
              We are looking
              into it.

          # the second
          - at: 2026-10-14 14:00
            status: resolved
            message: "Done: #1"
        # end
        postmortem: null
        impact: minor
        """)


@pytest.mark.parametrize("body", ["", "# Title\n\n---\nstatus: body\n---\n", "no line break"])
def test_front_matter_is_changed_and_the_body_is_not(body: str):
    before = f"---\nstatus: open  # c\nalerts: [A]\n---\n{body}"
    changed = set_value(before, ("status",), "draft", path="postmortems/x.md")
    changed = append(changed, ("alerts",), "B", path="postmortems/x.md")
    changed = insert_key(changed, (), "severity", "SEV-1", path="postmortems/x.md")
    assert changed == f"---\nstatus: draft  # c\nalerts: [A, B]\nseverity: SEV-1\n---\n{body}"


def test_a_page_without_front_matter_gets_one():
    assert insert_key("# Title\n", (), "owner", "platform", path="r.md") == "---\nowner: platform\n---\n# Title\n"


@pytest.mark.parametrize(
    ("edit", "arguments"),
    [
        (set_value, ("a: 1\n", ("b",), 2)),
        (set_value, ("a: 1\n", ("a", "b"), 2)),
        (set_value, ("- 1\n", (-1,), 2)),
        (set_value, ("- 1\n", ("0",), 2)),
        (set_value, ("a: 1\n", (), 2)),
        (set_value, ("a: 1\n", ("a",), "\ud800")),
        (append, ("a: 1\n", ("a",), 2)),
        (append, ("a: 1\n", (), 2)),
        (append, ("a: {x: }\n", ("a", "x"), 2)),
        (insert_key, ("a: 1\n", (), "a", 2)),
        (insert_key, ("- 1\n", (), "a", 2)),
        (insert_key, ("", (), "k", object())),
        (remove, ("a: 1\n", ())),
        (remove, ("a: 1\n", ("b",))),
        (remove, ("- a: 1\n  # mine\n  b: 2\n", (0, "a"))),
        (remove, ("a: [x, # mine\n  y]\n", ("a", 1))),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused(edit, arguments):
    with pytest.raises(EditRefused, match=r"source\.yaml was not changed: ."):
        edit(*arguments)


@pytest.mark.parametrize("before", ["a: [\n", "a: 1\na: 2\n b: 3\n", "a: 'x\n"])
def test_a_text_that_cannot_be_read_is_refused(before: str):
    with pytest.raises(EditRefused, match=r"alerts/x\.yaml was not changed"):
        set_value(before, ("a",), 1, path="alerts/x.yaml")


def test_what_an_alias_stands_for_is_not_changed_behind_its_back():
    before = "a: &x {k: 1}\nb: *x\n"
    for edit in (
        lambda: set_value(before, ("a", "k"), 2),
        lambda: set_value(before, ("b", "k"), 2),
        lambda: remove(before, ("a",)),
        lambda: insert_key(before, (), "c", 1),
    ):
        with pytest.raises(EditRefused):
            edit()
