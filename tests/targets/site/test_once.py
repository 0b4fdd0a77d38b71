"""A fact is written once: where its source changes it changes on every page, and nowhere does the old one stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.reading import seen
from tests.targets.site.test_pages import DOWN, FILES


def told(files: dict[str, str], root: Path, fact: str) -> set[str]:
    """The pages that say something, in their text or in an address."""
    site = Site(make_catalog(files), make_context(root=str(root)))
    read = {page.path: seen(page.markdown) for page in all_pages(site)}
    return {path for path, page in read.items() if fact in " ".join([*page.text.split(), *page.links])}


@pytest.mark.parametrize(
    ("path", "old", "new", "fact", "then", "least"),
    [
        ("schedules/people.yaml", "{name: Luis}", "{name: Zoe}", "Luis", "Zoe", 3),
        ("schedules/people.yaml", "ana@example.com", "ana@example.org", "ana@example.com", "ana@example.org", 6),
        ("schedules/ops.yaml", "Ops <Team>", "Crew", "Ops <Team>", "Crew", 6),
        ("schedules/ops.yaml", "#ops-room", "#crew", "ops-room", "crew", 5),
        ("schedules/ops.yaml", "wait: 10m", "wait: 17m", "after 10 minutes", "after 17 minutes", 4),
        ("alerts/shop.yaml", "grafana.example.com/d/1", "grafana.example.com/d/2", "com/d/1", "com/d/2", 4),
        ("alerts/shop.yaml", "objective: 99.9", "objective: 98.7", "99.9%", "98.7%", 2),
        ("alerts/shop.yaml", "<b>left</b>", "<b>gone</b>", "<b>left</b>", "<b>gone</b>", 2),
        (DOWN, "# Shop was down", "# Till was down", "Shop was down", "Till was down", 5),
        (DOWN, "switched {{ it }} off", "turned {{ it }} off", "switched {{ it }}", "turned {{ it }}", 3),
        (DOWN, "13:30", "13:47", "30 minutes", "47 minutes", 3),
        ("runbooks/down.md", "reviewed: 2026-01-02", "reviewed: 2026-02-03", "2026-01-02", "2026-02-03", 4),
    ],
)
def test_one_value_is_changed_and_found_everywhere(path, old, new, fact, then, least, tmp_path):
    before = told(FILES, tmp_path, fact)
    changed = {**FILES, path: FILES[path].replace(old, new)}
    assert len(before) >= least, before
    assert told(changed, tmp_path, fact) == set()
    assert told(changed, tmp_path, then) >= before
