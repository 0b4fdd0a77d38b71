"""On paper: what a screen alone can use is not there, and what a reader of paper needs is."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.real_tool


@pytest.fixture
def printed(open_page, serve_folder, example_site, chromium):
    """Opens a page as it is printed, by somebody whose screen is dark."""

    def opened(page: str):
        driver = open_page(serve_folder(example_site) + page, dark=True)
        WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".md-typeset"))
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        return driver

    yield opened
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def style(driver, selector: str, name: str, pseudo: str = "") -> str:
    found = driver.find_element(By.CSS_SELECTOR, selector)
    return driver.execute_script(
        "return getComputedStyle(arguments[0], arguments[1]).getPropertyValue(arguments[2])", found, pseudo, name
    )


def test_a_runbook_on_paper(printed):
    driver = printed("runbooks/tr-web-high-latency/")
    assert style(driver, "nav.md-code__nav", "display") == "none"
    assert style(driver, ".md-typeset h2", "break-after") == "avoid"
    assert style(driver, ".md-typeset pre", "break-inside") == "avoid"
    assert "https://grafana.example.com" in style(driver, '.oncall a[href^="https://grafana"]', "content", "::after")
    assert "mailto:" in style(driver, '.oncall a[href^="mailto:"]', "content", "::after")


def test_paper_is_light_whatever_the_screen_is(printed):
    driver = printed("runbooks/tr-web-high-latency/")
    assert style(driver, "body", "--md-code-hl-string-color") != "#4cc98a"
    assert style(driver, ".oncall", "border-top-color") == "rgb(57, 73, 171)"


@pytest.mark.parametrize("page", ["", "alerts/trwebhigherrorrate/", "postmortems/metrics/", "map/"])
def test_nothing_is_cut_off_at_the_side(printed, page):
    driver = printed(page)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 1280
