"""The archive: unpacked, the site works from its folder, where a browser allows pages little."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from generator.catalog import load
from generator.git import work_tree
from generator.targets.site.offline import PATH, TARGET
from tests.browser import console_errors
from tests.catalogs import make_catalog, make_context
from tests.targets.site.conftest import example_context
from tests.targets.site.sources import FILES
from tests.targets.site.test_site import broken

SPANISH = FILES["runbooks"] | {"tocsin.yaml": "languages: [es]\n"}


def unpacked(files: dict[str, str], folder: Path) -> Path:
    (archive,) = TARGET.render(make_catalog(files), make_context(root=str(folder)))
    ZipFile(BytesIO(archive.content)).extractall(folder / "out")
    return folder / "out/site"


@pytest.fixture(scope="module")
def site(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalog = load(work_tree(repo_root))
    (archive,) = TARGET.render(catalog, example_context(catalog, repo_root))
    assert archive.path == PATH
    folder = tmp_path_factory.mktemp("offline folder")
    ZipFile(BytesIO(archive.content)).extractall(folder)
    return folder / "site"


def test_every_link_leads_to_a_file(site):
    files = {path.relative_to(site.parent).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert broken(files) == set()
    home = (site / "index.html").read_text()
    assert 'href="alerts/index.html"' in home
    assert 'href="alerts/"' not in home


def test_same_sources_same_bytes(tmp_path):
    first, second = (
        [each.content for each in TARGET.render(make_catalog(FILES["runbooks"]), make_context(root=str(tmp_path)))]
        for _ in range(2)
    )
    assert first == second


@pytest.mark.real_tool
def test_it_opens_from_a_folder_and_asks_for_nothing(open_page, site):
    driver = open_page(site / "runbooks/tr-web-high-latency/index.html", width=390)
    assert console_errors(driver) == []
    asked = driver.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [each for each in asked if not each.startswith(("file:", "data:"))] == []
    driver.find_element(By.CSS_SELECTOR, ".oncall a[href*='alerts/']").click()
    assert driver.find_element(By.TAG_NAME, "h1").text.startswith("TrWebHighLatency")


@pytest.mark.real_tool
def test_its_search_finds_a_runbook(open_page, site):
    driver = open_page(site / "index.html")
    assert "/database-connection-pool-exhausted/index.html" in searched(driver, "free database connection")
    assert console_errors(driver) == []


@pytest.mark.real_tool
def test_its_search_knows_the_words_of_another_language(open_page, tmp_path):
    driver = open_page(unpacked(SPANISH, tmp_path) / "index.html")
    assert "runbooks/index/index.html" in searched(driver, "down")
    assert console_errors(driver) == []


def searched(driver, words: str) -> str:
    """Where the first result of a search leads."""
    field = driver.find_element(By.CSS_SELECTOR, ".md-search__input")
    driver.execute_script("arguments[0].focus()", field)
    field.send_keys(words)
    found = WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".md-search-result__link"))
    return found[0].get_attribute("href")
