"""The updates in the body of an issue, in the habits that people have."""

from __future__ import annotations

import pytest

from tests.importers.status_pages.cstate_site import HEAD, NEWEST_FIRST, issue, said
from tests.importers.status_pages.imported import messages

OLDEST_FIRST = """
We're looking
into it.

**Monitoring**: We watch. {{< track "2018-05-25T04:40:00.000Z" >}}

**Resolved**: All can connect. {{< track "2018-05-25T05:54:00.000Z" >}}
"""
IN_FRONT = """
**Issue:** We're looking
into it.
{{< track "2018-05-25T04:40:00.000Z" >}}*Monitoring* – We watch.
{{< track "2018-05-25T05:54:00.000Z" >}}**Resolved** - All can connect.
"""
HOURS = """
2018-05-25 05:54 GMT

__Resolved:__ All can connect.

---

2018-05-25 04:40 GMT

*Monitoring* - We watch.

---

2018-05-25 04:13 GMT

We're looking
into it.
"""


@pytest.mark.parametrize("body", [NEWEST_FIRST, OLDEST_FIRST, IN_FRONT, HOURS])
def test_updates_in_every_habit(body: str):
    path, found, made = issue(HEAD.format("disrupted") + body)
    assert path == "status/incidents/2018-05-25-us-east.yaml"
    assert said(found) == [
        ("04:13", "investigating", "We're looking\ninto it."),
        ("04:40", "monitoring", "We watch."),
        ("05:54", "resolved", "All can connect."),
    ]
    assert found["updates"][0]["components"] == {"api": "partial_outage"}
    assert len(made.notes) == 1  # the link of a system


def test_messages_before_and_after_in_brackets():
    body = "[Final message]\nIt is done.\n\n[Initial Message]\nWe migrate.\n\nMore on <https://x.example/>.\n"
    _, found, _ = issue(HEAD.format("down") + body)
    assert said(found) == [
        ("04:13", "investigating", "We migrate.\n\nMore on <https://x.example/>."),
        ("05:54", "resolved", "It is done."),
    ]


def test_a_postmortem_without_an_hour():
    body = "*Post-mortem*\n\nAt 04:00 a cache moved.\n\n" + NEWEST_FIRST
    _, found, _ = issue(HEAD.format("down") + body)
    assert said(found)[2:] == [
        ("05:54", "resolved", "All can connect."),
        ("05:54", "postmortem", "At 04:00 a cache moved."),
    ]


HEADINGS = """
We changed the name servers.

Some keys failed.

### Rollback

We took it back. {{< track "2018-05-25T04:40:00.000Z" >}}

### Resolution

It works. {{< track "2018-05-25T05:54:00.000Z" >}}
"""
WORDS_BEFORE_HOURS = """
***Starting*** {{< track "2018-05-25T04:13:00+00:00" >}} We look.

***Monitoring*** {{< track "2018-05-25T04:40:00+00:00" >}} We watch.

**The issue has been resolved:** {{< track "2018-05-25T05:54:00+00:00" >}} All works.
"""


def test_headings_begin_updates_where_each_has_its_hour():
    _, found, _ = issue(HEAD.format("down") + HEADINGS)
    assert [each[2] for each in said(found)] == [
        "We changed the name servers.\n\nSome keys failed.",
        "**Rollback**\n\nWe took it back.",
        "**Resolution**\n\nIt works.",
        "This incident has been resolved.",
    ]


def test_words_before_hours():
    _, found, _ = issue(HEAD.format("down") + WORDS_BEFORE_HOURS)
    assert said(found) == [
        ("04:13", "investigating", "We look."),
        ("04:40", "monitoring", "We watch."),
        ("05:54", "resolved", "**The issue has been resolved:**\n\nAll works."),
    ]


def test_a_phrase_stays_part_of_the_text():
    body = 'We look.\n\n**The issue has been resolved:** a certificate was new. {{< track "2018-05-25 05:54:00" >}}\n'
    _, found, _ = issue(HEAD.format("down") + body)
    assert said(found) == [
        ("04:13", "investigating", "We look."),
        ("05:54", "resolved", "**The issue has been resolved:** a certificate was new."),
    ]


def test_an_hour_that_cannot_be_read_is_told():
    _, _, made = issue(HEAD.format("down") + 'Slow. {{< track "yesterday" >}}')
    assert "the hour of an update cannot be read: it stands where its place says" in messages(made, "import/lost")
