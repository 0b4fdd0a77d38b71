"""What the script adds, and that nothing is missing without it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.analysis.status.status_sources import catalog, incident, update
from tests.browser import console_errors, other_hosts
from tests.targets.status.conftest import busy, render, write

pytestmark = pytest.mark.real_tool
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def reader(chromium):
    """A reader in Tokyo, whose clock says what the test says."""
    added = []

    def at(moment):
        source = f"Date.now = () => {int(moment.timestamp() * 1000)}"
        added.append(chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source}))
        chromium.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})

    yield at
    chromium.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})
    for script in added:
        chromium.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def wait(driver, condition):
    # What is asked may be replaced in the same moment.
    waiting = WebDriverWait(driver, 10, poll_frequency=0.05, ignored_exceptions=[StaleElementReferenceException])
    return waiting.until(condition)


def by(driver, ident):
    return driver.find_element(By.ID, ident)


def test_times_are_those_of_the_readers_clock(open_page, serve_folder, files, tmp_path, reader):
    reader(datetime(2026, 11, 24, 12, 1, tzinfo=UTC))
    page = open_page(serve_folder(write(files, tmp_path)))
    assert by(page, "built").text == "24 Nov 2026, 21:00 GMT+9"
    assert by(page, "built").get_attribute("title") == "24 Nov 2026, 09:00\N{NO-BREAK SPACE}UTC\N{MINUS SIGN}3"
    times = [each.text for each in page.find_elements(By.CSS_SELECTOR, "#active ~ article time")]
    assert times == ["24 Nov 2026, 20:30", "23:00 GMT+9"]
    expected = "Times are those of your clock (Asia/Tokyo); days are those of America/Argentina/Buenos_Aires."
    assert by(page, "zone").text == expected
    assert not by(page, "old").is_displayed()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 13, 59, tzinfo=UTC), ""),
        (datetime(2026, 11, 24, 14, 40, tzinfo=UTC), "This page was built 2 hours ago: things may have changed since."),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "This page was built 7 days ago: things may have changed since."),
    ],
    ids=["fresh", "a maintenance should be over", "a week later"],
)
def test_it_warns_of_a_page_that_is_old(open_page, files, tmp_path, reader, moment, said):
    reader(moment)
    page = open_page(write(files, tmp_path) / "index.html")  # from the disk, as a folder that somebody was given
    assert by(page, "old").text == said
    assert console_errors(page) == []


def test_news_take_the_place_of_the_page_and_leave_open_what_was_open(open_page, serve_folder, files, tmp_path, reader):
    reader(datetime(2026, 11, 24, 12, 1, tzinfo=UTC))
    page = open_page(serve_folder(write(files, tmp_path)))
    page.find_element(By.CSS_SELECTOR, "#c-website summary").click()
    later = render(busy(), now=datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    write(later, tmp_path)
    # The server tells files apart by whole seconds: what was written within one would be news to nobody.
    os.utime(tmp_path / "index.html", (2e9, 2e9))
    page.execute_script("document.dispatchEvent(new Event('visibilitychange'))")
    wait(page, lambda driver: driver.find_element(By.TAG_NAME, "h1").text == "All Systems Operational")
    assert by(page, "news").text == "All Systems Operational"
    assert page.title == "All Systems Operational · Example status"
    assert page.find_element(By.CSS_SELECTOR, "#c-website .days").is_displayed()
    assert not page.find_element(By.CSS_SELECTOR, "#c-rest .days").is_displayed()
    assert page.switch_to.active_element.find_element(By.XPATH, "ancestor::li").get_attribute("id") == "c-website"
    assert (console_errors(page), other_hosts(page)) == ([], [])


def test_the_history_is_searched_and_what_is_found_is_text(open_page, serve_folder, tmp_path):
    told = [
        incident("2025-03-01-a", update("2025-03-01", "resolved", None, f"Café {HOSTILE}"), title=f"Old {HOSTILE}"),
        incident("2026-11-01-b", update("2026-11-01", "resolved", None, "Nothing alike"), title="New"),
    ]
    page = open_page(serve_folder(write(render(catalog(*told)), tmp_path)) + "history/")
    by(page, "words").send_keys("cafe old")
    (link,) = wait(page, lambda driver: driver.find_elements(By.CSS_SELECTOR, "#found a"))
    assert link.text == f"Old {HOSTILE}"
    assert by(page, "count").text == "Found: 1"
    assert not by(page, "listed").is_displayed()
    assert page.find_elements(By.TAG_NAME, "img") == []
    link.click()
    assert page.find_element(By.TAG_NAME, "h1").text == f"Old {HOSTILE}"
    assert (console_errors(page), other_hosts(page)) == ([], [])


def test_nothing_is_missing_without_scripts(open_page, serve_folder, files, tmp_path, chromium):
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        address = serve_folder(write(files, tmp_path))
        page = open_page(address)
        assert "Page built 24 Nov 2026, 09:00 UTC" in page.find_element(By.TAG_NAME, "main").text
        page.find_element(By.CSS_SELECTOR, "#c-rest summary").click()
        assert "Major outage · 85.55%" in by(page, "c-rest").text
        page.find_element(By.LINK_TEXT, "Full history").click()
        assert [each.text for each in page.find_elements(By.TAG_NAME, "h3")] == ["November 2026", "October 2026"]
        assert not by(page, "search").is_displayed()
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
