"""Pictures of the repository are on its pages; whatever is none, or more than one, is not."""

from __future__ import annotations

import re
import zlib
from struct import pack

import pytest

from generator.artifacts import PageFile
from generator.targets.site.pages import all_pages
from generator.targets.site.pictures import LIMIT, SHOWN, is_picture, picture
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.reading import seen
from tests.targets.site.sources import built

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="url(#a)"/></svg>'


def png() -> bytes:
    """The smallest there is: one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


FILES = {
    "runbooks/down.md": "# Down\n\n![The <lights>](img/a%20b.png) and ![x](../img/huge.png) [see](./d.svg)\n\n"
    "![gone](gone.png) ![out](../../etc/x.png) ![far](https://other.example/x.png)\n",
    "postmortems/2026-10-14-shop.md": "---\nstatus: draft\n---\n# Shop\n\n![again](../runbooks/img/a%20b.png)\n",
}
PICTURES = {"runbooks/img/a b.png": png(), "img/huge.png": png() + b"\0" * LIMIT, "runbooks/d.svg": DRAWING}


def test_pictures_are_copied_and_shown(tmp_path):
    made = built(FILES, tmp_path, read_bytes=PICTURES.get)
    page = made["site/runbooks/down/index.html"].decode()
    shown = re.search(r'<img alt="The &lt;lights&gt;" loading="lazy" src="\.\./\.\./(images/[0-9a-f]{16}\.png)"', page)
    assert shown, page
    assert made[f"site/{shown[1]}"] == png()
    assert shown[1] in made["site/postmortems/2026-10-14-shop/index.html"].decode()
    drawing = re.search(r'<a href="\.\./\.\./(images/[0-9a-f]{16}\.svg)">see</a>', page)
    assert drawing, page
    assert made[f"site/{drawing[1]}"] == DRAWING
    assert page.count("<img ") == 1
    assert '<a href="https://other.example/x.png">far</a>' in page
    health = made["site/health/index.html"].decode()
    assert "../img/huge.png: it is larger than 1 MiB" in health
    assert "gone.png: there is no such file" in health
    assert "../../etc/x.png: there is no such file" in health


def test_a_picture_is_a_source_of_its_pages():
    site = Site(make_catalog(FILES), make_context(read_bytes=PICTURES.get))
    sources = {page.path: page.sources for page in all_pages(site)}
    assert sources["runbooks/down/index.md"] == ("runbooks/down.md", "runbooks/img/a b.png", "runbooks/d.svg")


@pytest.mark.parametrize("path", ["a.PNG", "b.jpeg", "c.svg", "d.webp", "e.gif"])
def test_names_of_pictures(path):
    assert is_picture(path)
    assert not is_picture(f"{path}.html")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.png", b"<script>alert(1)</script>"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\n"),
        ("a.gif", png()),
        ("a.webp", b"RIFF0000WAVE"),
        ("a.svg", png()),
        ("a.svg", b"<html><body>"),
        ("a.svg", DRAWING.decode().encode("utf-16")),
        ("a.svg", b""),
    ],
)
def test_what_is_no_picture_is_not_shown(path, content):
    assert isinstance(picture(path, content), str)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
        "<rect onload='alert(1)'/>",
        "<g OnClick='alert(1)'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<a xlink:href=' java&#10;script:alert(1)' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<use href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<image href='https://other.example/x.png'/>",
        "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
        "<a><animate attributeName='xlink:href' values='javascript:alert(1)'/></a>",
        "<foreignObject><iframe srcdoc='x'/></foreignObject>",
        "<style>@import 'https://other.example/x.css';</style>",
        "<style>rect { fill: url(https://other.example/x) }</style>",
        "<rect style='fill: url(&quot;https://other.example/x&quot;)'/>",
        "<?xml-stylesheet href='https://other.example/x.css'?>",
    ],
)
def test_a_drawing_with_more_than_a_drawing_in_it_is_not_shown(inside):
    assert isinstance(picture("a.svg", DRAWING.replace(b"<rect", f"{inside}<rect".encode(), 1)), str)


def test_entities_are_refused_before_they_grow():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'
    assert "entities" in picture("a.svg", bomb)


@pytest.mark.parametrize(
    "drawing",
    [
        DRAWING,
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'
        + DRAWING,
        DRAWING.replace(b"<rect", b"<a href='https://example.com/'/><image href='data:image/png;base64,AA=='/><rect"),
        DRAWING.replace(b"<rect", b"<foreignObject><div>text</div></foreignObject><rect"),
    ],
)
def test_ordinary_drawings_are_shown(drawing):
    found = picture("x/a.svg", drawing)
    assert isinstance(found, PageFile)
    assert SHOWN.fullmatch(f"../../{found.path}")


@pytest.mark.parametrize("address", ["images/x.png", "//h/images/0123456789abcdef.png", "/images/0123456789abcdef.png"])
def test_only_our_own_files_are_pictures(address):
    assert "img" not in seen(f"![x]({address})").tags
