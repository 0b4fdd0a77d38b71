"""Comments that silence findings."""

from __future__ import annotations

from datetime import date

import pytest

from generator.documents import Suppression, read_document


def found(text: str, path: str = "a.yaml") -> tuple[tuple[Suppression, ...], list[tuple[str, int, int]]]:
    """The suppressions, and (id, line, column) of the findings."""
    document, findings = read_document(path, text.encode())
    assert document is not None
    spans = [each.where.span for each in findings]
    places = [(each.check, span.line, span.column) for each, span in zip(findings, spans, strict=True) if span]
    return document.suppressions, places


@pytest.mark.parametrize(
    ("comment", "until", "reason"),
    [
        ("# tocsin: ignore[slo/one] until 2027-01-31 we are moving", date(2027, 1, 31), "we are moving"),
        ("#tocsin: ignore[slo/one] until then it stays", None, ""),
        ("# tocsin:ignore[slo/one]", None, ""),
        ("#  tocsin:  ignore[ slo/one ]  because # of this ", None, "because # of this"),
    ],
)
def test_what_a_comment_says(comment: str, until: date | None, reason: str) -> None:
    suppressions, findings = found(f"a: 1 {comment}\n")
    if "until then" in comment:
        assert findings == [("source/suppression", 1, 6)]
        return
    assert findings == []
    assert suppressions == (Suppression("slo/one", 1, 6, False, 1, until, reason),)


def test_several_checks_make_several_suppressions() -> None:
    suppressions, _ = found("a: 1 # tocsin: ignore[slo/one, x/y-z] why\n")
    assert [(each.check, each.reason) for each in suppressions] == [("slo/one", "why"), ("x/y-z", "why")]


@pytest.mark.parametrize(
    ("text", "line", "target"),
    [
        ("a: 1 # tocsin: ignore[x/y] z\nb: 2\n", 1, 1),
        ("# tocsin: ignore[x/y] z\n\n# more\n  \na:\n  b: 2\n", 1, 5),
        ("a:\r\n  # tocsin: ignore[x/y] z\r\n  - b\r\n", 2, 3),
        ("a: 1\n# tocsin: ignore[x/y] z\n", 2, 2),
    ],
)
def test_a_comment_that_stands_alone_speaks_of_the_next_line(text: str, line: int, target: int) -> None:
    (suppression,), _ = found(text)
    assert (suppression.line, suppression.target_line) == (line, target)


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x # tocsin: ignore[x/y] z'\n",
        'a: "x\n  # tocsin: ignore[x/y] z"\n',
        "a: |\n  x\n  # tocsin: ignore[x/y] z\n",
        "a: >\n  x # tocsin: ignore[x/y] z\nb: 1\n",
        "a: x#tocsin:ignore[x/y] z\n",
        "a: 1 # see tocsin: ignore[x/y] z\n",
    ],
)
def test_text_is_no_comment(text: str) -> None:
    assert found(text) == ((), [])


def test_a_comment_after_a_block_of_text_is_one() -> None:
    assert len(found("a: |\n  x\n# tocsin: ignore[x/y] z\nb: 1\n")[0]) == 1


@pytest.mark.parametrize(
    "order", ["ignore", "ignore[]", "ignore[x]", "ignore[X/Y] z", "ignore[x/y] until 2027-02-30 z", "hush[x/y]"]
)
def test_a_comment_that_cannot_be_read_is_a_finding(order: str) -> None:
    assert found(f"a: 1 # tocsin: {order}\n") == ((), [("source/suppression", 1, 6)])


def test_markdown_has_them_in_front_matter_and_in_the_body() -> None:
    text = """\
---
a: 1 # tocsin: ignore[a/b] one
---
<!-- tocsin: ignore[c/d] until 2027-01-01 two -->
<!-- tocsin: ignore[e/f] three -->

# Heading

Text <!-- tocsin: ignore[g/h] four --> and text.
```
<!-- tocsin: ignore[i/j] in code -->
```
# tocsin: ignore[k/l] no comment in Markdown
"""
    suppressions, findings = found(text, "a.md")
    assert findings == []
    assert [(each.check, each.line, each.target_line, each.reason) for each in suppressions] == [
        ("a/b", 2, 2, "one"),
        ("c/d", 4, 7, "two"),
        ("e/f", 5, 7, "three"),
        ("g/h", 9, 9, "four"),
    ]
