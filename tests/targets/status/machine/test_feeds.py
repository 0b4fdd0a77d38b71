from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.analysis.status.status_sources import at, incident, maintenance, update
from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import NOW, OPEN, URL, build, feed, small, words

FORMATS = ["atom", "rss"]


@pytest.fixture(scope="module")
def files():
    return build(busy(status={"url": URL}))


@pytest.mark.parametrize("form", FORMATS)
def test_every_feed_can_be_read_and_says_where_it_is(files, form):
    paths = [path for path in files if path.endswith(f"history.{form}")]
    assert len(paths) == 2 * 5  # of everything, and of four components and groups, in two languages
    for path in paths:
        read = feed(files, path)
        assert read.version == {"atom": "atom10", "rss": "rss20"}[form]
        assert {link.href for link in read.feed.links if link.rel == "self"} == {f"{URL}/{path}"}
        assert read.feed.link == f"{URL}/{path.removesuffix(f'history.{form}')}"
        assert read.feed.language == ("es" if path.startswith("es/") else "en")


@pytest.mark.parametrize("form", FORMATS)
def test_everything_that_was_said_is_an_entry_the_newest_first(files, form):
    assert [each.title for each in feed(files, f"history.{form}").entries] == [
        "Present work: In progress",
        "Errors in the API: Identified",
        "Errors in the API: Investigating",
        "Old work: Completed",
        "Old work: In progress",
        "Errors at checkout: Resolved",
        "Errors at checkout: Investigating",
        "Next work: Scheduled",
        "Present work: Scheduled",
        "Old work: Scheduled",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_an_entry_has_its_time_its_link_and_its_words_as_html(files, form):
    found = next(each for each in feed(files, f"es/history.{form}").entries if each.title.endswith("pagar: Resuelto"))
    assert datetime(*found.published_parsed[:6], tzinfo=UTC) == at("2026-10-14 13:40")
    assert found.link == f"{URL}/es/incidents/2026-10-14-checkout/"
    html = found.content[0].value if form == "atom" else found.summary
    assert "<p>Se acabó.</p>" in html
    assert 'href="https://example.com/blog/checkout"' in html
    assert "Sitio web: Operativo" in words(html)


def test_a_message_in_markdown_comes_as_on_the_page(files):
    html = next(each for each in feed(files).entries if "checkout: Inv" in each.title).content[0].value
    assert "We <em>look</em> into it." in html


def test_both_formats_and_all_languages_have_the_same_ids_and_times(files):
    seen = {
        tuple((each.id, each.published_parsed) for each in feed(files, path).entries)
        for path in ("history.atom", "history.rss", "es/history.atom", "es/history.rss")
    }
    assert len(seen) == 1
    assert len({ident for ident, _ in seen.pop()}) == 10


def test_a_component_has_the_stories_that_touched_it(files):
    titles = {
        name: {each.title.split(":")[0] for each in feed(files, f"components/{name}/history.atom").entries}
        for name in ("website", "rest", "hooks", "api")
    }
    assert titles["website"] == {"Errors at checkout", "Next work"}
    assert titles["rest"] == {"Errors in the API"}
    assert titles["hooks"] == {"Old work", "Present work"}
    assert titles["api"] == titles["rest"] | titles["hooks"]


def entries(sources, now=NOW):
    return {each.id: (each.published, each.updated) for each in feed(build(sources, now)).entries}


def test_a_rebuild_publishes_nothing_again():
    sources = busy(status={"url": URL})
    now = at("2026-10-01 00:00")
    known: dict[str, object] = {}
    while now < at("2026-12-12"):
        found = entries(sources, now)
        assert {**found, **known} == found  # what was there is there unchanged
        known, now = found, now + timedelta(hours=103)
    assert len(known) == 2 + 3 + 1 + 3 * 3


def test_what_else_changes_leaves_an_entry_its_identity_and_its_time():
    planned = maintenance("2026-11-20-m", "2026-11-20 01:00", "2026-11-20 02:00", ["web"])
    before = entries(small(incident("2026-11-24-x", *OPEN), planned))
    other = small(
        incident(
            "2026-11-24-x",
            update("2026-11-24 09:00", "investigating", None, "Added later."),
            update("2026-11-24 10:00", "identified", {"rest": "degraded_performance"}, "Mended words."),
            update("2026-11-24 10:00", "monitoring"),
            title="Another title",
            postmortem="https://example.com/",
        ),
        incident("2026-11-23-y", *OPEN),
        maintenance("2026-11-20-m", "2026-11-20 01:00", "2026-11-20 02:00", ["rest"], message="Other", title="Other"),
        name="Another name",
        status={"url": "https://elsewhere.example.com/status"},
    )
    after = entries(other)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 3


def test_no_entry_comes_from_the_future():
    far = maintenance("2027-08-01-x", "2027-08-01", "2027-08-02", ["web"])
    (found,) = feed(build(small(far))).entries
    assert found.title == "2027-08-01-x: Scheduled"
    assert datetime(*found.updated_parsed[:6], tzinfo=UTC) < NOW


def test_an_update_can_be_told_from_another_at_the_same_minute():
    twice = [update("2026-11-24 10:00", "investigating"), update("2026-11-24 10:00", "identified")]
    assert len(entries(small(incident("2026-11-24-x", *twice)))) == 2


def test_feeds_are_bounded_and_keep_the_newest():
    every = [
        incident(f"2026-01-01-x{number}", update(NOW - timedelta(hours=number), "resolved", {"web": "operational"}))
        for number in range(110)
    ]
    planned = maintenance("2026-12-24-m", "2026-12-24", "2026-12-25", ["web"])
    files = build(small(*every, planned))
    assert [len(feed(files, path).entries) for path in ("history.atom", "components/web/history.atom")] == [101, 51]
    titles = [each.title for each in feed(files).entries]
    assert (titles[0], titles[-1]) == ("2026-01-01-x0: Resolved", "2026-12-24-m: Scheduled")


def test_a_feed_of_nothing_is_a_feed():
    files = build(small())
    for path in ("history.atom", "history.rss"):
        assert feed(files, path).entries == []
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in files["history.atom"]


def test_links_in_messages_are_absolute():
    said = update("2026-11-24 10:00", "investigating", None, "[page](incidents/x/) [other](https://example.org)")
    html = feed(build(small(incident("2026-11-24-x", said)))).entries[0].content[0].value
    assert re.findall(r'href="([^"]*)"', html) == [f"{URL}/incidents/x/", "https://example.org"]
