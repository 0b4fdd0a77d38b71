"""The whole site: built by the real site builder from sources of every kind."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from generator.artifacts import Page
from generator.findings import Finding, Level, Ref, Span
from generator.targets.site import TARGET
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.sources import ALL, FILES, built


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[str, bytes]:
    return built(ALL, tmp_path_factory.mktemp("root"))


def test_every_promised_address_is_there(site):
    for address in (
        "",
        "alerts/shoperrors/",
        "alerts/shoperrorsnodata/",
        "alerts/index/",
        "alerts/odd-name-script-/",
        "services/shop/",
        "runbooks/index/",
        "runbooks/readme/",
        "schedules/ops/primary/",
        "postmortems/2026-10-14-shop/",
        "severities/",
        "health/",
        *("alerts/", "services/", "runbooks/", "schedules/", "postmortems/"),
    ):
        assert f"site/{address}index.html" in site
    assert "site/404.html" in site
    assert "site/search/search_index.json" in site


def test_every_artifact_is_below_the_site_and_depends_on_the_time(tmp_path):
    for artifact in TARGET.render(make_catalog(FILES["runbooks"]), make_context(root=str(tmp_path))):
        assert artifact.path.startswith("site/")
        assert artifact.uses_now


def test_a_page_knows_its_sources(tmp_path):
    sources = {each.path: each.sources for each in TARGET.render(make_catalog(ALL), make_context(root=str(tmp_path)))}
    assert sources["site/runbooks/readme/index.html"] == ("alerts/shop.yaml", "runbooks/deep/readme.md")
    assert "schedules/people.yaml" in sources["site/schedules/ops/primary/index.html"]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.targets += [value for name, value in attrs if name in ("href", "src") and value]
        self.ids |= {value for name, value in attrs if name == "id" and value}


def broken(site: dict[str, bytes]) -> set[tuple[str, str]]:
    read = {}
    for path, content in site.items():
        if path.endswith(".html") and not path.endswith("404.html"):
            read[path] = Links()
            read[path].feed(content.decode())
    lost = set()
    for path, links in read.items():
        for target in links.targets:
            parts = urlsplit(urljoin(f"http://own/{path.removesuffix('index.html')}", target))
            if parts.netloc != "own" or parts.scheme != "http":
                continue
            there = unquote(parts.path).lstrip("/")
            there = f"{there}index.html" if there.endswith("/") else there
            known = there in site and (not parts.fragment or unquote(parts.fragment) in read[there].ids | {"__tabbed"})
            if not known:
                lost.add((path, target))
    return lost


def test_no_link_of_the_site_is_broken(site, example_site):
    assert broken(site) == set()
    files = {
        path.relative_to(example_site.parent).as_posix(): path.read_bytes()
        for path in example_site.rglob("*")
        if path.is_file()
    }
    assert broken(files) == set()


def test_links_between_runbooks_lead_to_pages_and_lost_ones_are_listed(site):
    page = site["site/runbooks/index/index.html"].decode()
    assert 'href="../readme/#b"' in page
    assert "gone.md" not in page.replace("nowhere", "")
    assert '<span class="nowhere">nothing</span>' in page
    assert 'href="../index/"' in site["site/runbooks/readme/index.html"].decode()
    assert "[no](link.md)" in site["site/runbooks/readme/index.html"].decode()
    health = site["site/health/index.html"].decode()
    assert "runbooks/index.md:3" in health
    assert "gone.md" in health


def test_text_of_the_sources_is_text(site):
    for path, content in site.items():
        if path.endswith(".html"):
            text = content.decode()
            assert "<b>Shop</b>" not in text
            assert "<script>alert" not in text
            assert "Ops <Team>" not in text
            assert "name <script>" not in text
            assert "</title><script>" not in text
    assert "&lt;b&gt;Shop&lt;/b&gt; &amp; " in site["site/services/shop/index.html"].decode().replace(
        "&#60;", "&lt;"
    ).replace("&#62;", "&gt;").replace("&#38;", "&amp;")


def test_a_runbook_begins_with_its_alerts_and_the_people(site):
    page = site["site/runbooks/index/index.html"].decode()
    order = [page.index(each) for each in ("<h1", ">Index</a>", "Ana</a>", "See ")]
    assert order == sorted(order)


def test_an_alert_page_shows_what_the_source_says(site):
    page = site["site/alerts/shoperrors/index.html"].decode()
    for said in ("1.44%", "14.4x", "30m and 6h", "mailto:ana@example.com", "After 10 minutes", "Shop was down"):
        assert said in page


def test_the_navigation_holds_index_pages_only(site):
    page = site["site/index.html"].decode()
    assert 'href="alerts/"' in page
    assert "alerts/shoperrors" not in page


def test_nothing_is_asked_of_another_host(site):
    asked = re.compile(
        rb"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(https?:)?//|<link[^>]*\shref=["']?(?:https?:)?//"""
    )
    for path, content in site.items():
        if path.endswith(".html"):
            assert not asked.search(content), path


def test_the_page_for_lost_addresses_helps(site):
    assert b"tocsin-not-found" in site["site/404.html"]


@pytest.mark.parametrize("folder", FILES)
def test_one_folder_alone_has_a_site(folder, tmp_path):
    made = built(FILES[folder], tmp_path)
    assert "site/index.html" in made
    assert broken(made) == set()
    index = f"site/{folder}/index.html"
    assert (index in made) == (folder != "status")


def test_an_open_incident_is_on_the_first_page(site):
    assert "Trouble" in site["site/index.html"].decode()


def test_findings_are_shown_as_text(tmp_path):
    span = Span(3, 1, 3, 2)
    finding = Finding(Ref("alerts/x.yaml", span=span), "<i>`no`|</i>", "hint", check="a/b", level=Level.WARNING)
    pages = all_pages(Site(make_catalog(FILES["runbooks"]), make_context(findings=(finding,), root=str(tmp_path))))
    text = next(page.markdown for page in pages if page.path == "health/index.md")
    assert "alerts/x.yaml:3" in text
    assert "<i>" not in text


def test_pages_of_other_targets_are_shown_where_they_say(tmp_path):
    pages = (
        Page("proof/index.md", "Proof", "All of it.", (), ("More & more", "Proof")),
        Page("hidden/index.md", "Hidden <x>", "Not listed.", ()),
    )
    made = built(FILES["runbooks"], tmp_path, pages=pages)
    assert "More &amp; more" in made["site/index.html"].decode()
    assert b"hidden/" not in made["site/index.html"]
    assert b"Hidden &" in made["site/hidden/index.html"]


def test_same_sources_same_bytes(site, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    time.tzset()
    again = built(dict(reversed(ALL.items())), tmp_path)
    monkeypatch.undo()
    time.tzset()
    assert again == site


def test_the_temporary_folder_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    built(FILES["runbooks"], tmp_path)
    assert list(tmp_path.iterdir()) == []
