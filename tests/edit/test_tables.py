"""Tables of Markdown bodies: a row more, a cell changed, all else byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import read_document
from generator.edit import insert_row, set_cell
from generator.errors import EditRefused

PATH = "postmortems/2026-10-14-checkout-errors.md"
TEXT = "---\nstatus: open\n---\n# Errors\n\n| Time | Event |\n| --- | --- |\n| 13:05 | one |\n| 13:10 | two |\n\nEnd\n"


def rows(text: str) -> list[list[str]]:
    document, _ = read_document(PATH, text.encode())
    return [[cell.text for cell in row] for row in document.markdown.tables[0].rows]


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_row_goes_where_it_is_said(row: int):
    new = insert_row(TEXT, 0, row, {0: "13:07", 1: "new"}, path=PATH)
    assert rows(new)[row] == ["13:07", "new"]
    assert [line for line in new.splitlines() if line != "| 13:07 | new |"] == TEXT.splitlines()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("| Time | Event |\r\n|---|---|\r\n| 13:05 | one |\r\n", "| 13:07 | new |\r\n"),
        ("Time | Event\n--- | ---\n13:05 | one", "\n| 13:07 | new |"),
        ("- List:\n\n  | Time | Event | Who |\n  |---|---|---|\n  | 13:05 | one | bob |\n", "  | 13:07 | new |  |\n"),
        ("| Time | Event |\n|---|---|\n\nEnd", "| 13:07 | new |\n"),
    ],
    ids=["line breaks", "no outer bars at the end of a file", "inside a list", "empty"],
)
def test_a_row_looks_as_its_neighbours(table: str, row: str):
    new = insert_row(table, 0, len(rows(table)), {0: "13:07", 1: "new"}, path=PATH)
    assert new.replace(row, "", 1) == table


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_stays_one_cell(text: str):
    try:
        new = insert_row(TEXT, 0, 2, {0: "13:20", 1: text}, path=PATH)
    except EditRefused:
        return
    assert len(rows(new)) == 3
    assert len(rows(new)[2]) == 2
    assert new.startswith(TEXT.removesuffix("\nEnd\n"))


def test_a_bar_stays_in_its_cell():
    assert rows(insert_row(TEXT, 0, 2, {0: "13:20", 1: "a | b"}, path=PATH))[2] == ["13:20", "a | b"]


@pytest.mark.parametrize("before", ["| 13:10 | two |", "|  | two |", "|| two |", "|13:10|two|"])
def test_a_cell_gets_another_text(before: str):
    text = TEXT.replace("| 13:10 | two |", before)
    new = set_cell(text, 0, 1, 0, "13:40", path=PATH)
    assert rows(new) == [["13:05", "one"], ["13:40", "two"]]
    assert len(new.splitlines()) == len(TEXT.splitlines())
