"""A large site is made by several processes, and is the same as by one."""

from __future__ import annotations

from generator.targets.site import builder
from generator.targets.site.lean import lean
from generator.targets.site.share import MANY, shares
from tests.targets.site.sources import ALL, FILES, built, rebuilt


def test_as_many_processes_as_pay():
    assert [shares(pages, 2) for pages in (1, MANY - 1, MANY, 100 * MANY)] == [1, 1, 2, 2]
    assert shares(100 * MANY, 1) == 1


def test_a_site_by_several_processes_is_the_same(tmp_path, monkeypatch):
    alone = built(ALL, tmp_path)
    monkeypatch.setattr(builder, "shares", lambda *_: 3)
    assert built(ALL, tmp_path) == alone


def test_a_page_that_stays_is_not_made_again(tmp_path, monkeypatch):
    made = []
    run = builder._run
    monkeypatch.setattr(builder, "_run", lambda root, context, paths: made.append(paths) or run(root, context, paths))
    built(ALL, tmp_path)
    changed = ALL | {"runbooks/index.md": "# Down\n\nSomething else.\n"}
    again = rebuilt(changed, tmp_path)
    first, second = made
    assert len(first) > 15
    # The health page no longer lists the links that the runbook had.
    assert second == ["runbooks/index/index.md", "health/index.md"]
    assert built(changed, tmp_path) == again


def test_another_configuration_makes_every_page_again(tmp_path, monkeypatch, repo_root):
    made = []
    run = builder._run
    monkeypatch.setattr(builder, "_run", lambda root, context, paths: made.append(paths) or run(root, context, paths))
    built(FILES["runbooks"], tmp_path)
    (tmp_path / "mkdocs.yml").write_text((repo_root / "mkdocs.yml").read_text().replace("indigo", "teal"))
    rebuilt(FILES["runbooks"], tmp_path)
    assert made[0] == made[1]


def test_what_stands_in_the_page_keeps_its_lines():
    article = b"<article><pre>a\n\n  b</pre></article>"
    assert lean(b"<p>\n\n   x\n</p>" + article + b"\n\n\ny") == b"<p>\nx\n</p>" + article + b"\ny"
    assert lean(b"a\n\nb") == b"a\n\nb"
