"""A chart as SVG inside the page. Places are percentages and texts keep their size, so it is read on a phone as well.

Colours come from the page's style sheet by series, light and dark; neighbours differ by a gap and by their texts too.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from generator.targets.site.charts.rows import Chart, Row, Segment

COLOURS = 8
"""The style sheet has as many; more series begin again."""
_LABEL, _BAR, _GAP, _HEAD = 18, 22, 8, 18
_ROOM = 0.08
"""The part of the width below which a text is left out."""


def svg(chart: Chart) -> str:
    """The figure: the drawing with its title, and a legend below."""
    figure = Element("figure", {"class": "tocsin-chart"})
    head = _HEAD if chart.ticks else 0
    height = head + len(chart.rows) * (_LABEL + _BAR + _GAP)
    drawing = SubElement(figure, "svg", {"role": "img", "width": "100%", "height": str(height)})
    SubElement(drawing, "title").text = visible(chart.title)
    _ticks(drawing, chart, height)
    for index, row in enumerate(chart.rows):
        _row(drawing, row, head + index * (_LABEL + _BAR + _GAP))
    _legend(figure, chart)
    # HTML knows no empty element of its own: `<i/>` would stay open.
    return tostring(figure, encoding="unicode", short_empty_elements=False)


def _ticks(drawing: Element, chart: Chart, height: int) -> None:
    for at, text in chart.ticks:
        x = percent(at)
        SubElement(drawing, "line", {"x1": x, "x2": x, "y1": "0", "y2": str(height), "class": "tick"})
        SubElement(drawing, "text", {"x": x, "y": "12", "dx": "3", "class": "tick"}).text = visible(text)


def _row(drawing: Element, row: Row, top: int) -> None:
    SubElement(drawing, "text", {"x": "0", "y": str(top + 13), "class": "label"}).text = visible(row.label)
    y = str(top + _LABEL)
    SubElement(drawing, "rect", {"y": y, "width": "100%", "height": str(_BAR), "class": "empty"})
    for segment in row.segments:
        _segment(drawing, segment, y)


def _segment(drawing: Element, segment: Segment, y: str) -> None:
    """A drawing of its own, so that a text that is too long ends at its edge."""
    place = {"x": percent(segment.start), "y": y, "width": percent(segment.length), "height": str(_BAR)}
    part = SubElement(drawing, "svg", {**place, "class": f"s{segment.series % COLOURS}"})
    if segment.title:
        SubElement(part, "title").text = visible(segment.title)
    SubElement(part, "rect", {"width": "100%", "height": "100%"})
    if segment.text and segment.length >= _ROOM:
        SubElement(part, "text", {"x": "4", "y": "15"}).text = visible(segment.text)


def _legend(figure: Element, chart: Chart) -> None:
    if len(chart.series) > 1:
        caption = SubElement(figure, "figcaption")
        for index, name in enumerate(chart.series):
            item = SubElement(caption, "span", {"class": f"s{index % COLOURS}"})
            SubElement(item, "i")
            SubElement(item, "b").text = visible(name)


def percent(part: float) -> str:
    """`12.5%`."""
    return f"{part * 100:.3f}".rstrip("0").rstrip(".") + "%"


def visible(text: str) -> str:
    """What XML can hold."""
    return "".join(character if character.isprintable() else " " for character in text)
