"""A large site is made by several processes, and is the same as by one."""

from __future__ import annotations

from generator.targets.site import builder
from generator.targets.site.finish import lean
from generator.targets.site.share import MANY, shares
from tests.targets.site.sources import ALL, built


def test_as_many_processes_as_pay():
    assert [shares(pages, 2) for pages in (1, MANY - 1, MANY, 100 * MANY)] == [1, 1, 2, 2]
    assert shares(100 * MANY, 1) == 1


def test_a_site_by_several_processes_is_the_same(tmp_path, monkeypatch):
    alone = built(ALL, tmp_path)
    monkeypatch.setattr(builder, "shares", lambda *_: 3)
    assert built(ALL, tmp_path) == alone


def test_what_stands_in_the_page_keeps_its_lines():
    article = b"<article><pre>a\n\n  b</pre></article>"
    assert lean(b"<p>\n\n   x\n</p>" + article + b"\n\n\ny") == b"<p>\nx\n</p>" + article + b"\ny"
    assert lean(b"a\n\nb") == b"a\n\nb"
