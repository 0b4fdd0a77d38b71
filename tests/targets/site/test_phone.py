"""On a phone: lines of a box are evenly spaced, wide tables show that they go on, no button lies over a command."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.real_tool


@pytest.fixture
def address(serve_folder, example_site):
    return serve_folder(example_site)


def heights(driver) -> set[int]:
    """How far apart the lines of text in the box are, in pixels; a line that goes on below counts as well."""
    return set(
        driver.execute_script(
            "return Array.from(document.querySelectorAll('div.oncall > ul > li')).map(line => {"
            "const room = getComputedStyle(line);"
            "const inner = line.clientHeight - parseFloat(room.paddingTop) - parseFloat(room.paddingBottom);"
            "return Math.round(inner / Math.round(inner / parseFloat(room.lineHeight)))})"
        )
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_lines_with_links_are_as_high_as_those_without(open_page, address, width):
    for page in ("alerts/trwebhigherrorrate/", "runbooks/tr-web-high-error-rate/"):
        found = heights(open_page(address + page, width=width))
        assert max(found) - min(found) <= 1, (page, found)


def test_a_wide_table_has_a_shadow_and_is_reached_by_a_keyboard(open_page, address):
    driver = open_page(address + "alerts/trwebhigherrorrate/", width=390)
    wide = WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, ".tocsin-scrolls"))
    assert wide.get_attribute("tabindex") == "0"
    assert "linear-gradient" in wide.value_of_css_property("background-image")
    driver = open_page(address + "alerts/", width=1280)
    WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, ".md-typeset__scrollwrap"))
    assert driver.find_elements(By.CSS_SELECTOR, ".tocsin-scrolls") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_button_lies_over_a_command(open_page, address, width):
    driver = open_page(address + "runbooks/tr-web-high-latency/", width=width)
    WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, ".md-code__button"))
    covered = driver.execute_script(
        "return Array.from(document.querySelectorAll('.md-content pre')).filter(block => {"
        "const range = document.createRange(); range.selectNodeContents(block.querySelector('code'));"
        "const nav = block.querySelector('.md-code__nav'); if (!nav) return false;"
        "const place = nav.getBoundingClientRect();"
        "return Array.from(range.getClientRects()).some(text => text.width && text.right > place.left + 1"
        " && text.left < place.right && text.bottom > place.top && text.top < place.bottom)}).length"
    )
    assert covered == 0


def test_the_table_from_alert_to_person_fits(open_page, address):
    driver = open_page(address + "map/", width=390)
    WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, ".md-typeset__scrollwrap"))
    assert driver.find_elements(By.CSS_SELECTOR, ".tocsin-scrolls") == []
