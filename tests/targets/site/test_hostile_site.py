"""A repository that means harm: its mkdocs.yml runs nothing, and its Markdown does not keep a build busy for ever."""

from __future__ import annotations

import pytest

from generator.errors import TocsinError
from generator.targets.site import TARGET, builder
from generator.targets.site.own_configuration import EXTENSION, parent
from tests.catalogs import make_catalog, make_context


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("site_name: Runbooks", "site_name: Runbooks\nhooks: [evil.py]", "hooks"),
        ("site_name: Runbooks", "site_name: Runbooks\nINHERIT: /tmp/other.yml", "INHERIT"),
        ("site_name: Runbooks", "site_name: Runbooks\ncopyright: <script>", "copyright"),
        ("site_name: Runbooks", "site_name: !!python/name:os.system", "cannot be used"),
        ("plugins:\n  - search", "plugins:\n  - macros", "macros"),
        ("plugins:\n  - search", "plugins:\n  - search: {prebuild_index: node}", "search"),
        ("- admonition", "- pymdownx.snippets", "pymdownx.snippets"),
        ("- admonition", "- attr_list", "attr_list"),
        ("name: material", "name: material\n  custom_dir: theme", "custom_dir"),
        ("font: false", "font: {text: Roboto}", "web fonts"),
        ("extra_css: [assets/tocsin.css]", "extra_css: ['https://example.com/x.css']", "extra_css"),
        ("generator: false", "generator: false\n  analytics: {provider: x}", "extra"),
        (f"- {EXTENSION}", f"# {EXTENSION}", "does not end its extensions"),
    ],
)
def test_what_runs_code_or_asks_another_host_is_refused(old, new, said, tmp_path, repo_root):
    own = (repo_root / "mkdocs.yml").read_text()
    assert old in own
    (tmp_path / "mkdocs.yml").write_text(own.replace(old, new, 1))
    with pytest.raises(TocsinError) as caught:
        parent(tmp_path)
    assert said in caught.value.message


def test_the_shipped_one_passes_its_own_judgement(tmp_path, repo_root):
    (tmp_path / "mkdocs.yml").write_text((repo_root / "mkdocs.yml").read_text())
    assert parent(tmp_path) == tmp_path / "mkdocs.yml"


def test_a_build_that_goes_on_and_on_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(builder, "START_SECONDS", 2)
    monkeypatch.setattr(builder, "PAGE_SECONDS", 0)
    catalog = make_catalog({"runbooks/long.md": "# Long\n\n" + "[" * 900_000 + "\n"})
    context = make_context(root=str(tmp_path))
    with pytest.raises(TocsinError, match="not built within 2 seconds"):
        list(TARGET.render(catalog, context))


def test_nesting_without_end_is_named(tmp_path):
    catalog = make_catalog({"runbooks/deep.md": "# Deep\n\n" + "- " * 5000 + "x\n"})
    with pytest.raises(TocsinError) as caught:
        list(TARGET.render(catalog, make_context(root=str(tmp_path))))
    assert "nests lists or quotes too deep" in caught.value.hint
