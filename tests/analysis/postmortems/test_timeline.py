from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.analysis.postmortems import timeline
from generator.analysis.postmortems.timeline import instant
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(body: str, front: str = "status: review"):
    catalog = make_catalog({"postmortems/2026-10-14-x.md": f"---\n{front}\n---\n{body}"})
    (postmortem,) = catalog.all(Postmortem)
    return catalog, timeline(catalog, postmortem)


ENGLISH = """\
# X

| Time (UTC) | Event |
| --- | --- |
| 22:58 | A release |
| 23:05 | **Started**: the new pods |
| 23:10 | **Detected:** an alert |
| 23:12 | Acknowledged: alice |
| soon | **Detected**: again |
| 00:29 | **Mitigated** |
| 2026-10-15 01:40 | **Resolved**: at last |
"""
SPANISH = """\
| Hora (UTC) | Evento |
| --- | --- |
| 10:00 | **Inicio**: x |
| 10:01 | **Detección**: x |
| 10:02 | **Reconocimiento**: x |
| 10:03 | **Mitigación**: x |
| 10:04 | **Resolución**: x |
"""


def test_rows_have_instants_and_moments_past_midnight_too():
    _, found = read(ENGLISH)
    assert [event.at for event in found.events][-3:] == [None, utc("2026-10-15 00:29"), utc("2026-10-15 01:40")]
    assert found.moments == {
        "started": utc("2026-10-14 23:05"),
        "detected": utc("2026-10-14 23:10"),
        "acknowledged": utc("2026-10-14 23:12"),
        "mitigated": utc("2026-10-15 00:29"),
        "resolved": utc("2026-10-15 01:40"),
    }
    assert list(found.moments) == ["started", "detected", "acknowledged", "mitigated", "resolved"]


def test_spanish_words_and_columns():
    _, found = read(SPANISH)
    assert [event.moment for event in found.events] == list(found.moments)
    assert len(found.moments) == 5


def test_front_matter_says_otherwise():
    _, found = read(ENGLISH, "status: review\nstarted: 2026-10-14 22:00")
    assert found.moments["started"] == utc("2026-10-14 22:00")


def test_a_row_leads_to_its_place():
    catalog, found = read(ENGLISH)
    span = catalog.documents["postmortems/2026-10-14-x.md"].locate(found.events[1].ref)
    assert (span.line, span.column) == (9, 3)


@pytest.mark.parametrize(
    "table", ["| Date | Event |\n| --- | --- |\n| 10:00 | x |\n", "| Time |\n| --- |\n| 10:00 |\n"]
)
def test_other_tables_are_no_timeline(table):
    _, found = read(table)
    assert found.events == ()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("13:05", "2026-10-14 13:05"),
        ("13:05:30 UTC", "2026-10-14 13:05:30"),
        ("9:05Z", "2026-10-14 09:05"),
        ("00:30", "2026-10-15 00:30"),
        ("2026-10-16 08:00 UTC", "2026-10-16 08:00"),
        ("2026-10-16T08:00:00+02:00", "2026-10-16 06:00"),
        ("25:00", None),
        ("later", None),
        ("", None),
    ],
)
def test_times_of_cells(text, at):
    assert instant(text, utc("2026-10-14 20:00")) == (at and utc(at))


@pytest.mark.parametrize(
    ("row", "moments"),
    [
        ("**Detected and acknowledged**: bob saw it", ("detected", "acknowledged")),
        ("**Started / Detected** at once", ("started", "detected")),
        ("Mitigated & resolved: rolled back", ("mitigated", "resolved")),
        ("**Mitigación y resolución**: x", ("mitigated", "resolved")),
        ("**Inicio, detección y reconocimiento:** x", ("started", "detected", "acknowledged")),
        ("**Detected and rolled back**: x", ()),
        ("Release and deploy: x", ()),
        ("Detected the bug: x", ()),
    ],
)
def test_one_row_may_mark_several_moments(row: str, moments: tuple[str, ...]) -> None:
    _, found = read(f"\n| Time (UTC) | Event |\n| --- | --- |\n| 10:00 | {row} |\n")
    assert (found.events[0].moments, tuple(found.moments)) == (moments, moments)
