"""A chart of ways: columns of boxes with lines between them, as data, as the block that carries them, and as SVG.

Its width is the page's, so it is scrolled on a phone; the table beside it says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.records import dataclass
from generator.targets.site.charts.rows import LANGUAGE
from generator.targets.site.charts.svg import COLOURS, percent, visible

MOST_BOXES, MOST_LINES = 600, 3000
_GAP, _HEAD, _LINE = 10, 24, 14
_WIDTH = 0.86
"""The part of a column that a box fills; lines cross the rest."""
_LONG, _SHORT, _LONGEST = 16, 8, 22
"""Letters: a longer text takes two lines, no column is narrower, and of a longer line the end is left out."""
_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[ /_.:-])")
"""Where a name may go on in the next line."""


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


class _Layout:
    """Where columns and boxes stand, in parts of the width and in pixels: the longer its texts, the wider a column."""

    def __init__(self, flow: Flow) -> None:
        self.texts = [[_lines(visible(text)) for text in column.boxes] for column in flow.columns]
        letters = [max([_SHORT, *(len(line) for text in texts for line in text)]) for texts in self.texts]
        self.starts = [sum(letters[:index]) / sum(letters) for index in range(len(letters))]
        self.widths = [_WIDTH * each / sum(letters) for each in letters]
        self.box = 10 + _LINE * max((len(text) for texts in self.texts for text in texts), default=1)
        self.rows = max(len(each.boxes) for each in flow.columns)
        self.tops = [self._tops(len(each.boxes)) for each in flow.columns]

    @property
    def height(self) -> int:
        return _HEAD + self.rows * (self.box + _GAP)

    def _tops(self, boxes: int) -> Sequence[float]:
        """Where each box begins: fewer boxes than rows are spread over the same height."""
        step = self.rows * (self.box + _GAP) / max(1, boxes)
        return [_HEAD + step * index + (step - self.box) / 2 for index in range(boxes)]


def _lines(text: str) -> list[str]:
    """A text in one line or two, broken as near to the middle as it may be."""
    if len(text) <= _LONG:
        return [text]
    places = [match.start() for match in _BREAK.finditer(text) if 0 < match.start() < len(text)]
    at = min(places, key=lambda place: abs(2 * place - len(text)), default=len(text))
    return [_shortened(part.strip()) for part in (text[:at], text[at:]) if part.strip()]


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def flow_svg(flow: Flow) -> str:
    """The figure. It can be reached by keyboard, since it may have to be scrolled."""
    figure = Element(
        "figure", {"class": "tocsin-chart tocsin-flow", "tabindex": "0", "aria-label": visible(flow.title)}
    )
    layout = _Layout(flow)
    drawing = SubElement(figure, "svg", {"role": "img", "width": "100%", "height": str(layout.height)})
    SubElement(drawing, "title").text = visible(flow.title)
    for column, start, end in dict.fromkeys(flow.lines):
        _line(drawing, layout, column, (start, end))
    for index, column_ in enumerate(flow.columns):
        _column(drawing, layout, column_, index)
    return tostring(figure, encoding="unicode", short_empty_elements=False)


def _line(drawing: Element, layout: _Layout, column: int, ends: tuple[int, int]) -> None:
    y1, y2 = (layout.tops[column + index][box] + layout.box / 2 for index, box in enumerate(ends))
    x1, x2 = layout.starts[column] + layout.widths[column], layout.starts[column + 1]
    place = {"x1": percent(x1), "x2": percent(x2), "y1": f"{y1:.0f}", "y2": f"{y2:.0f}"}
    SubElement(drawing, "line", {**place, "class": "way"})


def _column(drawing: Element, layout: _Layout, column: Column, index: int) -> None:
    x, width = percent(layout.starts[index]), percent(layout.widths[index])
    SubElement(drawing, "text", {"x": x, "y": "14", "class": "label"}).text = visible(column.heading)
    for text, lines, top in zip(column.boxes, layout.texts[index], layout.tops[index], strict=True):
        place = {"x": x, "y": f"{top:.0f}", "width": width, "height": str(layout.box)}
        box = SubElement(drawing, "svg", {**place, "class": f"s{index % COLOURS}"})
        SubElement(box, "title").text = visible(text)
        SubElement(box, "rect", {"width": "100%", "height": "100%", "rx": "3"})
        first = (layout.box - _LINE * len(lines)) / 2 + 11
        for number, line in enumerate(lines):
            SubElement(box, "text", {"x": "6", "y": f"{first + number * _LINE:.0f}"}).text = line
