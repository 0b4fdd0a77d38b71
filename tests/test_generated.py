"""What is made from the code agrees with it, and the documentation names what there is."""

from __future__ import annotations

import runpy

import pytest

from generator.checks import all_checks
from generator.commands import COMMANDS
from generator.kinds import KINDS
from generator.targets import TARGETS


def test_generated_files_are_up_to_date(repo_root):
    files = runpy.run_path(str(repo_root / ".ci" / "generated.py"))["generated"]()
    for path, text in files.items():
        assert (repo_root / path).read_text(encoding="utf-8") == text, f"{path} is stale: make generated"
    pages = {path.relative_to(repo_root).as_posix() for path in (repo_root / "docs" / "checks").rglob("*.md")}
    assert pages == {path for path in files if path.startswith("docs/checks/")}


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.id)
def test_every_check_has_a_page_worth_reading(check):
    summary, blank, *rest = check.page.split("\n")
    assert summary.endswith(".")
    assert blank == ""
    assert len(" ".join(rest)) > 40


def test_every_command_is_in_the_readme(repo_root):
    readme = (repo_root / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`tocsin {name}" in readme


def test_every_target_has_a_page(repo_root):
    for name in TARGETS:
        assert (repo_root / "docs" / "targets" / f"{name}.md").is_file()


def test_every_kind_is_in_the_reference_and_has_a_schema(repo_root):
    reference = (repo_root / "docs" / "sources.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert (repo_root / "schemas" / f"{kind.name}.schema.json").is_file()
        assert kind.example.rpartition("/")[0] in reference
