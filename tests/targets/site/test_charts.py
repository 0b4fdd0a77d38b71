"""Charts: data in, a drawing out, and nothing else from whatever a block holds."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.charts import LANGUAGE, Chart, Row, Segment, block, read, svg
from tests.targets.site.reading import rendered_html, seen

CHART = Chart(
    "Who is on call",
    ("Ana <b>", "Bob"),
    (Row("23 Nov", (Segment(0.0, 0.5, 0, "Ana <b>", "Ana, all day"), Segment(0.5, 0.05, 1, "Bob", "Bob"))),),
    ((0.0, "Mon"), (0.5, "Thu")),
)
TEXTS = st.text(max_size=20)
PARTS = st.floats(0, 1).map(lambda part: round(part, 5))
SEGMENTS = st.builds(Segment, PARTS, PARTS, st.integers(0, 1), TEXTS, TEXTS)
CHARTS = st.builds(
    Chart,
    TEXTS,
    st.just(("a", "b")),
    st.lists(st.builds(Row, TEXTS, st.lists(SEGMENTS, max_size=3).map(tuple)), min_size=1, max_size=3).map(tuple),
    st.lists(st.tuples(PARTS, TEXTS), max_size=2).map(tuple),
)


def data(text: str) -> str:
    return text.removeprefix(f"``` {LANGUAGE}\n").removesuffix("\n```")


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(svg(chart))  # noqa: S314  # our own


@given(CHARTS)
def test_a_block_reads_back_as_the_chart(chart):
    assert read(data(block(chart))) == chart


def test_without_rows_there_is_no_block():
    assert block(Chart("Nobody", (), ())) == ""


def test_a_drawing_has_its_title_for_screen_readers_a_span_a_segment_and_a_legend():
    figure = parsed(CHART)
    drawing = figure.find("svg")
    assert drawing.get("role") == "img"
    assert drawing.findtext("title") == "Who is on call"
    assert [(part.get("x"), part.get("width"), part.get("class")) for part in drawing.findall("svg")] == [
        ("0%", "50%", "s0"),
        ("50%", "5%", "s1"),
    ]
    assert [part.findtext("text") for part in drawing.findall("svg")] == ["Ana <b>", None]  # no room for Bob
    assert [part.findtext("title") for part in drawing.findall("svg")] == ["Ana, all day", "Bob"]
    assert [item.findtext("b") for item in figure.iter("span")] == ["Ana <b>", "Bob"]


@given(CHARTS)
def test_a_drawing_is_xml_whatever_its_texts_are(chart):
    allowed = {"figure", "svg", "title", "line", "text", "rect", "figcaption", "span", "i", "b"}
    assert {element.tag for element in parsed(chart).iter()} <= allowed


def test_the_page_shows_the_drawing_and_not_the_data():
    page = seen(f"# Title\n\n{block(CHART)}\n\nAfter.")
    assert "figure" in page.tags
    assert "<p><figure" not in rendered_html(block(CHART))
    assert "series" not in page.text
    assert "After." in page.text


@pytest.mark.parametrize(
    "change",
    [
        {"rows": "x"},
        {"rows": [{"label": 1, "segments": []}]},
        {"rows": [{"label": "x", "segments": [[0, 2, 0, "", ""]]}]},
        {"rows": [{"label": "x", "segments": [[0, 1, 9, "", ""]]}]},
        {"rows": [{"label": "x", "segments": [[0, 1, True, "", ""]]}]},
        {"rows": [{"label": "x", "segments": [[0, 1, 0, "", ""]] * 5001}]},
        {"ticks": [[float("nan"), "x"]]},
        {"title": None},
    ],
)
def test_what_is_no_chart_stays_code(change):
    text = json.dumps(json.loads(data(block(CHART))) | change)
    assert read(text) is None
    assert "figure" not in seen(f"``` {LANGUAGE}\n{text}\n```").tags


@given(st.text(max_size=60))
def test_any_text_is_a_chart_or_none(text):
    assert read(text) is None
