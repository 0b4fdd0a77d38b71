"""Pages that are taken over from the site before: never one that would say something else now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from generator.targets.site import drafts
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import NOW, make_catalog, make_context
from tests.targets.site.sources import ALL

SOURCES = ALL | {
    "alerts/till.yaml": "team: ops\ndescription: Takes money\ndepends_on: [shop]\nalerts:\n  - alert: TillSlow\n"
    "    expr: till_seconds > 3\n    for: 5m\n    runbook: till\n    annotations: {summary: The till is slow}\n",
    "runbooks/till.md": "---\nowner: ops\nparameters: {namespace: default}\ntags: [money]\n---\n# The till\n\n"
    "## Diagnosis\n\n1. Look.\n\n    ```bash\n    kubectl get pods -n $NAMESPACE\n    ```\n\nSee [old](old.md).\n",
    "runbooks/old.md": "---\nreplaced_by: till\n---\n# Old\n\nGone, see [the shop](../alerts/shop.yaml).\n",
    "postmortems/2026-11-02-till.md": "---\nstatus: draft\nalerts: [TillSlow]\nseverity: SEV-2\n---\n"
    "# Till was slow\n\n## Timeline\n\n"
    "| Time (UTC) | Event |\n| --- | --- |\n| 10:00 | Impact started |\n| 10:05 | Detected |\n"
    "| 10:20 | Restarted the till |\n| 10:30 | Mitigated |\n| 11:00 | Resolved |\n\n"
    "## Action items\n\n| Action | Owner | Priority | Due date | Status |\n| --- | --- | --- | --- | --- |\n"
    "| Alert with ShopErrors | ana | P1 | 2026-12-01 | TODO |\n",
}


def written(files: dict[str, str], **context: object) -> tuple[list[object], list[object]]:
    site = Site(make_catalog(files), make_context(root="/nowhere", **context))
    return all_pages(site), site.nowhere


def anew(files: dict[str, str], **context: object) -> tuple[list[object], list[object]]:
    drafts._LAST.clear()
    return written(files, **context)


def edits() -> Iterator[tuple[str, dict[str, str]]]:
    """Each source with a word less, a word changed, a line more; without it; and each runbook under another name."""
    for path, text in SOURCES.items():
        yield f"{path}: gone", {name: each for name, each in SOURCES.items() if name != path}
        yield f"{path}: a line more", SOURCES | {path: f"{text}\nOne more line.\n" if path.endswith(".md") else text}
        for number, word in enumerate(re.finditer(r"[A-Za-z0-9.]+", text)):
            if (number + len(path)) % 6 == 0:
                other = str(int(word[0]) + 1) if word[0].isdigit() else "other"
                yield (
                    f"{path}: {word[0]} at {word.start()}",
                    SOURCES | {path: f"{text[: word.start()]}{other}{text[word.end() :]}"},
                )


def test_after_any_edit_the_site_is_what_it_would_be_anew():
    anew(SOURCES)
    before = dict(drafts._LAST)
    for name, files in edits():
        drafts._LAST.clear()
        drafts._LAST.update(before)
        taken_over = written(files)
        assert taken_over == anew(files), name


def test_a_word_in_a_runbook_writes_few_pages(monkeypatch):
    pages, _ = anew(SOURCES)
    before = {page.path: page for page in pages}
    edited = SOURCES | {"runbooks/till.md": SOURCES["runbooks/till.md"].replace("Look.", "Look well.")}
    pages, _ = written(edited)
    same = {page.path for page in pages if before[page.path] is page}
    assert {"alerts/shoperrors/index.md", "services/shop/index.md", "runbooks/readme/index.md"} <= same
    assert not {"runbooks/till/index.md", "alerts/tillslow/index.md", "services/till/index.md"} & same
    assert len(same) >= 9


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(days=4), timedelta(days=40)])
def test_time_changes_what_depends_on_it(later):
    anew(SOURCES)
    taken_over = written(SOURCES, now=NOW + later)
    assert taken_over == anew(SOURCES, now=NOW + later)


def test_another_picture_is_shown_at_once():
    files = SOURCES | {"runbooks/till.md": "# Till\n\n![What it is](till.png)\n"}
    read = {"read_bytes": lambda _: b"\x89PNG\r\n\x1a\n first"}
    anew(files, **read)
    read["read_bytes"] = lambda _: b"\x89PNG\r\n\x1a\n second"
    taken_over = written(files, **read)
    assert taken_over == anew(files, **read)
    assert any(page.files and b"second" in page.files[0].content for page in taken_over[0])
