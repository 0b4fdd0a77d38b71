"""Charts on pages. Pages carry their data as a block of text, the extension makes SVG of it."""

from __future__ import annotations

from generator.targets.site.charts.flow import Column, Flow, flow_block, flow_svg, read_flow
from generator.targets.site.charts.rows import LANGUAGE, Chart, Row, Segment, block, read
from generator.targets.site.charts.svg import svg

__all__ = [
    "LANGUAGE",
    "Chart",
    "Column",
    "Flow",
    "Row",
    "Segment",
    "block",
    "drawn",
    "flow_block",
    "flow_svg",
    "read",
    "read_flow",
    "svg",
]


def drawn(text: str) -> str | None:
    """The drawing of a block's data, of whichever chart they are; None where they are none."""
    chart, flow = read(text), read_flow(text)
    if chart is not None:
        return svg(chart)
    return None if flow is None else flow_svg(flow)
