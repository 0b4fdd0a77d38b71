"""Alerts that changed since the review of their runbook, as a real repository knows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.catalog import load
from generator.checks.engine import run
from generator.checks.runbooks import links_to as runbooks
from generator.checks.runbooks import reviews as runbooks_reviews
from generator.findings import Finding
from generator.git import work_tree
from tests.catalogs import make_context
from tests.checks.found import PEOPLE, TEAM, found, place
from tests.repositories import GitRepository, new_repository

RULES = """\
alerts:
  - alert: ShopDown
    expr: up == 0
    for: 5m
    annotations: {summary: Down}
  - alert: ShopSlow
    expr: slow > 3
slos:
  - {name: availability, objective: 99.9, sli: {errors: e, total: t}}
"""
RUNBOOK = "---\nreviewed: {}\n---\n# A\n"


def repository(folder: Path, day: str = "2026-10-01") -> GitRepository:
    """The first commit is of 1 October 2026, each later one is an hour after the one before."""
    repo = new_repository(folder)
    for slug in ("shop-down", "shop-slow", "shop-availability"):
        repo.write(f"runbooks/{slug}.md", RUNBOOK.format(day))
    repo.write("alerts/shop.yaml", RULES)
    repo.commit()
    repo.commits += 48
    return repo


def findings(repo: GitRepository, check: str = "runbook/changed") -> list[Finding]:
    catalog = load(work_tree(repo.path))
    return [each for each in run(catalog, make_context(root=str(repo.path)), [runbooks_reviews]) if each.check == check]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("up == 0", "up == 1", ["ShopDown (its expression)"]),
        ("for: 5m", "for: 9m", ["ShopDown (how long it waits)"]),
        ("    for: 5m\n", "    urgency: page\n", ["ShopDown (how long it waits, its urgency)"]),
        ("99.9,", "99.5,", ["ShopAvailability (its objective)"]),
        ("summary: Down", "summary: Gone", []),
        ("expr: up == 0", "expr: |-\n      up   == 0 ", []),
        ("alerts:", "# Why\nalerts:", []),
        ("  - alert: ShopSlow\n", "  - {alert: ShopNew, expr: a}\n  - alert: ShopSlow\n", []),
    ],
)
def test_what_an_alert_means_counts_and_how_it_is_written_does_not(tmp_path: Path, old: str, new: str, told: list[str]):
    repo = repository(tmp_path)
    assert findings(repo) == []
    repo.write("alerts/shop.yaml", RULES.replace(old, new))
    repo.commit()
    assert [each.message.partition("its alert has changed: ")[2] for each in findings(repo)] == told


def test_an_alert_that_is_newer_than_the_review_is_compared_with_its_first_form(tmp_path: Path) -> None:
    repo = repository(tmp_path, "2026-01-01")
    assert findings(repo) == []
    repo.write("alerts/shop.yaml", RULES.replace("up == 0", "up == 1"))
    repo.commit()
    assert [each.subject for each in findings(repo)] == ["shop-down"]


def test_what_changed_on_the_day_of_the_review_has_been_seen(tmp_path: Path) -> None:
    repo = repository(tmp_path, "2026-10-03")
    repo.write("alerts/shop.yaml", RULES.replace("up == 0", "up == 1"))
    repo.commit()
    assert findings(repo) == []


def test_what_is_not_committed_yet_counts_too(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.write("alerts/shop.yaml", RULES.replace("up == 0", "up == 1"))
    (finding,) = findings(repo)
    assert [each.message for each in finding.related] == ["changed, and not committed yet"]
    repo.write("alerts/shop.yaml", RULES.replace("summary: Down", "summary: Gone"))
    assert findings(repo) == []


def test_what_is_edited_on_the_day_of_the_review_has_been_seen(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.write("runbooks/shop-down.md", RUNBOOK.format(f"{make_context().now:%Y-%m-%d}"))
    repo.write("alerts/shop.yaml", RULES.replace("up == 0", "up == 1"))
    assert findings(repo) == []


def test_it_stands_at_the_review_and_a_file_may_have_been_renamed(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.git("mv", "alerts/shop.yaml", "alerts/store.yaml")
    repo.commit()
    assert findings(repo) == []
    repo.write("alerts/store.yaml", RULES.replace("up == 0", "up == 1"))
    repo.commit()
    (finding,) = findings(repo)
    assert place(finding) == "runbooks/shop-down.md:2:11"
    assert [each.message for each in finding.related] == ["changed on 2026-10-03"]


def test_what_git_does_not_know_is_said_once(tmp_path: Path) -> None:
    repo = repository(tmp_path / "full")
    repo.commit()
    assert findings(repo, "runbook/history") == []
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    shallow = GitRepository(tmp_path / "shallow")
    (finding,) = findings(shallow, "runbook/history")
    assert finding.message == "whether alerts changed since 3 runbooks were reviewed cannot be told: shallow clone"
    assert findings(shallow) == []


@pytest.mark.parametrize(
    ("day", "told"), [("2025-11-24", []), ("2025-11-23", ["runbook 'a' was reviewed 366 days ago"])]
)
def test_age_is_a_note(day: str, told: list[str]) -> None:
    assert [each.message for each in found(runbooks_reviews, {"runbooks/a.md": RUNBOOK.format(day)})] == told


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        ("platform", ""),
        ("alice", ""),
        ("bob", "who left on 2026-10-01"),
        ("ghosts", "and no team or person here has that name"),
    ],
)
def test_an_owner_who_left(owner: str, why: str) -> None:
    people = PEOPLE.replace("bob: Bob", "bob: {name: Bob, until: 2026-10-01}\ncarol: Carol")
    files = {
        "schedules/people.yaml": people,
        "schedules/platform.yaml": TEAM.replace("bob", "carol"),
        "runbooks/a.md": f"---\nowner: {owner}\n---\n# A\n",
    }
    said = [
        each.message for each in found(runbooks, files, "runbook/owner-left", now=datetime(2026, 11, 24, tzinfo=UTC))
    ]
    assert said == ([f"runbook 'a' is kept by '{owner}', {why}"] if why else [])


def test_an_alert_that_leads_to_a_runbook_out_of_use() -> None:
    files = {
        "alerts/shop.yaml": "alerts:\n  - {alert: ShopDown, expr: up == 0}\n",
        "runbooks/shop-down.md": "---\ndeprecated: true\nreplaced_by: b\n---\n# A\n",
        "runbooks/b.md": "---\ndeprecated: true\n---\n# B\n",
    }
    alert, runbook = found(runbooks, files, "runbook/deprecated")
    assert alert.message == "alert ShopDown leads to runbook 'shop-down', which is out of use, which b replaces"
    assert (place(alert), place(runbook)) == ("alerts/shop.yaml:2:13", "runbooks/shop-down.md:3:14")
