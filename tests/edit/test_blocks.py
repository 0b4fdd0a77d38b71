"""Long texts of new items: folded or as they are, below their keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.documents import read_document
from generator.edit import append, insert_key

LONG = "word " * 60 + "end"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.just(LONG), min_size=2, max_size=3))
def test_they_read_back_as_they_were(texts):
    text = "updates:\n  - at: 1\n    message: one\n"
    for each in texts:
        text = append(text, ("updates",), {"at": 2, "message": {"en": each, "es": LONG}, "then": LONG})
    document, _ = read_document("a.yaml", text.encode())
    items = document.data["updates"]
    assert [item["message"]["en"] for item in items[1:]] == texts
    assert all(item["then"] == LONG == item["message"]["es"] for item in items[1:])


def test_a_long_text_is_folded_and_paragraphs_stay():
    item = {"message": {"en": f"{LONG}", "es": "Uno.\n\nDos: # *tres*"}}
    new = append("updates:\n    - message: one\n", ("updates",), item)
    lines = new.splitlines()
    assert max(map(len, lines)) < 120
    assert lines[2:5] == ["    - message:", "        en: >-", "          " + " ".join(["word"] * 22)]
    assert lines[-4:] == ["        es: |-", "          Uno.", "", "          Dos: # *tres*"]


def test_a_new_list_of_maps_stands_below_its_key_where_there_is_room():
    items = [{"at": "2026-10-14 13:12", "status": "completed"}, {"at": LONG}]
    new = insert_key("title: one\n", (), "updates", items)
    assert new.startswith("title: one\nupdates:\n  - at: 2026-10-14 13:12\n    status: completed\n  - at: >-\n")
    assert insert_key("{title: one}\n", (), "updates", items[:1]) == (
        "{title: one, updates: [{at: 2026-10-14 13:12, status: completed}]}\n"
    )
