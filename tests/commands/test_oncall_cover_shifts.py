"""A cover takes exactly the shifts of one person in a span, through changes of clock and over free hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.oncall import shifts
from generator.analysis.windows import Window, union
from generator.commands.oncall.changes_cover import Cover, _lines, _of
from generator.edit import flow
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog

TEXT = """\
schedules:
  primary:
    time_zone: {zone}
    layers:
      - {{start: 2025-01-01 02:30, turn: {turn}, people: [ana, bea, cleo]{hours}}}
      - {{time_zone: Asia/Kathmandu, start: 2025-01-01, turn: 1d, hours: 20:00-04:00, people: [bea, dora]}}
"""
ZONES = ("Europe/Madrid", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll")
quarters = st.integers(0, 4 * 24 * 400).map(lambda n: datetime(2025, 1, 2, tzinfo=UTC) + n * timedelta(minutes=15))


def held(catalog, schedule, person: str, span: Window):
    return union(each.window for each in shifts(catalog, schedule, *span) if each.person == person)


@given(
    st.sampled_from(ZONES), st.sampled_from(("1h", "12h", "1d", "1w")),
    st.sampled_from(("", ", hours: 09:00-01:00", ", days: mon-fri, hours: 22:00-06:00")),
    quarters, st.integers(1, 4 * 24 * 9),
)  # fmt: skip
def test_who_has_what_whom_had_and_nobody_else_moves(zone, turn, hours, start, length):
    files = {
        "schedules/web.yaml": TEXT.format(zone=zone, turn=turn, hours=hours),
        "schedules/people.yaml": "eva: Eva\n",
    }
    before = make_catalog(files)
    (schedule,) = before.all(Schedule)
    span = Window(start, start + length * timedelta(minutes=15))
    cover = Cover(schedule, _of(before, schedule, "bea", span))
    lines = "".join(f"- {flow(line)}\n" for line in _lines(before, cover, "eva", "bea", None))
    after = make_catalog(files | {"schedules/web.overrides.yaml": lines})
    assert not after.unread
    assert held(after, schedule, "bea", span) == ()
    assert held(after, schedule, "eva", span) == held(before, schedule, "bea", span)
    around = Window(span.start - timedelta(days=1), span.end + timedelta(days=1))
    for person in ("ana", "cleo", "dora"):
        assert held(after, schedule, person, around) == held(before, schedule, person, around)
    assert _of(after, schedule, "bea", span) == ()  # the same cover again finds nothing to do
