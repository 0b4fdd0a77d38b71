"""Sources of every kind, and their built site."""

from __future__ import annotations

from pathlib import Path

from generator.targets.site import TARGET, kept
from tests.catalogs import make_catalog, make_context

SERVICE = """\
team: ops
description: "<b>Shop</b> & *more* | {{ x }}"
links: {dashboard: "https://grafana.example.com/d/1"}
slos:
  - name: availability
    objective: 99.9
    alert: ShopErrors
    sli: {errors: 'http_requests_total{code=~"5.."}', total: http_requests_total}
alerts:
  - alert: Index
    expr: up == 0
    urgency: page
  - alert: "Odd / name <script>"
    expr: vector(1) < 2
    runbook: readme
"""
TEAM = """\
name: Ops <Team>
lead: ana
schedules:
  primary:
    layers: [{start: 2026-01-05 09:00, turn: 1w, people: [ana, luis]}]
escalation: {steps: [{page: primary, wait: 10m}, {page: lead, wait: 10m}], loops: 1}
"""
FILES = {
    "alerts": {"alerts/shop.yaml": SERVICE},
    "schedules": {
        "schedules/ops.yaml": TEAM,
        "schedules/people.yaml": "ana: {name: Ana, email: ana@example.com}\nluis: {name: Luis}\n",
    },
    "runbooks": {
        "runbooks/hostile.md": "# </title><script>alert(1)</script>\n\n<script>alert(2)</script>\n",
        "runbooks/index.md": "# Down\n\nSee [the other](deep/readme.md#b) and [nothing](gone.md).\n",
        "runbooks/deep/readme.md": "---\nreviewed: 2026-01-02\n---\n# Other\n\n## B\n\n"
        "[back](../index.md) `[no](link.md)`\n",
    },
    "postmortems": {
        "postmortems/2026-10-14-shop.md": "---\nstatus: draft\nalerts: [ShopErrors]\n---\n# Shop was down\n",
    },
    "status": {
        "status/components.yaml": "website: {name: Website}\n",
        "status/incidents/2026-11-24-shop.yaml": "title: Trouble\nupdates:\n"
        "  - {at: 2026-11-24 11:00, status: investigating, components: {website: major_outage}, message: x}\n",
    },
}  # fmt: skip
ALL = {path: text for folder in FILES.values() for path, text in folder.items()}


def built(files: dict[str, str], root: Path, **more: object) -> dict[str, bytes]:
    """Path → content, everything made anew."""
    kept.keep({}, {})
    return rebuilt(files, root, **more)


def rebuilt(files: dict[str, str], root: Path, **more: object) -> dict[str, bytes]:
    """The same, but what was made before and stays is not made again."""
    context = make_context(root=str(root), **more)
    return {each.path: each.content for each in TARGET.render(make_catalog(files), context)}
