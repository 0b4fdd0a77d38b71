"""The status page on paper: light whatever the screen is, and without what only a screen can use."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.targets.status.conftest import write

pytestmark = pytest.mark.real_tool


@pytest.fixture
def printed(open_page, serve_folder, files, tmp_path, chromium):
    """Opens a page as it is printed, by somebody whose screen is dark."""
    address = serve_folder(write(files, tmp_path))

    def opened(page: str):
        driver = open_page(address + page, dark=True)
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        return driver

    yield opened
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("page", ["", "history/", "incidents/2026-10-14-checkout/", "components/website/"])
def test_paper_is_light_and_holds_no_buttons(printed, page):
    driver = printed(page)
    body = driver.find_element(By.TAG_NAME, "body")
    assert body.value_of_css_property("background-color") == "rgba(255, 255, 255, 1)"
    assert driver.find_element(By.TAG_NAME, "h1").is_displayed()
    assert not any(each.is_displayed() for each in driver.find_elements(By.CSS_SELECTOR, "nav, .skip, .ways, #search"))
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 1280
    assert driver.execute_script(
        "return [...document.querySelectorAll('h1, h2, p, li, time')].filter(e => e.offsetParent).every(e => {"
        "const [r, g, b] = getComputedStyle(e).color.match(/\\d+/g).map(Number); return r + g + b < 450})"
    )
