"""What a step makes of files in anybody's hand, and of a tree that others changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.postmortems.timeline import timeline
from generator.catalog import load
from generator.commands.incident.plan import Step, plan_step
from generator.commands.incident.plan_face import Words
from generator.errors import UsageError
from generator.git import Memory
from generator.kinds.postmortem import Postmortem
from generator.kinds.status import StatusIncident

NOW = datetime(2026, 10, 14, 13, 40, tzinfo=UTC)
FACE, RECORD = "status/incidents/2026-10-14-shop.yaml", "postmortems/2026-10-14-shop.md"
HAND = {
    "flow": "title: T\nupdates: "
    "[{at: 2026-10-14 13:00, status: investigating, message: M, components: {a: major_outage}}]\n",
    "comments": """\
# ours
title: T      # short
updates:      # oldest first
    # the first
    - status: investigating
      at: 2026-10-14T13:00:00Z    # by hand
      components:
          a: major_outage
      message: |
          M

          N
# the end
""",
    "quotes": 'title: "T"\n"updates":\n- "at": "2026-10-14 10:00 -03:00"\n  status: investigating\n'
    "  components: {a: major_outage}\n  message: 'M'\n",
    "dense": "title: {en: T}\nimpact: minor\nupdates:\n"
    "- {at: 2026-10-14 13:00, status: investigating, message: {en: M},\n"
    "   components: {a: major_outage}}\npostmortem: https://example.com/x\n",
}
TABLE = """\
---
status: open
severity: SEV-2   # for now
---
# T

## Timeline

| When (UTC) | Who | What happened |
|:-----------|:---:|---------------|
| 12:58 | bob | **Started** |
| 13:02 | ana | I looked at `a|b` \\| c |
|       |     | **Resolved**: |

Words behind it.
"""


def tree(face: str = HAND["comments"], record: str = TABLE) -> Memory:
    return Memory({FACE: face.encode(), RECORD: record.encode(), "tocsin.yaml": b"languages: [en, es]\n"})


def step(kind: str = "update", status: str = "identified", said: str = "Found.", **more: object) -> Step:
    components = more.pop("components", {})
    words = Words(status, {"en": said}, components, "en")  # type: ignore[arg-type]
    return replace(Step("2026-10-14-shop", kind, words, NOW, NOW), **more)


def after(before: Memory, *steps: Step) -> Memory:
    for each in steps:
        changed = {path: (text or "").encode() for path, text in plan_step(before, each).files.items()}
        before = Memory({**dict(before.read(before.list())), **changed})
    return before


def text(found: Memory, path: str) -> str:
    return dict(found.read([path]))[path].decode()


@pytest.mark.parametrize("breaks", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", HAND)
def test_every_other_line_stays(name: str, breaks: str):
    face, record = (each.replace("\n", breaks) for each in (HAND[name], TABLE))
    steps = (
        step(),
        step("update", "monitoring", "Works.", components={"a": "operational"}),
        step("resolve", "resolved"),
    )
    done = after(tree(face, record), *steps)
    catalog = load(done)
    assert not [each for each in catalog.findings if each.level == "error"]
    updates = catalog.all(StatusIncident)[0].updates
    assert [update.status for update in updates] == ["investigating", "identified", "monitoring", "resolved"]
    old, new = face.split(breaks), text(done, FACE).split(breaks)
    kept = [line for line in old if line in new] if name == "flow" else old
    assert [line for line in new if line in kept][: len(kept)] == kept
    assert "\n" not in text(done, FACE).replace(breaks, "")
    assert "\n" not in text(done, RECORD).replace(breaks, "")
    expected = TABLE.replace("status: open", "status: draft").replace(
        "|       |     | **Resolved**: |",
        "| 13:40 |  | Status page, identified: Found. |\n"
        "| 13:40 |  | **Mitigated**: Status page, monitoring: Works. |\n"
        "| 13:40 |     | **Resolved**: Found. |",
    )
    assert text(done, RECORD) == expected.replace("\n", breaks)


def test_a_row_that_somebody_wrote_for_the_moment_stays():
    record = TABLE.replace("**Resolved**: |", "**Resolved**: the dashboards were quiet |")
    rows = text(after(tree(record=record), step("resolve", "resolved", "Over.")), RECORD).splitlines()
    assert rows[-4:-2] == ["| 13:40 |  | Over. |", "| 13:40 |     | **Resolved**: the dashboards were quiet |"]


@pytest.mark.parametrize("at", ["2026-10-14 23:58", "2026-10-15 00:10", "2026-10-16 09:00"])
def test_rows_after_midnight_read_back_as_their_times(at: str):
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)
    done = after(tree(), step(at=when, now=when), step(said="More.", at=when + timedelta(minutes=7), now=when))
    catalog = load(done)
    events = timeline(catalog, catalog.all(Postmortem)[0]).events
    assert [event.at for event in events if event.at][-2:] == [when, when + timedelta(minutes=7)]


def test_a_record_without_a_table_keeps_to_itself():
    listed = "---\nstatus: open\n---\n# T\n\n## Timeline\n\n- 13:00 It began\n"
    done = after(tree(record=listed), step(), step("resolve", "resolved"))
    assert text(done, RECORD) == listed.replace("open", "draft")
    with pytest.raises(UsageError, match="has no table with a timeline"):
        plan_step(Memory({RECORD: listed.encode()}), step(internal=True))


def test_a_later_update_of_somebody_else_goes_first():
    """Their clock is ahead: ours gets their time, so that the order of the words stays that of the page."""
    theirs = after(tree(), step(said="Theirs.", at=NOW + timedelta(minutes=3)))
    ours = load(after(theirs, step("update", "monitoring", "Ours.")))
    assert [each.at for each in ours.all(StatusIncident)[0].updates][-2:] == [NOW + timedelta(minutes=3)] * 2
    far = after(tree(), step(said="Theirs.", at=NOW + timedelta(days=2)))
    with pytest.raises(UsageError, match="which is still to come"):
        plan_step(far, step(said="Ours."))


def test_a_status_that_nobody_named_stays_what_others_made_it():
    theirs = after(tree(), step("update", "monitoring", "Theirs."))
    ours = load(after(theirs, step("update", "investigating", "Ours.", keeps=True)))
    assert ours.all(StatusIncident)[0].updates[-1].status == "monitoring"


def test_what_somebody_resolved_meanwhile_is_refused():
    done = after(tree(), step("resolve", "resolved", "Over."))
    with pytest.raises(UsageError, match=r"incident 2026-10-14-shop \(T\) is resolved since 2026-10-14 13:40 UTC"):
        plan_step(done, step())
    with pytest.raises(UsageError, match="is resolved since"):
        plan_step(done, step("resolve", "resolved", "Really over."))
    assert plan_step(done, step("resolve", "resolved", "Over.")).files == {}


@settings(max_examples=60)
@given(
    st.text(min_size=1, max_size=80),
    st.sampled_from(sorted(HAND)),
    st.sampled_from([("update", "identified"), ("resolve", "resolved")]),
)
def test_any_words_are_what_is_read(said: str, name: str, how: tuple[str, str]):
    from generator.commands.status.texts import LIMIT, checked

    try:
        words = checked(said, "message", LIMIT)
    except UsageError:
        return
    before = tree(HAND[name])
    asked = step(*how, words)
    done = after(before, asked)
    catalog = load(done)
    assert catalog.all(StatusIncident)[0].updates[-1].message.text() == words
    old, new = (len(timeline(each, each.all(Postmortem)[0]).events) for each in (load(before), catalog))
    assert new - old == (how[0] == "update")
    assert plan_step(done, asked).files == {}


def test_one_file_alone_is_an_incident_too():
    face = Memory({FACE: HAND["comments"].encode()})
    assert list(plan_step(face, step()).files) == [FACE]
    with pytest.raises(UsageError, match="has no record that this could be noted in"):
        plan_step(face, step(internal=True))
    record = Memory({RECORD: TABLE.encode()})
    assert list(plan_step(record, step()).files) == [RECORD]
    assert sorted(plan_step(record, step(title={"en": "T"})).files) == [RECORD, FACE]
    with pytest.raises(UsageError, match="there is no incident"):
        plan_step(Memory({}), step())


def test_what_changed_of_the_incident_besides_its_words():
    more = {"impact": "critical", "severity": "SEV-1", "components": {"a": "partial_outage"}}
    done = after(tree(), step(), step(said="Worse.", **more))
    assert "title: T      # short\nimpact: critical\n" in text(done, FACE)
    assert "severity: SEV-1   # for now\n" in text(done, RECORD)
    assert "components: {a: partial_outage}" in text(done, FACE)
    assert plan_step(done, step(said="Worse.", **more)).files == {}
    assert plan_step(done, step(said="Worse.", **{**more, "severity": "SEV-2"})).files
