from __future__ import annotations

import json
import re

import pytest

from tests.analysis.status.status_sources import catalog, component, incident, maintenance, update
from tests.targets.status.conftest import render
from tests.targets.status.html import Page

HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}{{7*7}}",
    "</style></title><svg/onload=alert(1)>",
    "\N{RIGHT-TO-LEFT OVERRIDE}نص عربي\N{FIRE}",
    "&lt;b&gt; &amp; {name} %s",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_field(text):
    files = render(
        catalog(
            component("web", text, description=text),
            component("g", text, is_group=True),
            component("in-g", {"en": text, "es": text}, group="g"),
            incident(
                "2026-11-20-x", update("2026-11-20 10:00", "identified", {"web": "major_outage"}, text), title=text
            ),
            incident("2026-11-21-x", update("2026-11-21 10:00", "resolved", None, text), title=text),
            maintenance("2026-12-01-x", "2026-12-01", "2026-12-02", ["web"], title=text, message=text),
            name=text,
            languages=["en", "es"],
        )
    )
    for path, content in files.items():
        if path.endswith("search.json"):
            assert text in json.loads(content)[0]
        if not path.endswith(".html"):
            continue
        page = Page(content)
        assert page.wrong == [], path
        assert page.all("script") == [{}], path
        assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")], path
        assert text in page.text, path


def message(text):
    told = incident("2026-11-20-x", update("2026-11-20 10:00", "identified", None, text))
    return Page(render(catalog(told))["incidents/2026-11-20-x/index.html"])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "\\\\evil.example",
        "ftp://example.com/",
    ],
)
def test_links_that_lead_astray_do_not_become_links(address):
    for text in (f"[go]({address})", f"<{address}>", f"[go][x]\n\n[x]: {address}", f"![go]({address})"):
        links = message(text).links
        assert not [link for link in links if re.match(r"(?i)(javascript|vbscript|data:text|file|ftp)|//|\\", link)], (
            text
        )


def test_links_to_the_web_to_a_mailbox_and_within_the_page_work():
    page = message("[a](https://example.com/?a=1&b=2) [b](mailto:help@example.com) [c](history/) [d](/es/)")
    assert [link for link in page.links if link.endswith(("b=2", "mple.com", "../history/", "es/"))][:4] == [
        "https://example.com/?a=1&b=2",
        "mailto:help@example.com",
        "../../history/",
        "../../es/",
    ]


def test_pictures_and_headings_in_messages_stay_text_and_the_rest_of_markdown_works():
    page = message("# Big\n\n![x](https://example.com/x.png)\n\n**bold** `code`\n\n- one\n- two\n\nTitle\n=====")
    assert page.all("img") == []
    assert page.headings == [1, 2]
    assert "# Big" in page.text
    assert len(page.all("strong")) == 2  # the update's status, and what is bold
    assert len(page.all("code")) == 1


def test_a_postmortem_that_is_no_web_address_is_not_linked():
    told = incident("2026-11-20-x", update("2026-11-20 10:00", "resolved"), postmortem="javascript:alert(1)")
    assert "javascript" not in render(catalog(told))["incidents/2026-11-20-x/index.html"]


def test_the_language_of_a_text_is_no_way_in():
    told = incident("2026-11-20-x", update("2026-11-20 10:00", "identified", None, {'x"><script>': "hm"}))
    assert Page(render(catalog(told))["index.html"]).all("script") == [{}]


def test_control_characters_are_shown_as_a_sign_wherever_they_are_written():
    text = "a\x00home\x00b\x07c\x1b[31md\x85e"
    files = render(
        catalog(
            component("web", text, description=text),
            incident(
                "2026-11-20-x", update("2026-11-20 10:00", "identified", {"web": "major_outage"}, text), title=text
            ),
            maintenance("2026-12-01-x", "2026-12-01", "2026-12-02", ["web"], title=text, message=text),
            name=text,
        )
    )
    for path, content in files.items():
        if path.endswith(".html"):
            assert not re.search("[\0-\x08\x0b-\x1f\x85]", content), path
            assert "a\ufffdhome\ufffdb\ufffdc\ufffd[31md e" in Page(content).text, path
