"""What the project says about itself leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.documents import read_document
from tests.catalogs import make_catalog

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "benchmarks", "runbooks", "postmortems")
PAGES = [*sorted(ROOT.glob("*.md")), *(page for each in FOLDERS for page in sorted((ROOT / each).rglob("*.md")))]


def headings(path: Path) -> set[str]:
    document, _ = read_document(path.relative_to(ROOT).as_posix(), path.read_bytes())
    return set() if document is None else {heading.slug for heading in document.markdown.headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path):
    document, _ = read_document(page.relative_to(ROOT).as_posix(), page.read_bytes())
    assert document is not None
    for link in document.markdown.links:
        path, _, anchor = link.target.partition("#")
        if ":" in path:
            continue
        to = page.parent / path if path else page
        assert to.exists(), f"line {link.line}: {link.target}"
        assert not anchor or anchor in headings(to), f"line {link.line}: {link.target}"


def test_every_page_is_in_an_index():
    """Those of checks and decisions have an index of their own, which the first one leads to."""
    docs = ROOT / "docs"
    every, index = set(docs.rglob("*.md")), linked(docs / "README.md")
    checks, decisions = (set((docs / folder).rglob("*.md")) for folder in ("checks", "decisions"))
    assert every - checks - decisions - index == {docs / "README.md"}
    assert {docs / "checks/index.md", docs / "decisions/README.md"} <= index
    assert checks - linked(docs / "checks/index.md") == {docs / "checks/index.md"}


def linked(page: Path) -> set[Path]:
    document, _ = read_document(page.relative_to(ROOT).as_posix(), page.read_bytes())
    assert document is not None
    return {(page.parent / link.target.partition("#")[0]).resolve() for link in document.markdown.links}


def test_every_setting_is_on_the_page_of_settings():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "schemas/settings.schema.json").read_text(encoding="utf-8"))
    for path, part in keys("", schema):
        assert f"| `{path}` |" in text, path
        default = re.search(r"Default: ([^ ;,]+?)[.;,]?(?: |$)", part["description"])
        row = next(line for line in text.splitlines() if line.startswith(f"| `{path}` |"))
        cell = row.split(" | ")[2]
        assert cell.startswith(default[1]) if default else cell == "—", path
    assert text.index("## `name`") < text.index("## `time_zone`") < text.index("## `languages`")


def keys(path: str, part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every named key of a schema; which maps have keys of people's own, and which are lists, the page shows too."""
    for each in (part, *part.get("oneOf", ())):
        for name, inner in each.get("properties", {}).items():
            yield f"{path}{name}", inner
            yield from keys(f"{path}{name}.", inner)


@pytest.mark.parametrize(
    "example", re.findall(r"(?s)```yaml\n(.*?)```", (ROOT / "docs/settings.md").read_text("utf-8"))
)
def test_an_example_of_settings_can_be_read(example: str):
    assert not make_catalog({"tocsin.yaml": example}).findings


def test_every_decision_has_a_number_of_its_own_and_is_listed():
    index = (ROOT / "docs/decisions/README.md").read_text()
    records = sorted(each.name for each in (ROOT / "docs/decisions").glob("0*.md"))
    assert [line.split("](")[1].split(")")[0] for line in index.splitlines() if line.startswith("| [")] == records
    assert len({name[:4] for name in records}) == len(records)
    for name in records:
        assert (ROOT / "docs/decisions" / name).read_text().startswith(f"# {name[:4]}: ")
