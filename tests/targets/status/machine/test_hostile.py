from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.status.status_sources import catalog, component, incident, maintenance, update
from tests.targets.status.html import Page
from tests.targets.status.machine.built import api, breaches, build, events, feed, xml

HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "]]><![CDATA[ &amp; &#x3c; <!-- -->",
    "{{ 7 * 7 }}{% raw %}{name} %s",
    "\N{RIGHT-TO-LEFT OVERRIDE}نص عربي\N{FIRE}\N{ZERO WIDTH JOINER}",
    "a\nBEGIN:VEVENT\nSUMMARY:b;c,d\\n",
    "\x00\x07\x0b\x1b\x7f\x85\u2028\u2029\ufffe\uffff",
    "=cmd|' /C calc'!A0",
    "\ud83d half of a pair",
    "x" * 5000,
]
TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40)


def everywhere(text):
    """Sources with one text in every field that holds text."""
    return catalog(
        component("web", text, description=text, since="2026-11-20"),
        component("g", {"en": text, "es": text}, is_group=True),
        component("in-g", text, group="g"),
        incident("2026-11-20-x", update("2026-11-20 10:00", "identified", {"web": "major_outage"}, text), title=text),
        incident("2026-11-21-x", update("2026-11-21 10:00", "resolved", None, text), title=text),
        maintenance("2026-12-01-x", "2026-12-01", "2026-12-02", ["g"], title=text, message=text),
        name=text,
        languages=["en", "es"],
    )


def shown(text):
    """The text as a format without control characters shows it."""
    return "".join(each if _in_xml(each) else "\N{REPLACEMENT CHARACTER}" for each in " ".join(text.split()))


def _in_xml(character):
    return (
        character in "\t\n\r"
        or " " <= character < "\ud800"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
    )


def check(text):
    """Builds, and reads every format back: the text has to be there, as text."""
    files = build(everywhere(text))
    assert breaches(files) == []
    _check_api(files, text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    _check_feeds(files, text)
    for path in ("calendar.ics", "es/calendar.ics"):
        assert len(events(files, path)) == 3
        assert all(str(event["SUMMARY"]).startswith(shown(text)[:50]) for event in events(files, path))
    for path, content in files.items():
        if path.endswith(".svg"):
            drawn = xml(content)
            assert (drawn.get("aria-label") or "").startswith(f"{shown(text)}: ")
    rows = list(csv.reader(io.StringIO(files["uptime.csv"].decode(), newline="")))
    assert {row[2].removeprefix("'") for row in rows[1:]} == {shown(text)}
    assert {len(row) for row in rows} == {9}
    json.loads(files["uptime.json"])


def _check_api(files, text):
    summary = api(files)["summary"]
    assert {each["name"] for each in summary["components"]} == {summary["page"]["name"]}
    assert len(summary["page"]["name"]) >= len(text) - 1
    assert summary["incidents"][0]["incident_updates"][0]["body"] == summary["page"]["name"]


def _check_feeds(files, text):
    for path in files:
        if path.endswith(("history.atom", "history.rss")):
            read = xml(files[path])
            titles = [each.text or "" for each in read.iter() if each.tag.split("}")[-1] == "title"]
            assert all(shown(text) in title for title in titles), path
            for entry in feed(files, path).entries:
                html = Page(entry.content[0].value if path.endswith("atom") else entry.summary)
                assert html.wrong == []
                assert {tag for tag, _ in html.elements} <= _TAGS
                assert not [key for _, attributes in html.elements for key in attributes if key not in _ATTRIBUTES]


_TAGS = {"p", "strong", "em", "div", "ul", "ol", "li", "bdi", "a", "code", "pre", "blockquote", "hr", "br"}
_ATTRIBUTES = {"dir", "lang", "href", "title", "class", "start"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_format(text):
    check(text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_any_text_stays_text_in_every_format(text):
    check(text)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example.com"])
def test_no_link_leads_to_a_script(address):
    said = update("2026-11-20 10:00", "identified", None, f"[here]({address})")
    files = build(catalog(incident("2026-11-20-x", said), name="Example"))
    assert Page(feed(files).entries[0].content[0].value).all("a") == []


def test_two_builds_are_byte_for_byte_the_same():
    assert build(everywhere(HOSTILE[0])) == build(everywhere(HOSTILE[0]))
