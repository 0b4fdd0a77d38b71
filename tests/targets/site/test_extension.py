"""Hostile Markdown is harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.extension import is_allowed
from tests.targets.site.reading import PIECES, seen

SCRIPTS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
)


@pytest.mark.parametrize("address", SCRIPTS)
def test_schemes_that_run_something_are_no_links(address):
    assert not is_allowed(address)
    for text in (
        f"[x]({address})",
        f"[x](<{address}>)",
        f"[x][y]\n\n[y]: {address}",
        f"<{address}>",
        f"![x]({address})",
    ):
        assert all(is_allowed(link) for link in seen(text).links)


@pytest.mark.parametrize(
    "address",
    ["https://a.example/x", "http://a", "mailto:a@b", "tel:+1", "../x/index.md", "#part", "//host/x"],
)
def test_ordinary_addresses_are_links(address):
    assert is_allowed(address)


def test_a_mail_address_is_a_link_although_the_library_disguises_it():
    assert seen("<a@b.example>").links == ["mailto:a@b.example"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<details open ontoggle=alert(1)>x</details>",
        "<svg/onload=alert(1)>",
        "<div markdown='1' onclick='alert(1)'>\n\nx\n\n</div>",
        "# <script>alert(1)</script>",
        "| <script>alert(1)</script> |\n|---|\n| <iframe src=//x> |",
        '!!! note "<script>alert(1)</script>"\n    <script>alert(1)</script>',
        '```bash title="<img src=x onerror=alert(1)>"\nls\n```',
        '``` {.bash onclick="alert(1)" style="x" title="<img src=x>"}\nls\n```',
        "x{: onclick=alert(1) }",
        "<style>@import url(//x)</style>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "<?php x ?>",
        '--8<-- "/etc/passwd"',
        "{{ config }} {% raw %}",
    ],
)
def test_html_is_text(text):
    found = seen(text)
    assert not {"script", "img", "iframe", "style", "svg", "details", "object"} & set(found.tags)
    assert "root:" not in found.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- tocsin: ignore[x] -->\nhere", "here"),
        ("a <!-- b\nc --> d", "a d"),
        ("<!-- a\n\nb -->\n\nhere", "here"),
        ("1. a\n\n    <!-- b -->\n\n    c", "a c"),
        ("`<!-- a -->`", "<!-- a -->"),
        ("```\n<!-- a -->\n```", "<!-- a -->"),
        ("<!-- never closed\n\nhere", "<!-- never closed here"),
    ],
)
def test_comments_are_dropped_outside_code(text, shown):
    assert " ".join(seen(text).text.split()) == shown


def test_a_picture_is_a_link_to_it():
    found = seen("![the dashboard](https://x.example/a.png)")
    assert (found.tags, found.links, found.text.strip()) == (
        ["p", "a"],
        ["https://x.example/a.png"],
        "the dashboard",
    )


def test_a_time_is_an_element_with_its_instant():
    assert seen("{time 2026-01-02T03:04:05Z Fri 2 Jan 00:04}").tags == ["p", "time"]
    assert seen("{time tomorrow x}").tags == ["p"]


def test_steps_keep_their_numbers_and_their_commands():
    found = seen(
        "1. one\n\n    ```bash\n    ls -l\n    ```\n\n"
        "2. two\n\n    !!! warning\n        careful\n\n    ```bash\n    rm x\n    ```"
    )
    assert found.tags.count("ol") == 1
    assert found.tags.count("li") == 2
    assert found.tags.count("pre") == 2
    assert "Warning" in found.text


@given(
    st.lists(st.sampled_from([*PIECES, *SCRIPTS, "<script>", "](", "![", "<a href=", " onclick=x "]), max_size=14).map(
        "".join
    )
)
def test_nothing_that_runs_survives(text):
    found = seen(text)
    assert not {"script", "img", "iframe", "style", "object", "embed", "form"} & set(found.tags)
    assert all(is_allowed(link) for link in found.links)
