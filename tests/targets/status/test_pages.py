from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import PurePosixPath

import pytest

from generator.catalog import Catalog
from generator.targets.status import TARGET
from tests.analysis.status.status_sources import catalog, component, incident, update
from tests.catalogs import NOW
from tests.targets.status.conftest import artifacts, busy, render
from tests.targets.status.html import Page

MACHINE = (".atom", ".rss", ".ics", ".svg", "summary.json", "uptime.csv")


def test_every_page_is_there_in_every_language(files):
    own = {
        "index.html",
        "history/index.html",
        "history/search.json",
        "history/2026-10/index.html",
        "history/2026-11/index.html",
        *(f"components/{ident}/index.html" for ident in ("website", "api", "rest", "hooks")),
        "incidents/2026-10-14-checkout/index.html",
        "incidents/2026-11-24-api/index.html",
        "maintenances/2026-11-10-old/index.html",
        "maintenances/2026-11-24-now/index.html",
        "maintenances/2026-12-06-next/index.html",
    }
    assert own | {f"es/{path}" for path in own} | {"_headers", ".nojekyll"} <= set(files)


def test_one_language_has_no_folder_and_no_switch():
    files = render(busy(languages=["es"]))
    assert not any(path.startswith("es/") for path in files)
    page = Page(files["index.html"])
    assert page.all("html") == [{"lang": "es", "dir": "ltr"}]
    assert page.all("nav") == []


def html(files):
    return {path: Page(text) for path, text in files.items() if path.endswith(".html")}


def test_pages_are_well_formed_and_their_headings_in_order(files):
    for path, page in html(files).items():
        assert page.wrong == [], path
        assert page.headings[0] == 1, path
        assert page.headings.count(1) == 1, path
        assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), path
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path
        named = {each for _, attributes in page.elements for each in (attributes.get("aria-labelledby") or "").split()}
        assert named <= set(ids), path


def test_links_are_relative_and_lead_to_a_page(files):
    for path, page in html(files).items():
        for link in (each.partition("#")[0] for each in page.links):
            if link.startswith(("data:", "https://example.com/")):
                continue
            assert ":" not in link, (path, link)
            assert not link.startswith("/"), (path, link)
            parts: list[str] = []
            for part in (*PurePosixPath(path).parent.parts, *link.split("/")):
                if part == "..":
                    parts.pop()
                elif part not in {"", "."}:
                    parts.append(part)
            named = "/".join(parts)
            assert named in files or "/".join([*parts, "index.html"]) in files or named.endswith(MACHINE), (path, link)


def test_nothing_is_asked_of_anybody_and_only_our_script_runs(files):
    for path, page in html(files).items():
        assert page.all("img", "iframe", "object", "embed", "form") == [], path
        assert page.all("script") == [{}], path
        assert not [
            key for _, attributes in page.elements for key in attributes if key.startswith("on") or key == "style"
        ]
        assert [each["rel"] for each in page.all("link")].count("stylesheet") == 0, path


def digest(text):
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def test_the_policy_allows_the_one_style_and_the_one_script_and_nothing_else(files):
    for path in html(files):
        (style,) = re.findall(r"<style>(.*?)</style>", files[path], re.DOTALL)
        (script,) = re.findall(r"<script>(.*?)</script>", files[path], re.DOTALL)
        policy = (
            f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'"
        )
        metas = [each["content"] for each in Page(files[path]).all("meta") if "http-equiv" in each]
        assert metas == [policy]
        assert f"  Content-Security-Policy: {policy}; frame-ancestors 'none'\n" in files["_headers"]


def test_languages_know_each_other(files):
    home, inner = Page(files["index.html"]), Page(files["es/incidents/2026-11-24-api/index.html"])
    assert [(each["hreflang"], each["href"]) for each in home.all("link") if "hreflang" in each] == [
        ("en", "./"),
        ("x-default", "./"),
        ("es", "es/"),
    ]
    assert [(each["hreflang"], each["href"]) for each in inner.all("link") if "hreflang" in each] == [
        ("en", "../../../incidents/2026-11-24-api/"),
        ("x-default", "../../../incidents/2026-11-24-api/"),
        ("es", "../../incidents/2026-11-24-api/"),
    ]
    assert inner.all("html") == [{"lang": "es", "dir": "ltr"}]


def test_the_home_page_says_first_what_is_wrong_now(files):
    text = Page(files["index.html"]).text
    order = ["Minor Service Outage", "1 open incident", "Errors in the API", "Present work", "REST API", "Next work"]
    places = [text.index(each, text.index("Skip")) for each in order[:3]]
    assert places == sorted(places)
    assert text.index("Present work") < text.index("Shop") < text.index("Next work") < text.index("Errors at checkout")
    assert "Page built 24 Nov 2026, 09:00\N{NO-BREAK SPACE}UTC\N{MINUS SIGN}3" in text
    assert "the newest update is of 24 Nov 2026, 08:00\N{NO-BREAK SPACE}UTC\N{MINUS SIGN}3, and when" in text


def test_what_was_said_after_now_is_nowhere(files):
    assert not [path for path, text in files.items() if "Words of the future" in text or "Unheard of" in text]


def test_a_text_in_another_language_says_so(files):
    spanish = files["es/index.html"]
    assert "<bdi>Sitio web</bdi>" in spanish
    assert '<bdi lang="en">Errors in the API</bdi>' in spanish
    assert '<div dir="auto" lang="en"><p>Second words.</p>' in spanish
    assert "<bdi>Errors in the API</bdi>" in files["index.html"]


def test_ninety_days_are_few_bars_with_their_text(files):
    page = Page(files["index.html"])
    strokes = [each for each in page.all("path") if each.get("class", "k") != "k"]
    assert len(strokes) == 2 + 2 + 3  # statuses of the website, of the REST API, of the webhooks
    assert {"class": "partial_outage", "d": "M48 10h1"} in strokes
    assert {"class": "no_data", "d": "M0 10h36"} in strokes
    assert "14 Oct 2026Partial outage · 99.41%" in page.text
    assert "27 Aug 2026 – 1 Oct 2026No data" in page.text  # the page's own dash
    assert "A partial outage counts as 30% of an outage" in page.text


def test_the_weight_of_partial_outages_is_a_setting_and_said():
    text = Page(render(busy(status={"partial_outage_weight": 0.125}))["index.html"]).text
    assert "A partial outage counts as 12.5% of an outage" in text
    assert "14 Oct 2026Partial outage · 99.75%" in text


def test_a_postmortem_is_linked_from_its_incident_alone(files):
    assert "https://example.com/blog/checkout" in Page(files["incidents/2026-10-14-checkout/index.html"]).links
    others = {path: text for path, text in files.items() if path.endswith(".html") and "2026-10-14" not in path}
    assert not any("example.com/blog" in text for text in others.values())


def test_pages_of_what_is_over_do_not_change_with_the_clock():
    first = {each.path: each.content for each in artifacts(busy())}
    later = {each.path: each.content for each in artifacts(busy(), now=NOW.replace(minute=7))}
    changed = {
        path.removeprefix("status/").removeprefix("es/").split("/")[0] for path in first if first[path] != later[path]
    }
    assert {"index.html", "components"} <= changed
    assert not changed & {"incidents", "maintenances", "history"}


def test_two_renders_are_the_same_bytes():
    one, other = (artifacts(busy()) for _ in range(2))
    assert one == other
    assert all(each.uses_now for each in one if each.path.endswith(".html"))
    assert all(each.sources for each in one)


def test_nothing_internal_is_on_any_page():
    sources = busy(runbooks="https://runbooks.internal", prometheus={"scrape_interval": "30s"})
    sources = Catalog(
        settings=sources.settings,
        documents={},
        entities={**sources.entities, type(component("x")): {"x": component("x", services=("secret-service",))}},
    )
    assert not [
        path
        for path, text in render(sources).items()
        if re.search("runbook|secret-service|prometheus", text, re.IGNORECASE)
    ]


def test_a_page_of_nothing_is_a_page():
    files = render(catalog(incident("2027-01-01-x", update("2027-01-01", "investigating"))))
    text = Page(files["index.html"]).text
    assert "All Systems Operational" in text
    assert "newest update" not in text
    assert "data as of" not in text
    assert "Nothing has happened yet." in Page(files["history/index.html"]).text


def test_it_applies_where_there_are_status_sources_only():
    assert TARGET.applies(catalog(component("web")))
    assert not TARGET.applies(catalog())


@pytest.mark.parametrize("accent", ['"><script>', "red", "#12345"])
def test_an_accent_that_is_no_colour_is_not_written(accent):
    assert f"accent:{accent}" not in render(busy(status={"colors": {"accent": accent}}))["index.html"]


def test_two_hundred_components_fit_into_one_small_page():
    many = [component(f"c{number}", f"Component {number}") for number in range(200)]
    told = [
        incident(f"2026-11-{1 + n % 23:02}-i{n}", update(f"2026-11-{1 + n % 23:02} 10:00", "resolved"), title=f"I {n}")
        for n in range(300)
    ]
    home = render(catalog(*many, *told))["index.html"]
    assert len(gzip.compress(home.encode())) < 20_000
    assert len(home) < 1_000_000
    assert len(Page(home).elements) < 30_000
