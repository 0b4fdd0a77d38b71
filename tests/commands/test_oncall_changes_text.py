"""The file after a change, read back: who is on call as promised, every comment there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.analysis.oncall import on_call_at, shifts, turn_index, turn_start
from generator.analysis.oncall.changes.reanchor import Rollout, added, removed
from generator.commands.oncall.changes_text import rewritten
from generator.edit import comment_texts
from generator.kinds.team import Schedule
from tests.catalogs import make_catalog

TURNS = ("1h", "12h", "36h", "1d", "1w", "2w")
ZONES = (
    "Europe/Madrid",
    "America/Chicago",
    "America/Havana",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Asia/Kathmandu",
)
TEXT = """\
# the team
schedules:
  primary:
    time_zone: {zone}
    layers:
      - name: Rotation   # the only one
        turn: {turn}
        start: {start:%Y-%m-%d %H:%M}
        people:
{people}  # the end
"""
quarters = st.integers(0, 4 * 24 * 700).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + n * timedelta(minutes=15))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(ZONES), st.sampled_from(TURNS), st.integers(2, 6), quarters, quarters,
    st.sampled_from([*product((added, removed), Rollout)]), st.data(),
)  # fmt: skip
def test_the_file_reads_back_with_the_same_people_as_promised(zone, turn, size, start, now, act, data):
    people = "".join(f"          - p{n}  # person {n}\n" for n in range(size))
    text = TEXT.format(zone=zone, turn=turn, start=start, people=people)
    before = make_catalog({"schedules/web.yaml": text})
    (old,) = before.all(Schedule)
    (layer,) = old.layers
    change, rollout = act
    person = "new" if change is added else data.draw(st.sampled_from(layer.people))
    after_text = rewritten(text, "schedules/web.yaml", old, layer, change(layer, person, now, rollout))
    after = make_catalog({"schedules/web.yaml": after_text})
    assert not after.unread
    (new,) = after.all(Schedule)
    present = turn_index(layer, max(now, layer.start))
    kept = {Rollout.IMMEDIATE: int(change is added), Rollout.AFTER_SHIFT: 1, Rollout.AFTER_ROTATION: size}[rollout]
    asked = max(now, layer.start), turn_start(layer, present + kept)
    assert who(after, new, *asked) == who(before, old, *asked)
    gone = {f"# person {person[1:]}"} if change is removed and len(new.layers) == 1 else set()
    assert set(comment_texts(text)) - set(comment_texts(after_text)) == gone
    if change is removed:
        assert on_call_at(after, new, turn_start(layer, present + kept + size)).person != person


def who(catalog, schedule, start, end) -> list[tuple[datetime, str]]:
    """From when on somebody is on call, and who."""
    found = [(each.start, each.person) for each in shifts(catalog, schedule, start, end)]
    return [each for at, each in enumerate(found) if at == 0 or found[at - 1][1] != each[1]]
