from __future__ import annotations

import pytest

from generator.targets.status.colours import contrast
from generator.targets.status.machine.badges import COLOURS, LABEL, badge, width
from tests.analysis.status.status_sources import incident
from tests.targets.status.conftest import busy
from tests.targets.status.machine.built import OPEN, build, small, xml

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def files():
    return build(busy())


def test_there_is_one_of_the_whole_and_one_of_each_component_and_group(files):
    paths = [f"components/{name}/badge.svg" for name in ("website", "api", "rest", "hooks")]
    everywhere = {folder + path for folder in ("", "es/") for path in ("badge.svg", *paths)}
    assert {path for path in files if path.endswith(".svg")} == everywhere


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("badge.svg", "Example: Minor Service Outage"),
        ("components/hooks/badge.svg", "Webhooks: Under maintenance"),
        ("es/components/website/badge.svg", "Sitio web: Operativo"),
        ("es/components/api/badge.svg", "API: Interrupción parcial"),
    ],
)
def test_it_says_its_words_to_who_does_not_see_it(files, path, said):
    drawn = xml(files[path])
    assert drawn.tag == f"{SVG}svg"
    assert (drawn.get("role"), drawn.get("aria-label"), drawn.findtext(f"{SVG}title")) == ("img", said, said)
    assert ": ".join(text.text or "" for text in drawn.iter(f"{SVG}text")) == said


def test_the_colour_goes_with_the_words():
    read = build(small(incident("2026-11-24-x", *OPEN)))
    assert COLOURS["major_outage"].encode() in read["components/web/badge.svg"]
    assert COLOURS["operational"].encode() in read["components/rest/badge.svg"]


@pytest.mark.parametrize("colour", [LABEL, *COLOURS.values()])
def test_white_text_can_be_read_on_every_colour(colour):
    assert contrast("#fff", colour) >= 4.5


def test_it_is_as_wide_as_its_words_need():
    assert width("Website") < width("Website and shop") < width("WEBSITE AND SHOP")
    assert width("状态") > width("ab")
    drawn = xml(badge("Website", "Operational", LABEL, "en").encode())
    rooms = [float(text.get("textLength", 0)) for text in drawn.iter(f"{SVG}text")]
    assert float(drawn.get("width", 0)) == sum(rooms) + 32


def test_a_long_name_is_shortened_and_its_title_is_not():
    drawn = xml(badge("A long name " * 20, "Operational", LABEL, "en").encode())
    assert len(drawn.findtext(f".//{SVG}text") or "") <= 40
    assert (drawn.findtext(f"{SVG}title") or "").count("A long name") == 20


def test_it_asks_for_nothing_from_anywhere(files):
    for path, content in files.items():
        if path.endswith(".svg"):
            drawn = xml(content)
            names = {name for element in drawn.iter() for name in element.attrib}
            assert not names & {"href", "{http://www.w3.org/1999/xlink}href", "style", "onload"}
            assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= {
                *("svg", "title", "rect", "path", "g", "text")
            }
