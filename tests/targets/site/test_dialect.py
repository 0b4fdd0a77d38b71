"""Markdown of other tools means on the site what it means there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from generator.documents import frontmatter
from generator.targets.site.dialect import rewritten
from generator.targets.site.extension import HarmlessExtension

ROOT = Path(__file__).parents[3]
OURS = sorted(path for folder in ("runbooks", "postmortems") for path in (ROOT / folder).rglob("*.md"))
EXTENSIONS = ("admonition", "tables", "pymdownx.details", "pymdownx.superfences")


def html(text: str) -> str:
    library = Markdown(extensions=[*EXTENSIONS, HarmlessExtension()])
    return "".join(library.convert(rewritten(text, {"warning": "Ojo"})).split("\n"))


@pytest.mark.parametrize(
    ("text", "parts"),
    {
        "steps keep their numbers around a block": (
            "1. a\n\n   ```sh\n   ls\n   ```\n\n2. b\n",
            ["<ol><li><p>a</p>", "ls", "</li><li><p>b</p></li></ol>"],
        ),
        "a block that is not indented": ("1. a\n\n```sh\nls\n```\n\n2. b\n", ["<ol><li>a</li></ol>", '<ol start="2">']),
        "a list behind a line of text": ("Do:\n- a\n- b\n", ["<p>Do:</p><ul><li>a</li><li>b</li></ul>"]),
        "a list in a list": ("* a\n  * b\n", ["<ul><li>a<ul><li>b</li></ul></li></ul>"]),
        "text in an item of a list in a list": ("- a\n  - b\n\n    c\n", ["<p>b</p><p>c</p></li></ul></li></ul>"]),
        "a number in a sentence": ("It was\n1984. Then\n", ["<p>It was1984. Then</p>"]),
        "a table behind a line of text": ("See:\n|a|b|\n|-|-|\n|1|2|\n", ["<p>See:</p>", "<td>2</td>"]),
        "code without a fence in a step": ("1. a\n\n       ls\n         -l\n", ["<code>ls  -l</code>"]),
        "GitHub's box": (
            "> [!WARNING]\n> a\n> b\n\nc\n",
            ['<div class="admonition warning"', "Ojo</p><p>ab</p></div>"],
        ),
        "a box in a step": ("1. a\n\n   > [!CAUTION]\n   > b\n", ["<li>", '<div class="admonition danger">', "</li>"]),
        "Docusaurus' box": (":::tip[Well]\na\n:::\n", ['class="admonition tip"', "Well</p><p>a</p></div>"]),
        "Hugo's box": ("{{% notice warning %}}\na\n{{% /notice %}}\n", ['class="admonition warning"', "<p>a</p>"]),
        "a box that never ends": (":::tip\na\n", ["<p>:::tipa</p>"]),
        "folded text": ("<details>\n<summary>A</summary>\n\n- b\n\n</details>\n", ["<summary>A</summary><ul><li>b"]),
        "a box of ours without a title": ("!!! warning\n    a\n", ['admonition-title">Ojo</p><p>a</p>']),
        "a box of ours with a title": ('!!! warning "B"\n    a\n', ['admonition-title">B</p><p>a</p>']),
        "tasks": ("- [ ] a\n- [x] b\n", ["<li>☐ a</li><li>☑ b</li>"]),
        "a rule": ("a\n\n* * *\n\nb\n", ["<hr"]),
        "a block without an end, in a step": ("1. a\n\n   ```\n   ls\n\nb\n", ["<pre>", "</ol><p>b</p>"]),
        "a few tags": ("a<br>b <kbd>C</kbd> <b>d</b>", ["a<br />b <kbd>C</kbd> <strong>d</strong>"]),
        "other tags": ('<b onclick="x">a</b><script>b</script>', ["&lt;b onclick", "&lt;script&gt;b&lt;/script&gt;"]),
        "a tag in code": ("`a<br>`", ["<code>a&lt;br&gt;</code>"]),
        "a place to link to": ('<a name="x"></a>Text', ["<p>Text</p>"]),
    }.values(),
)
def test_it_means_the_same(text: str, parts: list[str]) -> None:
    said = html(text)
    at = 0
    for part in parts:
        assert part in said[at:], said
        at = said.index(part, at) + len(part)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_in_the_form_already_is_shown_as_before(path: Path) -> None:
    text = frontmatter.split(path.read_text(encoding="utf-8")).body
    library = Markdown(extensions=[*EXTENSIONS, HarmlessExtension()])
    assert read(library.convert(rewritten(text, {}))) == read(library.reset().convert(text))


def read(page: str) -> str:
    """A page as it is shown: blanks in front of lines count in blocks of code alone."""
    return "".join(
        part if part.startswith("<pre") else " ".join(part.split()) for part in re.split(r"(?s)(<pre.*?</pre>)", page)
    )


PIECES = (
    *("- ", "1. ", "  ", "    ", "\n", "\n\n", "a", "```", "> [!NOTE]", "> ", ":::tip", ":::", "!!! note", "| a |"),
    *("|-|", "\t", "{{< hint info >}}", "{{< /hint >}}", "[ ] ", "***", "~~~", "\\", "# ", "[^1]: ", ": "),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_no_words_are_lost(text: str) -> None:
    assert rewritten(text, {}).count("a") >= text.count("a")
