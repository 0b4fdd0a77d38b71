"""Ways from alerts to people: data in, a drawing out, and pages that show whom an alert calls."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.charts import LANGUAGE, Column, Flow, drawn, flow_block, flow_svg, read_flow
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.reading import rendered_html, seen
from tests.targets.site.sources import ALL, FILES

FLOW = Flow(
    "From alerts to people",
    (Column("Alerts", ("Down <b>", "Slow")), Column("On call", ("Ana",))),
    ((0, 0, 0), (0, 1, 0)),
)
BOXES = st.lists(st.text(max_size=12), min_size=2, max_size=2).map(tuple)
FLOWS = st.builds(
    lambda title, one, other, lines: Flow(title, (Column("a", one), Column("b", other)), tuple(lines)),
    st.text(max_size=12),
    BOXES,
    BOXES,
    st.lists(st.tuples(st.just(0), st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=4),
)


def data(text: str) -> str:
    return text.removeprefix(f"``` {LANGUAGE}\n").removesuffix("\n```")


@given(FLOWS)
def test_a_block_reads_back_as_the_chart_and_its_drawing_is_xml(flow):
    assert read_flow(data(flow_block(flow))) == flow
    tags = {each.tag for each in ET.fromstring(flow_svg(flow)).iter()}  # noqa: S314  # our own
    assert tags <= {"figure", "svg", "title", "line", "text", "rect"}


def test_a_drawing_is_reached_by_keyboard_and_has_its_title_a_box_each_and_a_line_each():
    figure = ET.fromstring(flow_svg(FLOW))  # noqa: S314  # our own
    assert (figure.get("tabindex"), figure.get("aria-label")) == ("0", "From alerts to people")
    drawing = figure.find("svg")
    assert [each.findtext("title") for each in drawing.findall("svg")] == ["Down <b>", "Slow", "Ana"]
    lines = drawing.findall("line")
    assert [(each.get("x1"), each.get("x2")) for each in lines] == [("43%", "50%")] * 2
    assert lines[0].get("y1") != lines[1].get("y1")
    assert lines[0].get("y2") == lines[1].get("y2")


def test_the_page_shows_the_drawing_and_not_the_data():
    page = seen(f"# Title\n\n{flow_block(FLOW)}\n\nAfter.")
    assert "svg" in page.tags
    assert "lines" not in page.text
    assert "<p><figure" not in rendered_html(flow_block(FLOW))


def test_without_lines_there_is_no_block():
    assert flow_block(Flow("x", (Column("a", ("b",)),), ())) == ""


@pytest.mark.parametrize(
    "change",
    [
        {"columns": "x"},
        {"columns": [["a", ["b"]]]},
        {"columns": [["a", ["b"]], ["c", [1]]]},
        {"columns": [["a", ["b"] * 601], ["c", ["d"]]]},
        {"lines": [[0, 0, 9]]},
        {"lines": [[1, 0, 0]]},
        {"lines": [[0, -1, 0]]},
        {"lines": [[0, True, 0]]},
        {"lines": [[0, 0, 0]] * 3001},
        {"title": None},
    ],
)
def test_what_is_no_chart_stays_code(change):
    assert drawn(json.dumps(json.loads(data(flow_block(FLOW))) | change)) is None


@given(st.text(max_size=60))
def test_any_text_is_a_chart_or_none(text):
    assert drawn(text) is None


def map_of(files: dict[str, str], tmp_path) -> dict[str, str]:
    site = Site(make_catalog(files), make_context(root=str(tmp_path)))
    return {page.path: page.markdown for page in all_pages(site) if page.path.startswith("map/")}


def test_the_map_goes_from_alerts_that_page_to_the_people_on_call(tmp_path):
    text = map_of(ALL, tmp_path)["map/index.md"]
    flow = read_flow(re.search(rf"^``` {LANGUAGE}\n(.*)\n```$", text, re.MULTILINE)[1])
    boxes = [each.boxes for each in flow.columns]
    assert set(boxes[0]) == {"Index", "ShopErrors"}
    assert boxes[1:4] == [
        ("shop",),
        ("Ops <Team>",),
        ("at once: Primary", "after 10 minutes: Ana"),
    ]
    assert set(boxes[4]) <= {"Ana", "Luis"}
    assert "| [shop](<../services/shop/index.md>) | 2 | 1 |" in text


def test_many_alerts_are_one_box_a_service_and_many_services_are_in_the_table(tmp_path):
    alert = "  - {{alert: A{0}, expr: up == {0}, urgency: page}}\n"
    files = {**FILES["schedules"]}
    for number in range(20):
        alerts = "".join(alert.format(number * 10 + each) for each in range(5))
        files[f"alerts/service-{number:02}.yaml"] = f"team: ops\nalerts:\n{alerts}"
    text = "\n".join(map_of(files, tmp_path).values())
    (block,) = re.findall(rf"^``` {LANGUAGE}\n(.*)\n```$", text, re.MULTILINE)
    flow = read_flow(block)
    assert flow.columns[0].boxes[0] == "service-00: 5 alerts"
    assert len(flow.columns[1].boxes) == 15
    assert text.count("| 5 | 0 |") == 20


def test_a_hundred_teams_are_pages_of_a_bearable_length(tmp_path):
    files = {}
    for number in range(100):
        files[f"schedules/team-{number:03}.yaml"] = FILES["schedules"]["schedules/ops.yaml"]
        alert = f"{{alert: A{number}, expr: up, urgency: page}}"
        files[f"alerts/service-{number:03}.yaml"] = f"team: team-{number:03}\nalerts: [{alert}]\n"
    files["schedules/people.yaml"] = FILES["schedules"]["schedules/people.yaml"]
    made = map_of(files, tmp_path)
    assert len(made) > 3
    assert max(map(len, made.values())) < 25_000


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Short", ["Short"]),
        ("DatabaseConnectionPoolExhausted", ["DatabaseConnection", "PoolExhausted"]),
        ("after 15 minutes: Erin Navarro", ["after 15 minutes:", "Erin Navarro"]),
        ("tr-web-frontend-europe", ["tr-web-", "frontend-europe"]),
        ("a" * 40, [f"{'a' * 21}…"]),
    ],
)
def test_a_long_name_takes_two_lines(name, lines):
    flow = Flow("t", (Column("a", (name,)), Column("b", ("x",))), ((0, 0, 0),))
    drawing = ET.fromstring(flow_svg(flow))  # noqa: S314  # our own
    box = next(each for each in drawing.iter("svg") if each.find("title").text == name)
    assert [each.text for each in box.findall("text")] == lines
