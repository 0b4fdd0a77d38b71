"""Everybody can use every kind of page: axe finds nothing, and the keyboard reaches all that a pointer does."""

from __future__ import annotations

import pytest

from tests.axe import faults
from tests.targets.site.test_browser import PAGES

pytestmark = pytest.mark.real_tool


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_page, serve_folder, example_site, width, dark):
    address = serve_folder(example_site)
    found = {page: faults(open_page(address + page, width=width, dark=dark)) for page in (*PAGES, "404.html")}
    assert {page: each for page, each in found.items() if each} == {}
