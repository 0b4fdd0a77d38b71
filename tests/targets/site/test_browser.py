"""The site as people use it: a phone at night, a desk in the day."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import console_errors, other_hosts

pytestmark = pytest.mark.real_tool

PAGES = (
    "",
    "alerts/",
    "alerts/trwebhighlatencynodata/",
    "alerts/trwebhighlatency/",
    "alerts/diskspacecritical/",
    "services/tr-web/",
    "runbooks/tr-web-high-latency/",
    "runbooks/",
    "services/",
    "schedules/",
    "schedules/platform/",
    "schedules/platform/primary/",
    "postmortems/2026-10-14-checkout-errors/",
    "postmortems/",
    "postmortems/metrics/",
    "severities/",
    "routing/",
    "map/",
    "tags/",
    "health/",
)


@pytest.fixture
def address(serve_folder, example_site):
    return serve_folder(example_site)


def kind(page: str) -> tuple[str, int]:
    """What a page is one of: the section, and how deep in it."""
    return page.partition("/")[0], page.count("/")


def test_the_pages_looked_at_are_of_every_kind_that_there_is(example_site):
    built = {path.parent.relative_to(example_site).as_posix() for path in example_site.rglob("index.html")}
    assert {kind("" if each == "." else f"{each}/") for each in built} == set(map(kind, PAGES))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_is_calm_and_fits(open_page, address, width, dark):
    for page in PAGES:
        driver = open_page(address + page, width=width, dark=dark)
        assert console_errors(driver) == [], page
        assert other_hosts(driver) == [], page
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width, page
        scheme = driver.find_element(By.TAG_NAME, "body").get_attribute("data-md-color-scheme")
        assert scheme == ("slate" if dark else "default")


def test_every_command_of_a_runbook_has_a_button_that_copies_it(open_page, address):
    driver = open_page(address + "runbooks/tr-web-high-latency/", width=390)
    blocks = len(driver.find_elements(By.CSS_SELECTOR, ".md-typeset pre > code"))
    WebDriverWait(driver, 10).until(
        lambda d: len(d.find_elements(By.CSS_SELECTOR, '.md-code__button[data-md-type="copy"]')) == blocks > 5
    )


def test_links_in_the_box_are_easy_to_hit_on_a_phone(open_page, address):
    driver = open_page(address + "runbooks/tr-web-high-latency/", width=390)
    links = driver.find_elements(By.CSS_SELECTOR, ".oncall a")
    assert len(links) > 4
    assert all(link.size["height"] >= 32 for link in links)


def test_search_finds_a_runbook_and_asks_nobody_else(open_page, address):
    driver = open_page(address)
    field = driver.find_element(By.CSS_SELECTOR, ".md-search__input")
    driver.execute_script("arguments[0].focus()", field)
    field.send_keys("connection pool")
    found = WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".md-search-result__link"))
    assert any("database-connection-pool-exhausted" in link.get_attribute("href") for link in found)
    assert other_hosts(driver) == []
    assert console_errors(driver) == []


def test_what_is_over_says_so_and_the_present_shift_is_marked(open_page, address):
    driver = open_page(address + "schedules/platform/primary/")
    rows = driver.find_elements(By.CSS_SELECTOR, ".md-typeset tbody tr")
    first = rows[0].find_elements(By.TAG_NAME, "time")
    now = driver.execute_script("return Date.now()")
    start, end = (driver.execute_script("return Date.parse(arguments[0].dateTime)", each) for each in first)
    classes = rows[0].get_attribute("class")
    assert ("tocsin-now" in classes) == (start <= now < end)
    assert ("tocsin-past" in classes) == (end <= now)


def test_a_lost_address_in_the_wrong_case_leads_to_its_page(open_page, example_site, serve_lost):
    driver = open_page(serve_lost(example_site) + "alerts/TrWebHighLatency/")
    deadline = time.monotonic() + 10
    while "not-found" in driver.page_source and time.monotonic() < deadline:
        time.sleep(0.1)
    assert driver.current_url.endswith("/alerts/trwebhighlatency/")


def test_a_lost_address_offers_a_search(open_page, example_site, serve_lost):
    driver = open_page(serve_lost(example_site) + "runbooks/disk-space/")
    link = WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, "#tocsin-not-found + a"))
    assert link.get_attribute("href").endswith("/?q=disk%20space")


def test_a_lost_address_that_is_no_text_offers_a_search_too(open_page, example_site, serve_lost):
    driver = open_page(serve_lost(example_site) + "runbooks/%e0%a4/")
    assert WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, "#tocsin-not-found + a"))
    assert [each for each in console_errors(driver) if "404" not in each] == []
