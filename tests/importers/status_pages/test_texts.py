from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.status_page.texts import clean, markdown, one_line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One<br />two<br>three", "One\ntwo\nthree"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<strong>Bold</strong> &amp; <em>thin</em> <code>x</code>", "**Bold** & *thin* `x`"),
        (
            'See <a href="https://x.example/?a=1&amp;b=2" target="_blank">here</a>.',
            "See [here](https://x.example/?a=1&b=2).",
        ),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<a href=https://x.example/>open", "[open](https://x.example/)"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<h3>What</h3>Text", "**What**\n\nText"),
        ("a < b, <service> and x<y>z stay", "a < b, <service> and x<y>z stay"),
        ("a <b-tag>, x <b and c> d <br/>e", "a <b-tag>, x <b and c> d\ne"),
        ("&lt;script&gt; is text", "<script> is text"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("one\r\n\r\n\r\n\r\ntwo  \r", "one\n\ntwo"),
        ("bell\x07 and \ud83d half", "bell and  half"),
        (None, ""),
        (7, ""),
    ],
)
def test_messages(written: object, shown: str):
    assert markdown(written) == shown


def test_titles_are_one_line():
    assert one_line(" a\n\tb\u2028c ") == "a b c"


@given(st.text(alphabet=st.characters() | st.sampled_from("<>/&;abpli\"'= \n")))
def test_any_text_can_be_a_source(text: str):
    for found in (markdown(text), clean(text), one_line(text)):
        assert found == found.strip()
        found.encode()
