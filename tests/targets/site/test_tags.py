"""Tags of runbooks: a page that lists them, and a way to it from each runbook."""

from __future__ import annotations

from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context

FILES = {
    "runbooks/a.md": '---\ntags: [database, "<b>"]\n---\n# First\n',
    "runbooks/b.md": "---\ntags: [Network, database]\n---\n# Second\n",
    "runbooks/c.md": "# Third\n",
}


def made(files: dict[str, str], tmp_path) -> dict[str, str]:
    site = Site(make_catalog(files), make_context(root=str(tmp_path)))
    return {page.path: page.markdown for page in all_pages(site)}


def test_each_tag_lists_its_runbooks_once(tmp_path):
    text = made(FILES, tmp_path)["tags/index.md"]
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## &#60;b&#62;", "## database", "## Network"]
    chapters = text.split("## ")
    assert chapters[2].count("[First]") == chapters[2].count("[Second]") == 1
    assert "Third" not in text


def test_a_runbook_leads_to_its_tags(tmp_path):
    pages = made(FILES, tmp_path)
    tags = "**Tags** [Network](<../../tags/index.md>) · [database](<../../tags/index.md>)"
    assert tags in pages["runbooks/b/index.md"]
    assert "Tags" not in pages["runbooks/c/index.md"]


def test_without_a_tag_there_is_no_such_page(tmp_path):
    assert "tags/index.md" not in made({"runbooks/c.md": FILES["runbooks/c.md"]}, tmp_path)
