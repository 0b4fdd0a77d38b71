"""How the site builder is told: the repository's own configuration, what we add, the navigation."""

from __future__ import annotations

import pytest

from generator.artifacts import Page
from generator.errors import TocsinError
from generator.targets.site.folder import configuration, navigation, write
from tests.catalogs import make_catalog
from tests.targets.site.sources import FILES, built


def test_navigation_keeps_order_and_nests():
    pages = [
        Page("b.md", "B", "", (), ("X", "B")),
        Page("a.md", "A", "", (), ("A",)),
        Page("c.md", "C", "", (), ("X", "C")),
    ]
    assert navigation(pages) == [{"X": [{"B": "b.md"}, {"C": "c.md"}]}, {"A": "a.md"}]


def test_the_repositorys_own_configuration_is_inherited(tmp_path, repo_root):
    own = (repo_root / "mkdocs.yml").read_text().replace("primary: indigo", "primary: teal")
    (tmp_path / "mkdocs.yml").write_text(own)
    made = built(FILES["runbooks"], tmp_path)
    assert b'data-md-color-primary="teal"' in made["site/index.html"]


def test_a_configuration_without_the_extension_is_refused(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    with pytest.raises(TocsinError, match="extension"):
        built(FILES["runbooks"], tmp_path)


def test_what_the_site_builder_says_is_passed_on(tmp_path, repo_root):
    own = (repo_root / "mkdocs.yml").read_text().replace("permalink: true", "no-such-option: true")
    (tmp_path / "mkdocs.yml").write_text(own)
    with pytest.raises(TocsinError, match="no-such-option") as caught:
        built(FILES["runbooks"], tmp_path)
    assert "tocsin-site-" not in caught.value.message


def test_the_shipped_configuration_holds_nothing_of_the_example(repo_root):
    text = (repo_root / "mkdocs.yml").read_text()
    for word in ("tr-web", "example", "platform"):
        assert word not in text.lower()


def test_the_configuration_holds_any_name_as_it_is(tmp_path, repo_root):
    from yaml import safe_load

    name = "Tocsin 🚨 !!python/none 'x'"
    catalog = make_catalog({"tocsin.yaml": f'name: "{name}"\n'})
    write(tmp_path, {}, (), configuration(catalog, repo_root / "mkdocs.yml", ()))
    assert safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"] == name
