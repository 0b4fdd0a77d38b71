from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.analysis.status.status_sources import catalog, component, incident, maintenance, update
from tests.browser import console_errors, other_hosts
from tests.targets.status.conftest import render, write

pytestmark = pytest.mark.real_tool


@pytest.fixture
def address(files, tmp_path, serve_folder):
    return serve_folder(write(files, tmp_path))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_home_page_opens_cleanly(open_page, address, width, dark):
    page = open_page(address, width=width, dark=dark)
    assert console_errors(page) == []
    assert other_hosts(page) == []
    assert page.title == "Minor Service Outage · Example status"
    assert page.find_element(By.TAG_NAME, "h1").text == "Minor Service Outage"
    assert page.execute_script("return document.documentElement.scrollWidth") == width
    card = page.find_element(By.CSS_SELECTOR, ".card").value_of_css_property("background-color")
    assert card == ("rgba(24, 28, 34, 1)" if dark else "rgba(255, 255, 255, 1)")


def test_every_page_opens_cleanly(open_page, address, files):
    for path in files:
        if path.endswith("/index.html"):
            page = open_page(address + path.removesuffix("index.html"), width=390)
            assert (console_errors(page), other_hosts(page)) == ([], []), path
            assert page.execute_script("return document.documentElement.scrollWidth") == 390, path


def test_the_language_switch_keeps_the_page(open_page, address):
    page = open_page(address + "incidents/2026-10-14-checkout/")
    page.find_element(By.LINK_TEXT, "Español").click()
    assert page.current_url == address + "es/incidents/2026-10-14-checkout/"
    assert page.find_element(By.TAG_NAME, "h1").text == "Errores al pagar"
    page.find_element(By.LINK_TEXT, "Estado actual").click()
    assert page.current_url == address + "es/"


def test_the_keyboard_skips_to_the_content_and_opens_the_days(open_page, address):
    page = open_page(address)
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = page.switch_to.active_element
    assert skip.text == "Skip to the content"
    assert skip.rect["y"] >= 0
    skip.send_keys(Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "main"
    summary = page.find_element(By.CSS_SELECTOR, "#c-website summary")
    assert summary.text.startswith("99.99% uptime in 90 days")
    summary.send_keys(Keys.ENTER)
    days = [day.text.split("\n") for day in page.find_elements(By.CSS_SELECTOR, "#c-website .days li")]
    assert days[1] == ["14 Oct 2026", "Partial outage · 99.41%"]


def test_right_to_left_the_bar_runs_from_right_to_left(open_page, address):
    page = open_page(address, width=390)

    def place_of_outage():
        return page.find_element(By.CSS_SELECTOR, "#c-website path.partial_outage").rect["x"]

    before = place_of_outage()
    page.execute_script("document.documentElement.dir = 'rtl'")
    assert place_of_outage() == pytest.approx(390 - before, abs=8)
    assert page.execute_script("return document.documentElement.scrollWidth") == 390


def test_one_long_word_widens_no_page(open_page, serve_folder, tmp_path):
    word = "W" * 1000
    files = render(
        catalog(
            component("web", word, description=word),
            component("g", word, is_group=True),
            component("in-g", word, group="g"),
            incident(
                "2026-11-20-x", update("2026-11-20 10:00", "identified", {"web": "major_outage"}, word), title=word
            ),
            maintenance("2026-12-01-x", "2026-12-01", "2026-12-02", ["web"], title=word, message=word),
            name=word,
        )
    )
    address = serve_folder(write(files, tmp_path))
    for path in ("", "incidents/2026-11-20-x/", "maintenances/2026-12-01-x/", "components/web/", "history/2026-11/"):
        page = open_page(address + path, width=390)
        assert page.execute_script("return document.documentElement.scrollWidth") == 390, path
        states = page.find_elements(By.CSS_SELECTOR, ".state")
        assert all(each.rect["x"] + each.rect["width"] < 390 for each in states), path
