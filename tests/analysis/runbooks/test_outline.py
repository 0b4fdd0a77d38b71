"""The outline agrees with the parser, and reads whatever it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.runbooks.commands import undeclared, without_command
from generator.analysis.runbooks.destructive import destructive, warned
from generator.analysis.runbooks.outline import Outline, read_outline
from generator.analysis.runbooks.sections import contract, contracts, empty, skipped
from generator.documents import frontmatter
from generator.documents.tokens import read_tokens
from generator.settings import Settings

ROOT = Path(__file__).parents[3]
SOURCES = sorted(path for folder in ("runbooks", "postmortems") for path in (ROOT / folder).rglob("*.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_finds_what_the_parser_finds(path: Path) -> None:
    parts = frontmatter.split(path.read_text(encoding="utf-8"))
    found, parsed = read_outline(parts.body, parts.body_line), read_tokens(parts.body, parts.body_line)
    assert [(each.level, each.text, each.line) for each in found.titles] == [
        (each.level, each.text, each.line) for each in parsed.headings
    ]
    assert list(found.anchors) == [each.slug for each in parsed.headings]
    assert [(each.language, each.text.strip(), each.line) for each in found.blocks] == [
        (each.language, each.text.strip(), each.line) for each in parsed.code_blocks
    ]
    assert [(each.number, each.line) for each in found.items] == [(each.number, each.line) for each in parsed.steps]


FORMS = {
    "closed by hashes": ("## Impact ##\n", [(2, "Impact", 1)]),
    "underlined": ("Impact\n======\n\nMore\n---\n", [(1, "Impact", 1), (2, "More", 4)]),
    "a rule below nothing": ("a\n\n---\n", []),
    "in a comment": ("<!--\n# no\n-->\n# yes\n", [(1, "yes", 4)]),
    "in a block": ("```\n# no\n```\n~~~sh\n# no\n~~~\n", []),
    "a block that is never closed": ("```\n# no\n", []),
    "with markup": ("# `a_b` *is* [down](x.md)\n", [(1, "a_b is down", 1)]),
    "Windows": ("# A\r\n\r\n## B\r\n", [(1, "A", 1), (2, "B", 3)]),
    "a tag, not a heading": ("#tag\n", []),
    "no text": ("#\n", [(1, "", 1)]),
    "Hugo's short codes": ("{{< hint info >}}\n# A\n{{< /hint >}}\n", [(1, "A", 2)]),
}


@pytest.mark.parametrize(("text", "titles"), FORMS.values(), ids=FORMS)
def test_headings_of_many_forms(text: str, titles: list[tuple[int, str, int]]) -> None:
    assert [(each.level, each.text, each.line) for each in read_outline(text, 1).titles] == titles


PIECES = st.sampled_from(
    (
        *(
            "# ",
            "## Diagnosis",
            "```",
            "```bash",
            "~~~",
            "1. ",
            "   ",
            "\t",
            ">",
            "> [!WARNING]",
            "!!! warning",
            "<!--",
        ),
        *(
            "-->",
            "---",
            "===",
            "|",
            "`",
            "``",
            "[a](",
            "](#x)",
            "![",
            "]",
            "(",
            ")",
            "$",
            "${",
            "$(",
            "'",
            '"',
            "\\",
            "<<EOF",
        ),
        *(
            "<pod>",
            "{{ x }}",
            "{{<",
            "rm -rf /",
            "kubectl delete pod",
            "$ ls",
            "TODO",
            "\r",
            "\u2028",
            "é",
            "\ufeff",
            "0)",
        ),
    )
)


def everything(found: Outline) -> None:
    """All that is asked of an outline."""
    for block, line, _ in destructive(found):
        warned(found, block)
        assert found.first <= line < found.last
    assert all(found.first <= each.line < found.last for each in undeclared(found, {}))
    assert all(each.line < each.end <= found.last for each in found.items)
    for title in found.titles:
        empty(found, title)
        assert title.line < found.end_of(title) <= found.last
    assert len(found.anchors) == len(found.titles)
    list(without_command(found)), list(skipped(found.titles)), found.warnings
    contract(found, contracts(Settings()))


@given(st.lists(st.one_of(PIECES, st.just("\n"), st.text(max_size=5))).map("".join))
def test_it_reads_whatever_it_gets(text: str) -> None:
    everything(read_outline(text, 7))


@pytest.mark.parametrize(
    "piece", ["# a\n", "1. a\n", "> ", "`", "[", "<!--", "- " * 20 + "\n", " ", "\n", "!!! ", "#" * 6 + " "]
)
def test_long_texts_take_no_longer_than_they_should(piece: str) -> None:
    """A pattern that tries everything twice would not come back from these."""
    found = read_outline(piece * 3000, 1)
    assert found.warnings == ()
    assert len(found.lines) == piece.count("\n") * 3000 + 1


INDENTED = {
    "behind an empty line": ("Type:\n\n    ls -l\n    ls\n\n    pwd\n\nDone\n", [("ls -l\nls\n\npwd", 3, 4)]),
    "behind a heading": ("# A\n    ls\n", [("ls", 2, 4)]),
    "with a tab": ("Type:\n\n\tls\n", [("ls", 3, 1)]),
    "in a step": ("1. Look:\n\n        ls\n\n   More.\n", [("ls", 3, 8)]),
    "a line of a step": ("1. Look:\n\n    More of it.\n", []),
    "a line of a paragraph": ("Look\n    at it.\n", []),
    "an admonition": ("!!! warning\n\n    It hurts.\n\n        rm -rf x\n", [("rm -rf x", 5, 8)]),
    "a tab of several": ('=== "Linux"\n\n    Text.\n', []),
    "inside a fence": ("```\na\n\n    b\n```\n", [("a\n\n    b", 2, 0)]),
    "a step is none inside": ("Look:\n\n    x\n    1. a\n", [("x\n1. a", 3, 4)]),
    "a list inside a list": ("- a\n\n    - b\n\n    - c\n\n            ls\n", [("ls", 7, 12)]),
}


@pytest.mark.parametrize(("text", "blocks"), INDENTED.values(), ids=INDENTED)
def test_blocks_without_a_fence(text: str, blocks: list[tuple[str, int, int]]) -> None:
    found = read_outline(text, 1)
    assert [(each.text, each.line, each.column) for each in found.blocks] == blocks
    assert not any(each.line in {block.line for block in found.blocks} for each in found.items)


def test_lines_of_a_block_without_a_fence_are_no_prose_and_no_links() -> None:
    found = read_outline("See:\n\n    [a](b.md)\n\nEnd\n", 1)
    assert [text for _, text in found.prose(1, 99)] == ["See:", "", "", "End", ""]
