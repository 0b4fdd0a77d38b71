"""What the project says about itself leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents import read_document

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


def test_every_decision_has_a_number_of_its_own_and_is_listed():
    index = (ROOT / "docs/decisions/README.md").read_text()
    records = sorted(each.name for each in (ROOT / "docs/decisions").glob("0*.md"))
    assert [line.split("](")[1].split(")")[0] for line in index.splitlines() if line.startswith("| [")] == records
    assert len({name[:4] for name in records}) == len(records)
    for name in records:
        assert (ROOT / "docs/decisions" / name).read_text().startswith(f"# {name[:4]}: ")
