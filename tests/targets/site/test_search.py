"""What the search finds: sections of finished pages, as text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.search import documents, index
from tests.targets.site.reading import rendered_html

PAGE = """<nav>Menu</nav><article class="x"><h1 id="down">Down &lt;b&gt;<a class="headerlink" href="#down">¶</a></h1>
<p>It is <strong>down</strong>ed &amp; out.</p><table><tr><td>not found</td></tr></table>
<h2 id="check">Check <code>it</code></h2><pre><code>kubectl <span>get</span> pods
</code></pre><ul><li>one</li><li>two</li></ul></article>"""


def test_a_page_is_a_document_and_so_is_each_of_its_sections():
    assert list(documents("runbooks/down/", PAGE)) == [
        {"location": "runbooks/down/", "title": "Down &lt;b&gt;", "text": "It is downed &amp; out."},
        {"location": "runbooks/down/#check", "title": "Check it", "text": "kubectl get pods one two"},
    ]


def test_what_is_no_page_is_not_found():
    assert list(documents("404.html", "<h1>404</h1>")) == []


@given(st.text(max_size=300))
def test_any_page_gives_text_that_holds_no_element(text):
    for document in documents("x/", f"<article>{rendered_html(text)}</article>"):
        assert "<" not in document["title"] + document["text"]


def test_the_site_builders_settings_stay():
    theirs = json.dumps({"config": {"lang": ["en"]}, "docs": [{"location": "x"}]}).encode()
    made = json.loads(index(theirs, {"runbooks/down/index.html": list(documents("runbooks/down/", PAGE))}))
    assert made["config"] == {"lang": ["en"]}
    assert [each["location"] for each in made["docs"]] == ["runbooks/down/", "runbooks/down/#check"]


@pytest.mark.parametrize("length", [10, 100_000])
def test_a_long_section_is_found_by_its_beginning(length):
    (document,) = documents("x/", f'<article><h1 id="a">A</h1><p>{"&amp; " * length}</p></article>')
    assert len(document["text"]) < 25_000
    assert document["text"].endswith("&amp;")
