from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.findings import Ref
from generator.importers.on_call.hours import Span, put_hours
from generator.importers.tree import Map
from generator.importers.write import data
from generator.kinds.restrictions import restrictions

MINUTE, DAY, WEEK = 60, 86_400, 604_800
spans = st.builds(
    Span,
    st.none() | st.integers(0, 6),
    st.integers(0, 95).map(lambda quarters: quarters * 15 * MINUTE),
    st.one_of(st.integers(1, 96), st.integers(1, 4 * 24 * 7 - 1), st.just(96)).map(lambda n: n * 15 * MINUTE),
)


def written(*given_spans):
    layer = Map()
    put_hours(layer, given_spans)
    return data(layer)


def covered(found):
    """The quarters of the week in which somebody is on duty."""
    return {(start + at) // (15 * MINUTE) % 672 for start, length in found for at in range(0, length, 15 * MINUTE)}


@given(st.lists(spans.map(lambda s: Span(s.day, s.start, min(s.length, DAY)) if s.day is None else s), max_size=4))
def test_what_is_written_means_the_same(some):
    expected = covered(
        (day * DAY + span.start, span.length) for span in some for day in (range(7) if span.day is None else [span.day])
    )
    found = restrictions(Ref("x"), written(*some))
    second = timedelta(seconds=1)
    read = covered(
        (day * DAY + each.start.hour * 3600 + each.start.minute * MINUTE, each.length // second)
        for each in found
        for day in each.days
    )
    assert (read or set(range(672))) == (expected or set(range(672)))


def test_the_shortest_form_is_taken():
    nine, eight = 9 * 3600, 8 * 3600
    assert written(Span(None, nine, eight)) == {"hours": "09:00-17:00"}
    assert written(Span(None, 17 * 3600, 7 * 3600)) == {"hours": "17:00-24:00"}
    assert written(*(Span(day, nine, eight) for day in range(5))) == {"days": "mon-fri", "hours": "09:00-17:00"}
    assert written(Span(0, 0, 5 * DAY)) == {"days": "mon-fri", "hours": "00:00-24:00"}
    assert written(Span(5, 0, DAY), Span(0, 0, DAY)) == {"days": ["mon", "sat"], "hours": "00:00-24:00"}
    assert written(Span(4, 18 * 3600, 63 * 3600)) == {"restrictions": [{"from": "fri 18:00", "until": "mon 09:00"}]}
    assert written(Span(None, 0, DAY)) == {}
    assert written() == {}
