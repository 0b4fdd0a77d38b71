from __future__ import annotations

import pytest

from generator.analysis.origins import PARTIAL, _values, origins
from generator.catalog import load
from generator.git import History, work_tree
from tests.repositories import GitRepository

SERVICE = """\
slos:
  - {name: availability, objective: 99.9, sli: {error_ratio_query: "x{{.window}}"}}
alerts:
  - alert: Down
    expr: up == 0
"""
POSTMORTEM = """\
---
status: published
alerts: [%s]
---
# Trouble

| Action | Owner | Priority | Due | Status |
| --- | --- | --- | --- | --- |
| %s | ana | P1 | 2026-10-10 | DONE |

%s
"""


def found(repository: GitRepository):
    return origins(load(work_tree(repository.path)), History(repository.path))


def test_an_alert_knows_the_commit_that_wrote_it(git_repo: GitRepository):
    git_repo.write("alerts/shop.yaml", SERVICE)
    git_repo.commit("Watch the shop")
    git_repo.write("alerts/shop.yaml", SERVICE + "  - {alert: Late, expr: up == 1}\n  # alert: Off\n")
    git_repo.commit("Watch more")
    git_repo.write("alerts/shop.yaml", SERVICE + "  - {alert: Late, expr: up == 1}\n  - {alert: Off, expr: up}\n")
    known = found(git_repo)
    said = {name: each.commit and each.commit.subject for name, each in known.by_name.items()}
    assert said == {"Down": "Watch the shop", "ShopAvailability": "Watch the shop", "Late": "Watch more", "Off": None}
    assert known.reason == ""


def test_no_git_and_a_partial_clone_say_so(tmp_path, git_repo):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/shop.yaml").write_text(SERVICE)
    catalog = load(work_tree(tmp_path))
    assert origins(catalog, History(tmp_path)).reason == "not a Git repository"

    class Partial(History):
        def additions(self, folders, find):
            raise OSError

    git_repo.commit("First")
    assert origins(catalog, Partial(git_repo.path)).reason == PARTIAL


@pytest.mark.parametrize(
    ("date", "fired", "action", "text", "behind"),
    [
        ("2026-09-01", "", "Add the alert Down", "", True),
        ("2026-09-01", "Down", "Make Down louder", "", True),
        ("2026-09-01", "", "x", "We had no alert like `Down`.", True),
        ("2026-09-01", "Down", "x", "Down fired.", False),
        ("2026-11-01", "", "Add the alert Down", "", False),
        ("2026-09-01", "", "Add the alert Downs", "Down-town", True),
        ("2026-09-01", "", "x", "y", False),
    ],
)
def test_the_postmortem_behind_an_alert_asked_for_it_before(git_repo, date, fired, action, text, behind):
    git_repo.write("alerts/shop.yaml", SERVICE)
    git_repo.write(f"postmortems/{date}-shop.md", POSTMORTEM % (fired, action, text))
    git_repo.commit("Watch the shop")
    postmortem = found(git_repo).by_name["Down"].postmortem
    assert (postmortem is not None) == behind


def test_a_commit_that_names_a_postmortem_says_it_best(git_repo):
    git_repo.write("alerts/shop.yaml", SERVICE)
    for day in ("01", "02"):
        git_repo.write(f"postmortems/2026-09-{day}-shop.md", POSTMORTEM % ("", "Down", ""))
    git_repo.commit("Watch the shop\n\nAs 2026-09-01-shop and 2026-09-09-gone ask for.")
    known = found(git_repo).by_name
    assert known["Down"].postmortem.id == "2026-09-01-shop"
    assert known["ShopAvailability"].postmortem.id == "2026-09-01-shop"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("  - alert: Down", ("Down",)),
        ("  - alert: Down  # why", ("Down",)),
        ('- {"alert": "Odd, {x}", expr: y}', ("Odd, {x}",)),
        ("- alert: 'It''s down'", ("It's down",)),
        ("- {alert: Down, expr: x}", ("Down, expr: x}", "Down")),
        ("# - alert: Down", ()),
        ("  alertname: Down", ()),
        ("alert:", ()),
    ],
)
def test_names_are_read_as_yaml_writes_them(line, values):
    from generator.analysis.origins import _ALERT

    assert _values(_ALERT, line) == values


def test_an_alert_knows_the_merge_that_brought_it(git_repo: GitRepository):
    git_repo.commit("Base")
    git_repo.git("checkout", "-q", "-b", "shop")
    git_repo.write("alerts/shop.yaml", SERVICE)
    git_repo.commit("Watch the shop\n\nReviewed-by: Bob <b@example.com>")
    git_repo.git("checkout", "-q", "-")
    git_repo.git("merge", "-q", "--no-ff", "-m", "Merge pull request #7 from x/y\n\nApproved-by: Eve <e@x>", "shop")
    origin = found(git_repo).by_name["Down"]
    assert (origin.request, origin.reviewers) == ("#7", ("Bob", "Eve"))
    assert origin.merge is not None
    assert origin.merge.author == "Alice Example"
