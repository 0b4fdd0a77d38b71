"""Charts on pages: rows of coloured spans. Pages carry their data as a block of text, the extension makes SVG of it."""

from __future__ import annotations

from generator.targets.site.charts.rows import LANGUAGE, Chart, Row, Segment, block, read
from generator.targets.site.charts.svg import svg

__all__ = ["LANGUAGE", "Chart", "Row", "Segment", "block", "read", "svg"]
