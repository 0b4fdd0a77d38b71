"""The site must not depend on one builder: Zensical, which comes after MkDocs, makes the same pages of a folder."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.catalog import load
from generator.git import work_tree
from generator.targets.site.folder import configuration, text, write
from generator.targets.site.own_configuration import parent
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.targets.site.conftest import example_context


class Article(HTMLParser):
    """What a page says and where it leads, without what is around it."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.said = 0, []

    def handle_starttag(self, tag, attrs):
        self.depth += tag == "article"
        target = dict(attrs).get("href")
        if self.depth and tag == "a" and target:  # Zensical has a button that leads nowhere
            self.said.append(f"[{target}]")

    def handle_endtag(self, tag):
        self.depth -= tag == "article"

    def handle_data(self, data):
        if self.depth:
            self.said.append(data)


def said(page: bytes) -> str:
    article = Article()
    article.feed(page.decode())
    return " ".join(" ".join(article.said).split())


@pytest.fixture(scope="module")
def site(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("zensical")
    catalog = load(work_tree(repo_root))
    pages = all_pages(Site(catalog, example_context(catalog, repo_root)))
    files = [file for page in pages for file in page.files]
    write(root, {page.path: text(page) for page in pages}, files, configuration(catalog, parent(repo_root), pages))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root), "PYTHONPATH": str(repo_root), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-P", "-m", "zensical", "build", "--strict", "-f", "mkdocs.yml"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def pages_of(site: Path) -> dict[str, str]:
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}
    return {path: said(content) for path, content in pages.items() if path != "404.html"}


def test_the_same_pages_say_the_same_and_lead_to_the_same(site, example_site):
    ours, theirs = pages_of(example_site), pages_of(site)
    assert sorted(theirs) == sorted(ours)
    assert {path for path in ours if ours[path] != theirs[path]} == set()
    assert len(ours) > 20


def test_its_search_finds_every_page(site, example_site):
    found = {each["location"].partition("#")[0] for each in json.loads((site / "search.json").read_text())["items"]}
    assert {path.removesuffix("index.html") for path in pages_of(example_site)} <= found
