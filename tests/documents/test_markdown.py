"""Front matter and the parts of a Markdown body."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import Document, Markdown, read_document
from generator.findings import Ref

RUNBOOK = """\
---
reviewed: 2026-11-02
---
Before.

# High `latency` on *tr-web*

## Acción
1. Look at the pods:
   ```bash
   kubectl get pods
   ```
2. Restart
   the thing
```{.sh}
kubectl rollout restart
```
3. Tell [people](mailto:a@b.c)

   - and wait

Text.

    indented

## Acción

| Time (UTC) | Event \\| x | Who |
|------------|-----|---|
| 13:12 | `a\\|b` **bold** | [bob](people/bob.md) |
|13:13||
> quoted

![graph](g.png "t") and
<https://example.com/x%20y>
"""


def read(text: str) -> Document:
    document, findings = read_document("runbooks/a.md", text.encode())
    assert findings == []
    assert document is not None
    return document


def body(text: str) -> Markdown:
    return read(text).markdown


def test_front_matter_and_body_are_told_apart() -> None:
    document = read(RUNBOOK)
    assert document.data == {"reviewed": "2026-11-02"}
    assert document.body.startswith("Before.\n")
    assert document.body_line == 4
    assert document.text.endswith(document.body)


@pytest.mark.parametrize(
    ("text", "data", "rest", "line"),
    [
        ("# T\n", {}, "# T\n", 1),
        ("---\n---\n", {}, "", 3),
        ("---\na: 1\n---", {"a": 1}, "", 4),
        ("--- \na: 1\n---\t\n\nx", {"a": 1}, "\nx", 4),
        ("---\na: '\n  ---'\n---\nx\n---\ny", {"a": " ---"}, "x\n---\ny", 5),
        ("----\na\n----\n", {}, "----\na\n----\n", 1),
        (" ---\na: 1\n---\n", {}, " ---\na: 1\n---\n", 1),
        ("---\r\na: 1\r\n---\r\nx\r\n", {"a": 1}, "x\r\n", 4),
    ],
)
def test_where_front_matter_ends(text: str, data: object, rest: str, line: int) -> None:
    document = read(text)
    assert (document.data, document.body, document.body_line) == (data, rest, line)


@pytest.mark.parametrize(
    ("text", "check", "line"),
    [
        ("---\na: 1\n\n# T\n", "source/front-matter", 1),
        ("---\n- a\n---\n", "source/front-matter", 1),
        ("---\njust text\n---\n", "source/front-matter", 1),
        ("---\na: [\n---\n", "source/syntax", 2),
        ("---\na: 1\na: 2\n---\n", "source/duplicate-key", 3),
        ("---\na: 1\n...\nb: 1\n---\n", "source/syntax", 4),
        ("", "source/empty", 1),
    ],
)
def test_front_matter_that_cannot_be_read(text: str, check: str, line: int) -> None:
    _, findings = read_document("a.md", text.encode())
    assert [(each.check, each.where.span and each.where.span.line) for each in findings] == [(check, line)]


def test_headings_have_the_anchors_that_the_site_gives_them() -> None:
    found = [(each.level, each.text, each.line, each.slug) for each in body(RUNBOOK).headings]
    assert found == [
        (1, "High latency on tr-web", 6, "high-latency-on-tr-web"),
        (2, "Acción", 8, "accion"),
        (2, "Acción", 26, "accion_1"),
    ]


@given(st.lists(st.sampled_from(["A b", "a-b", "Ñu", "a_1", "日本", "x!", "`c`", "a"]), min_size=1, max_size=8))
def test_anchors_are_those_of_python_markdown(texts: list[str]) -> None:
    import markdown

    source = "\n\n".join(f"# {text}" for text in texts)
    made = markdown.Markdown(extensions=["toc"])
    made.convert(source)
    assert [heading.slug for heading in body(source).headings] == [token["id"] for token in made.toc_tokens]  # type: ignore[attr-defined]


def test_the_title_is_the_first_heading_of_level_one() -> None:
    assert body(RUNBOOK).title == "High latency on tr-web"
    assert body("## b\n# a\n").title == "a"
    assert body("## b\n").title == "b"
    assert body("text").title == ""


def test_code_blocks() -> None:
    found = [(each.language, each.text, each.line, each.section) for each in body(RUNBOOK).code_blocks]
    assert found == [
        ("bash", "kubectl get pods\n", 11, "Acción"),
        ("sh", "kubectl rollout restart\n", 16, "Acción"),
        ("", "indented\n", 24, "Acción"),
    ]


def test_numbered_steps_have_the_code_inside_them_and_right_after_them() -> None:
    steps = body(RUNBOOK).steps
    assert [(each.number, each.text, each.line, each.section) for each in steps] == [
        (1, "Look at the pods:", 9, "Acción"),
        (2, "Restart the thing", 13, "Acción"),
        (3, "Tell people", 18, "Acción"),
    ]
    assert [[block.line for block in each.code_blocks] for each in steps] == [[11], [16], []]


def test_code_after_other_text_belongs_to_no_step() -> None:
    assert body("1. a\n\nText.\n\n```\nx\n```\n").steps[0].code_blocks == ()
    assert len(body("1. a\n```\nx\n```\n```\ny\n```\n").steps[0].code_blocks) == 2


def test_steps_in_steps() -> None:
    steps = body("1. a\n   1. b\n      ```\n      x\n      ```\n2. c\n").steps
    assert [(each.number, each.text, len(each.code_blocks)) for each in steps] == [
        (1, "a", 1),
        (1, "b", 1),
        (2, "c", 0),
    ]


def test_tables() -> None:
    (table,) = body(RUNBOOK).tables
    assert (table.columns, table.line, table.section) == (("Time (UTC)", "Event | x", "Who"), 28, "Acción")
    assert [[cell.text for cell in row] for row in table.rows] == [["13:12", "a|b bold", "bob"], ["13:13", "", ""]]


@pytest.mark.parametrize(
    "prefix", ["", "> ", "   ", "- | x |\n  |---|\n\n"], ids=["plain", "quoted", "indented", "after a list"]
)
def test_a_cell_stands_where_its_span_says(prefix: str) -> None:
    *before, each = prefix.split("\n")
    text = "\n".join([*before, *(each + line for line in ("|a|b \\| c|", "|--|:-:|", "| 1  | `x\\|y` é|", "2|3"))])
    document = read(text)
    table = document.markdown.tables[-1]
    lines = text.split("\n")
    for cell in (*table.heads, *(cell for row in table.rows for cell in row)):
        assert lines[cell.span.line - 1][cell.span.column - 1 : cell.span.end_column - 1] == cell.source
    assert [cell.source for row in table.rows for cell in row] == ["1", "`x\\|y` é", "2", "3"]


def test_pointers_lead_into_the_body() -> None:
    document = read(RUNBOOK)

    def at(*pointer: str | int) -> tuple[int, int]:
        span = document.locate(Ref(document.path, ("body", *pointer)))
        return span.line, span.column

    assert at("tables", 0) == (28, 1)
    assert at("tables", 0, "rows", 0, "Event | x") == (30, 11)
    assert at("tables", 0, "rows", 0, 2) == (30, 29)
    assert at("tables", 0, "rows", 1) == (31, 2)
    assert at("tables", 0, "rows", 9, "Who") == (28, 1)
    assert at("tables", 0, "columns", "Who") == (28, 29)
    assert at("headings", 1) == (8, 1)
    assert at("code_blocks", 0) == (11, 1)
    assert at("tables", 5) == (4, 1)
    assert at("nothing", 0) == (4, 1)
    assert at() == (4, 1)


def test_links_are_as_written() -> None:
    assert [(each.target, each.line, each.text, each.image) for each in body(RUNBOOK).links] == [
        ("mailto:a@b.c", 18, "people", False),
        ("people/bob.md", 30, "bob", False),
        ("g.png", 34, "graph", True),
        ("https://example.com/x%20y", 35, "https://example.com/x y", False),
    ]
    assert body("[a](<b c.md>) [x](javascript:alert)\n[y][r]\n\n[r]: z.md\n").links[0].target == "b c.md"
    assert [each.target for each in body("[a](javascript:x)\n[y][r]\n\n[r]: z.md\n").links] == ["javascript:x", "z.md"]


def test_sections_are_the_text_between_headings() -> None:
    found = [
        (each.heading.text if each.heading else None, each.line, each.text.split("\n")[0])
        for each in body(RUNBOOK).sections
    ]
    assert found == [
        (None, 4, "Before."),
        ("High latency on tr-web", 6, ""),
        ("Acción", 8, "1. Look at the pods:"),
        ("Acción", 26, "| Time (UTC) | Event \\| x | Who |"),
    ]
    assert [each.text for each in body("Title\n=====\n\nx\n\n# b\n").sections] == ["x", ""]


@given(st.text(st.sampled_from("#|`-> 1.\n\r[]()*_!<a:\\\té")))
def test_no_body_raises_and_every_line_is_in_the_file(text: str) -> None:
    document, _ = read_document("a.md", ("# é\n" + text).encode())
    assert document is not None
    found = document.markdown
    last = document.text.count("\n") + document.text.count("\r") + 2
    parts: list[Any] = [*found.headings, *found.code_blocks, *found.tables, *found.links, *found.sections, *found.steps]
    assert all(1 <= part.line <= last for part in parts)


def test_deep_quotes_do_not_overflow() -> None:
    assert body(">" * 20_000 + " x\n" + "- " * 20_000).tables == ()
