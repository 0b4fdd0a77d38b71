"""What hosts are told, and where the page says it is."""

from __future__ import annotations

from base64 import b64encode

from tests.targets.status.conftest import artifacts, busy, render
from tests.targets.status.html import Page

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>"&amp;</text></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)
URL = {"url": "https://status.example.com/"}


def rules(text):
    """Path → its headers."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            assert line not in found
            path = line
        elif line.startswith("  "):
            found.setdefault(path, []).append(line.strip())
    return found


def test_programs_of_other_sites_may_read_what_is_for_programs(files):
    found = rules(files["_headers"])
    cors = {path for path, headers in found.items() if "Access-Control-Allow-Origin: *" in headers}
    assert {"/api/*", "/history.atom", "/es/history.rss", "/calendar.ics", "/components/*", "/badge.svg"} <= cors
    assert "/*" not in cors
    assert "Content-Type: application/json; charset=utf-8" in found["/api/*"]
    assert "Content-Type: text/calendar; charset=utf-8" in found["/es/calendar.ics"]
    assert found["/es/components/:id/history.atom"] == ["Content-Type: application/atom+xml; charset=utf-8"]
    assert all(len({line.split(":")[0] for line in lines}) == len(lines) for lines in found.values())


def test_every_file_for_programs_has_its_header(files):
    found = rules(files["_headers"])
    machine = {path for path in files if not path.endswith((".html", ".nojekyll", "_headers", "search.json"))}
    assert not {path for path in machine if "/" not in path and f"/{path}" not in found}


def test_the_address_makes_a_canonical_link_and_a_calendar_to_subscribe_to():
    made = render(busy(status=URL))
    inner = Page(made["es/incidents/2026-11-24-api/index.html"])
    (canonical,) = [each["href"] for each in inner.all("link") if each["rel"] == "canonical"]
    assert canonical == "https://status.example.com/es/incidents/2026-11-24-api/"
    assert "webcal://status.example.com/calendar.ics" in Page(made["index.html"]).links
    assert "webcal://status.example.com/es/calendar.ics" in Page(made["es/index.html"]).links


def test_without_an_address_nothing_is_made_up(files):
    page = Page(files["index.html"])
    assert not [each for each in page.all("link") if each["rel"] == "canonical"]
    assert "calendar.ics" in page.links
    assert not [link for link in page.links if link.startswith("webcal")]


def test_a_domain_becomes_a_cname():
    assert render(busy(status={"domain": "status.example.com"}))["CNAME"] == "status.example.com\n"
    assert "CNAME" not in render(busy(status=URL))


def test_a_small_logo_is_in_the_page():
    made = render(busy(status={"logo": "art/logo.svg"}), read_bytes={"art/logo.svg": SVG}.get)
    (image,) = Page(made["history/2026-10/index.html"]).all("img")
    assert image == {"src": f"data:image/svg+xml;base64,{b64encode(SVG).decode()}", "alt": "Example status"}
    assert not any("logo" in path for path in made)


def test_a_large_logo_is_one_file_beside_it():
    made = artifacts(busy(status={"logo": "art/Logo.PNG"}), read_bytes={"art/Logo.PNG": PNG}.get)
    (picture,) = [each for each in made if "logo" in each.path]
    assert (picture.path, picture.content, picture.sources) == ("status/logo.png", PNG, ("art/Logo.PNG",))
    page = next(each for each in made if each.path == "status/es/incidents/2026-11-24-api/index.html")
    assert [each["src"] for each in Page(page.content.decode()).all("img")] == ["../../../logo.png"]


def test_what_is_no_picture_leaves_the_name():
    made = render(busy(status={"logo": "logo.svg"}), read_bytes={"logo.svg": b"<script>alert(1)</script>"}.get)
    assert Page(made["index.html"]).all("img") == []
    assert "Example status" in Page(made["index.html"]).text
