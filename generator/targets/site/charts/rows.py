"""The data of a chart, and the block of Markdown that carries them.

The block is plain JSON: whoever writes one by hand draws rectangles, and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from generator.records import dataclass

LANGUAGE = "tocsin-chart"
"""What the fence of a block names as its language."""
MOST_ROWS, MOST_SEGMENTS = 400, 5000


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of a row: where it starts and how long it is, as parts of the chart's width (0 … 1)."""

    start: float
    length: float
    series: int
    """Index of the series that it belongs to: its colour."""
    text: str = ""
    """Written into it, as far as there is room."""
    title: str = ""
    """What a pointer that rests on it shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the chart and what stands above it."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` says what is shown, to a screen reader too; whoever cannot see it finds the same in a table beside it."""

    title: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    """Lines across all rows: where (0 … 1), and what is written at them."""


def block(chart: Chart) -> str:
    """The chart as a block of Markdown; empty without rows."""
    if not chart.rows:
        return ""
    plain = {
        "title": chart.title,
        "series": chart.series,
        "ticks": [[_short(at), text] for at, text in chart.ticks],
        "rows": [{"label": row.label, "segments": [_plain(each) for each in row.segments]} for row in chart.rows],
    }
    return f"``` {LANGUAGE}\n{json.dumps(plain, ensure_ascii=True, separators=(',', ':'))}\n```"


def read(text: str) -> Chart | None:
    """The chart of a block; None where the text is none, or draws more than a page can bear."""
    try:
        return _chart(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return None


def _plain(segment: Segment) -> list[object]:
    return [_short(segment.start), _short(segment.length), segment.series, segment.text, segment.title]


def _short(part: float) -> float:
    return round(part, 5)


def _chart(data: Any) -> Chart | None:
    rows = tuple(Row(_text(row["label"]), tuple(map(_segment, row["segments"]))) for row in _many(data["rows"]))
    series = tuple(_text(name) for name in _many(data["series"]))
    ticks = tuple((_part(at), _text(text)) for at, text in _many(data["ticks"]))
    if len(rows) > MOST_ROWS or sum(len(row.segments) for row in rows) > MOST_SEGMENTS:
        return None
    if not all(0 <= each.series < max(1, len(series)) for row in rows for each in row.segments):
        return None
    return Chart(_text(data["title"]), series, rows, ticks)


def _segment(data: Any) -> Segment:
    start, length, series, text, title = data
    if type(series) is not int:
        raise TypeError
    return Segment(_part(start), _part(length), series, _text(text), _text(title))


def _part(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise TypeError
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _many(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value
