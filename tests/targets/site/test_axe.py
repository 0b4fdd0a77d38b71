"""Everybody can use every kind of page: axe finds nothing, and the keyboard reaches all that a pointer does."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.axe import faults
from tests.targets.site.test_browser import PAGES

pytestmark = pytest.mark.real_tool


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_page, serve_folder, example_site, width, dark):
    address = serve_folder(example_site)
    found = {page: faults(open_page(address + page, width=width, dark=dark)) for page in (*PAGES, "404.html")}
    assert {page: each for page, each in found.items() if each} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_pages_that_were_made_long_ago(open_page, serve_folder, example_site, chromium, dark):
    script = chromium.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": "Date.now = () => Date.UTC(2027, 5, 1)"}
    )
    try:
        address = serve_folder(example_site)
        for page in ("", "schedules/platform/primary/"):
            driver = open_page(address + page, dark=dark)
            assert driver.find_elements(By.CSS_SELECTOR, ".tocsin-past")
            assert faults(driver) == []
    finally:
        chromium.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


@pytest.mark.parametrize(
    "page",
    ["", "runbooks/tr-web-high-latency/", "alerts/trwebhigherrorrate/", "postmortems/metrics/", "map/", "404.html"],
)
def test_the_keyboard_goes_through_all_links_of_a_page_and_shows_where_it_is(
    open_page, serve_folder, example_site, page
):
    driver = open_page(serve_folder(example_site) + page)
    links = driver.find_elements(By.CSS_SELECTOR, ".md-content a[href]")
    shown = {link.id for link in links if link.is_displayed() and "headerlink" not in link.get_attribute("class")}
    reached, rings = set(), 0
    for _ in range(len(links) * 2 + 60):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        focused = driver.switch_to.active_element
        reached.add(focused.id)
        if focused.id in shown:
            rings += focused.value_of_css_property("outline-style") != "none"
        if shown <= reached:
            break
    assert shown <= reached
    assert rings >= len(shown)
