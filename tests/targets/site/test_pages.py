"""What pages of alerts, services and runbooks say: every fact follows its source, and no text breaks out."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog import load
from generator.git import History, work_tree
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.targets.site.reading import seen
from tests.targets.site.sources import TEAM

SERVICE = """\
team: ops
links: {dashboard: "https://grafana.example.com/d/1", argocd: shop, workflow: "https://ci.example.com/rollback"}
slos:
  - name: availability
    objective: 99.9
    alert: ShopErrors
    sli: {errors: 'http_requests_total{code=~"5.."}', total: http_requests_total}
alerts:
  - alert: Down
    expr: up < 7 * 6
    for: 5m
    keep_firing_for: 9m
    urgency: page
    annotations: {summary: "{{ $labels.pod }} has {{ $value | humanize }} <b>left</b>"}
  - {alert: Down, expr: up < 1, severity: SEV-3}
"""
RUNBOOK = """\
---
reviewed: 2026-01-02
parameters: {namespace: default}
---
# Down

## Diagnosis

1. Is it up?

    ```bash
    kubectl -n "$NAMESPACE" rollout status deploy/shop
    ```

2. Look.

    ```bash
    curl https://prometheus.example.com/api/v1/query
    ```

```yaml
deploy: rollout
```

## Mitigation

```bash
gh workflow run rollback
uptime
```
"""
POSTMORTEM = """\
---
status: published
severity: SEV-1
alerts: [Down]
---
# Shop was down

| Time (UTC) | Event |
| --- | --- |
| 13:00 | **Started**: trouble |
| 13:10 | a look around |
| 13:20 | switched {{ it }} off and on |
| 13:30 | **Mitigated**: it is up |

| Action | Owner | Priority | Due | Status |
| --- | --- | --- | --- | --- |
| Add the alert ShopErrors | ana | P1 | 2026-10-10 | DONE |
"""
DOWN = "postmortems/2026-09-14-shop.md"
FILES = {
    "tocsin.yaml": "repository: https://github.com/example/shop\nrunbooks: https://run.example.com\n"
    "time_zone: Etc/UTC\n",
    "alerts/shop.yaml": SERVICE,
    "runbooks/down.md": RUNBOOK,
    DOWN: POSTMORTEM,
    "schedules/ops.yaml": TEAM.replace("lead: ana\n", 'lead: ana\nslack: "#ops room"\n').replace(" room", "-room"),
    "schedules/people.yaml": "ana: {name: Ana, email: ana@example.com, slack: U012AB3CD}\nluis: {name: Luis}\n",
}
ALERT, SLO, PAGE, BOOK = ("alerts/down/", "alerts/shoperrors/", "services/shop/", "runbooks/down/")


def written(address: str, change: tuple[str, str, str] | None, root: Path) -> str:
    """The Markdown of a page, from sources in one of which something was replaced."""
    files = dict(FILES)
    if change is not None:
        path, old, new = change
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    site = Site(make_catalog(files), make_context(root=str(root)))
    return next(page.markdown for page in all_pages(site) if page.path == f"{address}index.md")


def said(address: str, root: Path, change: tuple[str, str, str] | None = None) -> str:
    return " ".join(seen(written(address, change, root)).text.split())


@pytest.mark.parametrize(
    ("address", "fact", "change", "then"),
    [
        (ALERT, "below 42", ("alerts/shop.yaml", "7 * 6", "7 * 7"), "below 49"),
        (ALERT, "has a result for 5m, and goes on for 9m", ("alerts/shop.yaml", "for: 5m", "for: 6m"), "result for 6m"),
        (ALERT, "<pod> has <value> <b>left</b>", ("alerts/shop.yaml", "labels.pod", "labels.node"), "<node> has"),
        (ALERT, "ticket SEV-3", ("alerts/shop.yaml", "SEV-3", "SEV-2"), "ticket SEV-2"),
        (ALERT, "page SEV-2 <pod>", ("alerts/shop.yaml", "urgency: page", "urgency: ticket"), "ticket SEV-3 <pod>"),
        (ALERT, "After 10 minutes: Ana", ("schedules/ops.yaml", "wait: 10m", "wait: 7m"), "After 7 minutes: Ana"),
        (ALERT, "Next Ana", ("schedules/people.yaml", "Ana,", "Eva,"), "Next Eva"),
        (ALERT, "Shop was down, SEV-1, mitigated after 30 minutes", (DOWN, "13:30", "13:40"), "after 40 minutes"),
        (ALERT, "13:20 switched {{ it }} off and on", (DOWN, "off and on", "back"), "{{ it }} back"),
        (ALERT, "was reviewed on 2026-01-02", ("runbooks/down.md", "2026-01-02", "2026-02-03"), "on 2026-02-03"),
        (SLO, "The objective is 99.9%", ("alerts/shop.yaml", "99.9", "99.5"), "The objective is 99.5%"),
        (SLO, "2026-09-14 asked for it: Shop was down", (DOWN, "# Shop was down", "# Gone"), "it: Gone"),
        (PAGE, "43.2 minutes of total outage", ("alerts/shop.yaml", "99.9", "99"), "432 minutes (7 hours 12 minutes)"),
        (PAGE, "Shop was down, SEV-1", (DOWN, "SEV-1", "SEV-2"), "Shop was down, SEV-2"),
        (PAGE, "Down, reviewed 2026-01-02", ("runbooks/down.md", "reviewed: 2026-01-02\n", ""), "Down, never reviewed"),
        (BOOK, "<pod> has <value>", ("alerts/shop.yaml", " <b>left</b>", " gone"), "<pod> has <value> gone"),
        (BOOK, "Owner Ops <Team>, #ops-room", ("schedules/ops.yaml", "#ops-room", "#shop"), "Owner Ops <Team>, #shop"),
        (BOOK, "Diagnosis (3) · Mitigation (1)", ("runbooks/down.md", "## Mitigation", "## Way out"), "· Way out (1)"),
        (BOOK, "First Is it up?", ("runbooks/down.md", "Is it up?", "Is it on?"), "First Is it on?"),
        (BOOK, "$NAMESPACE is default", ("runbooks/down.md", "default", "shop"), "$NAMESPACE is shop"),
        (BOOK, "off and on", (DOWN, "off and on", "back"), "{{ it }} back"),
    ],
)  # fmt: skip
def test_every_fact_follows_its_source(address, fact, change, then, tmp_path):
    before, after = said(address, tmp_path), said(address, tmp_path, change)
    assert fact in before
    assert then in after
    assert then not in before


def test_times_name_their_zone_where_the_page_names_none(tmp_path):
    assert "(Etc/UTC)" in said(ALERT, tmp_path)
    elsewhere = ("schedules/ops.yaml", "    layers:", "    time_zone: Europe/Madrid\n    layers:")
    assert "(Europe/Madrid)" in said(ALERT, tmp_path, elsewhere)
    assert "(Europe/Madrid)" in said("", tmp_path, elsewhere)
    assert "(Etc/UTC)" not in said("", tmp_path)
    assert "09:00 (Europe" not in said("schedules/ops/primary/", tmp_path, elsewhere)


def test_people_and_channels_are_one_tap_away_and_never_a_call(tmp_path):
    links = seen(written(BOOK, None, tmp_path)).links
    assert "mailto:ana@example.com" in links
    assert "https://slack.com/app_redirect?channel=U012AB3CD" in links
    assert "https://slack.com/app_redirect?channel=ops-room" in links
    assert not any(link.startswith("tel:") for link in links)
    handle = ("schedules/people.yaml", "U012AB3CD", "ana-handle")
    assert not any("ana-handle" in link for link in seen(written(BOOK, handle, tmp_path)).links)


def test_beside_a_command_stands_what_helps_without_a_terminal(tmp_path):
    text = written(BOOK, None, tmp_path)
    below = [" ".join(seen(line.strip()).text.split()) for line in text.splitlines() if "Without a terminal" in line]
    assert below == [
        "Without a terminal: argocd: shop",
        "Without a terminal: dashboard",
        "Without a terminal: workflow",
    ]
    found = seen(text)
    assert found.tags.count("ol") == 1
    assert "https://ci.example.com/rollback" in found.links


def test_no_history_says_why(tmp_path):
    assert "Who wrote it is not known: not a Git repository" in said(ALERT, tmp_path)


def test_the_commit_and_its_reviewers_are_told(git_repo):
    for path, text in FILES.items():
        git_repo.write(path, text)
    commit = git_repo.commit("Watch <the> shop (#12)\n\nReviewed-by: Bob <bob@example.com>")
    site = Site(load(work_tree(git_repo.path)), make_context(root=str(git_repo.path)))
    pages = {page.path: page.markdown for page in all_pages(site)}
    found = seen(pages["alerts/down/index.md"])
    words = " ".join(found.text.split())
    assert f"First written by Alice Example on 2026-10-01: Watch <the> shop (#12) ({commit[:8]})" in words
    assert "Reviewed by Bob" in words
    assert "Merged in #12" in words
    assert {f"https://github.com/example/shop/{each}" for each in (f"commit/{commit}", "pull/12")} <= set(found.links)
    git_repo.write("alerts/shop.yaml", SERVICE + "  - {alert: Fresh, expr: up}\n")
    site = Site(load(work_tree(git_repo.path)), make_context(root=str(git_repo.path)))
    fresh = next(page.markdown for page in all_pages(site) if page.path == "alerts/fresh/index.md")
    assert "It is not committed yet" in seen(fresh).text
    assert History(git_repo.path).available


def test_too_noisy_is_an_issue_that_is_filled_in(tmp_path):
    links = seen(written(ALERT, None, tmp_path)).links
    address = next(link for link in links if "/issues/new?" in link)
    assert address.startswith("https://github.com/example/shop/issues/new?title=Down%20is%20too%20noisy&body=")
    assert "run.example.com%2Falerts%2Fdown%2F" in address
    without = ("tocsin.yaml", "repository: https://github.com/example/shop\n", "")
    assert not any("issues/new" in link for link in seen(written(ALERT, without, tmp_path)).links)


def test_many_incidents_and_many_alerts_stay_short(tmp_path):
    files = dict(FILES)
    for day in range(1, 29):
        files[f"postmortems/2026-08-{day:02}-shop.md"] = POSTMORTEM
    files["alerts/many.yaml"] = "alerts:\n" + "".join(
        f"  - {{alert: Many{index}, expr: up, runbook: down}}\n" for index in range(30)
    )
    site = Site(make_catalog(files), make_context(root=str(tmp_path)))
    pages = {page.path: page.markdown for page in all_pages(site)}
    alert, book = seen(pages["alerts/down/index.md"]).text, seen(pages["runbooks/down/index.md"]).text
    assert alert.count("What helped:") == 3
    assert "16 more" in alert
    assert "23 more alerts" in book
