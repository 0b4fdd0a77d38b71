"""A chart of ways: columns of boxes with lines between them, as data, as the block that carries them, and as SVG.

Its width is the page's, so it is scrolled on a phone; the table beside it says the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.records import dataclass
from generator.targets.site.charts.rows import LANGUAGE
from generator.targets.site.charts.svg import COLOURS, percent, visible

MOST_BOXES, MOST_LINES = 600, 3000
_BOX, _GAP, _HEAD = 24, 10, 24
_WIDTH = 0.86
"""The part of a column that a box fills; lines cross the rest."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the boxes below it."""

    heading: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """`lines` are (column, box, box of the next column), all by index."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, int, int], ...]


def flow_block(flow: Flow) -> str:
    """The chart as a block of Markdown; empty without a line."""
    if not flow.lines:
        return ""
    columns = [[each.heading, list(each.boxes)] for each in flow.columns]
    plain = {"title": flow.title, "columns": columns, "lines": [list(each) for each in flow.lines]}
    return f"``` {LANGUAGE}\n{json.dumps(plain, ensure_ascii=True, separators=(',', ':'))}\n```"


def read_flow(text: str) -> Flow | None:
    """The chart of a block; None where the text is none, or draws more than a page can bear."""
    try:
        return _flow(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError, IndexError):
        return None


def _flow(data: Any) -> Flow | None:
    columns = tuple(Column(_text(heading), tuple(map(_text, boxes))) for heading, boxes in data["columns"])
    lines = tuple((_index(column), _index(start), _index(end)) for column, start, end in data["lines"])
    if sum(len(each.boxes) for each in columns) > MOST_BOXES or len(lines) > MOST_LINES:
        return None
    for column, start, end in lines:
        _ = columns[column].boxes[start], columns[column + 1].boxes[end]
    return Flow(_text(data["title"]), columns, lines)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _index(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def flow_svg(flow: Flow) -> str:
    """The figure. It can be reached by keyboard, since it may have to be scrolled."""
    figure = Element(
        "figure", {"class": "tocsin-chart tocsin-flow", "tabindex": "0", "aria-label": visible(flow.title)}
    )
    rows = max(len(each.boxes) for each in flow.columns)
    drawing = SubElement(figure, "svg", {"role": "img", "width": "100%", "height": str(_HEAD + rows * (_BOX + _GAP))})
    SubElement(drawing, "title").text = visible(flow.title)
    tops = [_tops(len(each.boxes), rows) for each in flow.columns]
    for column, start, end in dict.fromkeys(flow.lines):
        _line(drawing, column, len(flow.columns), (tops[column][start], tops[column + 1][end]))
    for index, column_ in enumerate(flow.columns):
        _column(drawing, column_, index, len(flow.columns), tops[index])
    return tostring(figure, encoding="unicode", short_empty_elements=False)


def _tops(boxes: int, rows: int) -> Sequence[float]:
    """Where each box begins: fewer boxes than rows are spread over the same height."""
    step = rows * (_BOX + _GAP) / max(1, boxes)
    return [_HEAD + step * index + (step - _BOX) / 2 for index in range(boxes)]


def _line(drawing: Element, column: int, columns: int, tops: tuple[float, float]) -> None:
    start, end = (f"{top + _BOX / 2:.0f}" for top in tops)
    place = {"x1": percent((column + _WIDTH) / columns), "x2": percent((column + 1) / columns), "y1": start, "y2": end}
    SubElement(drawing, "line", {**place, "class": "way"})


def _column(drawing: Element, column: Column, index: int, columns: int, tops: Sequence[float]) -> None:
    x, width = percent(index / columns), percent(_WIDTH / columns)
    SubElement(drawing, "text", {"x": x, "y": "14", "class": "label"}).text = visible(column.heading)
    for text, top in zip(column.boxes, tops, strict=True):
        place = {"x": x, "y": f"{top:.0f}", "width": width, "height": str(_BOX)}
        box = SubElement(drawing, "svg", {**place, "class": f"s{index % COLOURS}"})
        SubElement(box, "title").text = visible(text)
        SubElement(box, "rect", {"width": "100%", "height": "100%", "rx": "3"})
        SubElement(box, "text", {"x": "6", "y": "16"}).text = visible(text)
