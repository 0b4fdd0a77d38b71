"""Everybody can use every kind of page: axe finds nothing, and the keyboard reaches all that a pointer does."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.axe import faults
from tests.browser import console_errors, other_hosts
from tests.targets.status.conftest import busy, render, write

pytestmark = pytest.mark.real_tool
PAGES = (
    "",
    "history/",
    "history/2026-10/",
    "incidents/2026-11-24-api/",
    "incidents/2026-10-14-checkout/",
    "maintenances/2026-11-24-now/",
    "components/rest/",
    "components/api/",
    "components/hooks/",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    words = (Path(__file__).parent / "arabic.po").read_text(encoding="utf-8")
    files = render(busy(languages=["en", "ar"]), read={"status/locale/ar.po": words}.get)
    return write(files, tmp_path_factory.mktemp("status"))


@pytest.mark.parametrize(
    ("width", "dark", "code"),
    [(390, False, ""), (1280, True, ""), (390, True, "ar/"), (1280, False, "ar/")],
    ids=["phone-light", "desktop-dark", "phone-dark-right-to-left", "desktop-light-right-to-left"],
)
def test_axe_finds_nothing(open_page, serve_folder, folder, width, dark, code):
    address = serve_folder(folder)
    found = {}
    for page in PAGES:
        driver = open_page(address + code + page, width=width, dark=dark)
        assert driver.execute_script("return document.documentElement.scrollWidth") == width, page
        assert (console_errors(driver), other_hosts(driver)) == ([], []), page
        driver.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")
        found[page] = faults(driver)
    assert {page: each for page, each in found.items() if each} == {}


def test_axe_finds_nothing_on_a_page_that_is_old(open_page, serve_folder, folder):
    driver = open_page(serve_folder(folder))  # the clock of the machine is later than the page's
    driver.execute_script("document.getElementById('old').hidden = false; document.getElementById('old').append('Old')")
    assert faults(driver) == []


@pytest.mark.parametrize("page", ["", "history/", "components/rest/"])
def test_the_keyboard_goes_through_all_that_can_be_used_and_shows_where_it_is(open_page, serve_folder, folder, page):
    driver = open_page(serve_folder(folder) + page)
    shown = {each.id for each in driver.find_elements(By.CSS_SELECTOR, "a[href],summary,input") if each.is_displayed()}
    reached, rings = set(), 0
    for _ in range(len(shown) + 3):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        focused = driver.switch_to.active_element
        reached.add(focused.id)
        rings += focused.id in shown and focused.value_of_css_property("outline-style") != "none"
    assert shown <= reached
    assert rings >= len(shown)
