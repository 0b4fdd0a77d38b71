"""A large site is made by several processes, and is the same as by one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.targets.site import builder, kept
from generator.targets.site.frames import FEW
from generator.targets.site.lean import lean
from generator.targets.site.pages import all_pages
from generator.targets.site.share import MANY, shares
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.sources import ALL, FILES, built, rebuilt


def test_as_many_processes_as_pay():
    assert [shares(pages, 2) for pages in (1, MANY - 1, MANY, 100 * MANY)] == [1, 1, 2, 2]
    assert shares(100 * MANY, 1) == 1


def test_a_site_by_several_processes_is_the_same(tmp_path, monkeypatch):
    alone = built(ALL, tmp_path)
    monkeypatch.setattr(builder, "shares", lambda *_: 3)
    assert built(ALL, tmp_path) == alone


BY_MKDOCS_ALONE = "from generator.targets.site import frames, share as s; frames.FEW = 10**9; s.spare = lambda: None"
BY_FRAMES = "from generator.targets.site import frames, share as s; frames.FEW = 1"
WITH_CONTENTS = {
    "runbooks/contents.md": '# All & *of* it\n\n[TOC]\n\n## A <b>\n\n### `B` & "b"\n\n```promql\nup > 1\n```\n'
}


@pytest.mark.parametrize("offline", [False, True])
def test_what_is_spared_changes_no_byte(tmp_path, monkeypatch, offline):
    def command(before: str) -> Callable[..., list[str]]:
        program = f"import sys; {before}; s.main(sys.argv[1:])"
        return lambda *arguments: [sys.executable, "-P", "-c", program, *theirs(*arguments)[4:]]

    def made(before: str) -> dict[str, bytes]:
        kept.keep({}, {})
        monkeypatch.setattr(builder, "_command", command(before))
        catalog, context = make_catalog(ALL | WITH_CONTENTS), make_context(root=str(tmp_path))
        pages = all_pages(Site(catalog, context))
        return {each.path: each.content for each in builder.build(catalog, context, pages, offline=offline)}

    theirs = builder._command
    alone, framed = made(BY_MKDOCS_ALONE), made(BY_FRAMES)
    assert framed == alone
    assert b'class="toc"' in alone["site/runbooks/contents/index.html"]


def test_pages_outside_the_navigation_have_one_frame_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(builder, "_command", lambda root, todo, folder: counted(root, todo, folder, tmp_path / "said"))
    made = built(ALL, tmp_path / "root")
    framed = set((tmp_path / "said").read_text().split())
    alerts = {path.removeprefix("site/") for path in made if path.startswith("site/alerts/") and path.count("/") == 3}
    assert len(alerts) >= FEW
    assert framed == alerts


def counted(root: Path, todo: Path, folder: Path, said: Path) -> list[str]:
    program = (
        "import sys; from pathlib import Path; from generator.targets.site import share as s; finish = s.finish\n"
        f"s.finish = lambda folder, made: (Path({str(said)!r}).write_text(' '.join(made)), finish(folder, made))\n"
        "s.main(sys.argv[1:])"
    )
    return [
        sys.executable,
        "-P",
        "-c",
        program,
        str(todo),
        str(folder),
        "build",
        "--strict",
        "-f",
        str(root / "mkdocs.yml"),
    ]


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
