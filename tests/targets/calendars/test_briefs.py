"""What an entry tells whoever goes on call, from a real history."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest

from generator.catalog import load
from generator.git import History, work_tree
from generator.targets.calendars import TARGET
from tests.catalogs import make_context

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
POSTMORTEM = "postmortems/2026-09-20-cart.md"
WORK = "title: {} upgrade\ncomponents: [{}]\nfrom: 2026-10-01 12:30\nuntil: 2026-10-01 13:30\nmessage: Short.\n"
SOURCES = {
    "schedules/people.yaml": "ana: {name: Ana}\nbob: {name: Bob}\n",
    "schedules/shop.yaml": """\
name: Shop
schedules:
  primary:
    time_zone: Europe/Madrid
    layers: [{start: 2026-09-30 00:00, end: 2026-10-02 00:00, turn: 1h, people: [ana, bob]}]
escalation: {steps: [{page: primary, wait: 15m}]}
""",
    "alerts/cart.yaml": "team: shop\nalerts:\n  - {alert: CartDown, expr: up == 0, urgency: page, runbook: cart}\n",
    "alerts/other.yaml": "alerts:\n  - {alert: OtherDown, expr: up == 0, runbook: other}\n",
    "runbooks/cart.md": "# The cart is down\n",
    "runbooks/other.md": "# Something else is down\n",
    "status/components.yaml": "shop: {name: Shop, services: [cart]}\nblog: {name: Blog, services: [other]}\n",
    "status/maintenances/2026-10-01-database.yaml": WORK.format("Database", "shop"),
    "status/maintenances/2026-10-01-blog.yaml": WORK.format("Blog", "blog"),
    POSTMORTEM: """\
---
status: published
---
# Cart

| Action | Owner | Priority | Due | Status |
| --- | --- | --- | --- | --- |
| Test the restore | ana | P1 | 2026-10-09 | TODO |
| Not hers | bob | P1 | | DOING |
| Done | ana | P1 | | DONE |
""",
}


@pytest.fixture
def repository(git_repo):
    for path, text in SOURCES.items():
        git_repo.write(path, text)
    git_repo.commit("Start")  # at 09:00 UTC
    git_repo.write("runbooks/other.md", "# Something else is down, anew\n")
    git_repo.commit("Say more of others")  # 10:00
    git_repo.write("runbooks/cart.md", "# The cart is down\n\nLook first.\n")
    git_repo.commit("Say to look first; then\nact")  # 11:00
    return git_repo


def briefs(
    repository, person: str = "ana", now: datetime = datetime(2026, 10, 1, 12, tzinfo=UTC)
) -> dict[str, list[str]]:
    """Hour of the shift's start in UTC → the lines of its entry."""
    catalog = load(work_tree(repository.path))
    context = make_context(NOW, open_history=lambda: History(repository.path))
    contents = {each.path: each.content for each in TARGET.render(catalog, context)}
    calendar = icalendar.Calendar.from_ical(contents[f"calendars/people/{person}.ics"])
    return {f"{each['DTSTART'].dt:%d %H}": str(each["DESCRIPTION"]).split("\n") for each in calendar.walk("VEVENT")}


def test_a_brief_names_what_changed_since_the_last_time_the_planned_work_and_the_open_actions(repository):
    # Ana has the even hours. Before 12:00 she was last on call until 11:00, and the runbook changed then.
    found = briefs(repository)
    assert found["01 10"] == [
        "Turn 36 of Layer 1",
        "Since you were last on call (2026-10-01):",
        "Runbook The cart is down changed 2026-10-01: Say to look first; then act",
        "Your open action: Test the restore (2026-09-20-cart, due 2026-10-09)",
    ]
    assert found["01 12"] == [
        "Turn 38 of Layer 1",
        "No alert or runbook changed since 2026-10-01.",
        "Planned work: 2026-10-01 14:30 to 2026-10-01 15:30, Database upgrade",
        "Your open action: Test the restore (2026-09-20-cart, due 2026-10-09)",
    ]


def test_everything_is_new_to_whoever_was_away_while_it_was_made(repository):
    assert briefs(repository)["01 08"][2:4] == [
        "Runbook The cart is down changed 2026-10-01: Say to look first; then act",
        "Alerts of cart changed 2026-10-01: Start",
    ]


def test_without_history_that_is_said(repository, tmp_path):
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(tmp_path / "shallow"))
    repository.path = tmp_path / "shallow"
    lines = briefs(repository)["01 12"]
    assert lines[1] == "What changed since you were last on call (2026-10-01) is not known: shallow clone"


def test_a_change_of_what_a_brief_says_is_a_newer_entry(repository):
    def stamp() -> datetime:
        catalog = load(work_tree(repository.path))
        context = make_context(NOW, open_history=lambda: History(repository.path))
        content = next(each.content for each in TARGET.render(catalog, context) if each.path.endswith("all.ics"))
        return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["DTSTAMP"].dt

    assert stamp() == datetime(2026, 10, 1, 11, tzinfo=UTC)
    repository.write(POSTMORTEM, SOURCES[POSTMORTEM].replace("TODO", "DONE"))
    repository.commit("Tested the restore")
    assert stamp() == datetime(2026, 10, 1, 12, tzinfo=UTC)
    assert not any("open action" in line for line in briefs(repository)["01 12"])


def test_long_briefs_are_cut_and_counted(repository):
    rows = "".join(f"| Item {n:02} | ana | P1 | | TODO |\n" for n in range(20))
    repository.write(POSTMORTEM, SOURCES[POSTMORTEM] + rows)
    lines = briefs(repository)["01 12"]
    assert len(lines) == 3 + 9
    assert lines[-1] == "… and 13 more"
