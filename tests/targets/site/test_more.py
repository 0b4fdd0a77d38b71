"""What grows without an end leaves pages bearable: what is left out is counted, and a link leads to all of it."""

from __future__ import annotations

import re

import pytest

from generator.artifacts import Page
from generator.targets.site import drafts
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context

MANY = 150
LONGEST = 26_000
"""Characters of Markdown; the theme makes twice as much of it, and has 12 kB of its own."""


def grown() -> dict[str, str]:
    """A service with many alerts, SLOs and runbooks; a runbook of many alerts and services; many of all else."""
    slos = [
        f"  - {{name: slo-{n}, objective: 99.9, alert: Slo{n}, sli: {{errors: 'a{{x=\"{n}\"}}', total: b}}}}\n"
        for n in range(MANY)
    ]
    alerts = [f"  - {{alert: Big{n:03}, expr: up == {n}, runbook: own-{n:03}}}\n" for n in range(MANY)]
    files = {"alerts/big.yaml": f"team: ops\nslos:\n{''.join(slos)}alerts:\n{''.join(alerts)}"}
    files |= {f"runbooks/own-{n:03}.md": f"# Own {n}\n\n```bash\nkubectl get pods\n```\n" for n in range(MANY)}
    for n in range(MANY):
        alert = f"alerts:\n  - {{alert: Small{n:03}, expr: up == 0, runbook: shared, urgency: page}}\n"
        links = f"links: {{dashboard: 'https://grafana.example.com/{n}'}}\n"
        files[f"alerts/small-{n:03}.yaml"] = f"team: ops\n{links}{alert}"
    files["runbooks/shared.md"] = "# Shared\n\n" + "```promql\nrate(x[5m])\n```\n\n" * 5
    schedules = "".join(
        f"  rota-{n}: {{layers: [{{start: 2026-01-05 09:00, turn: 1w, people: [ana]}}]}}\n" for n in range(MANY)
    )
    files["schedules/ops.yaml"] = (
        f"name: Ops\nschedules:\n{schedules}escalation: {{steps: [{{page: rota-0, wait: 10m}}]}}\n"
    )
    files["schedules/people.yaml"] = "ana: {name: Ana, email: ana@example.com}\n"
    for n in range(MANY):
        actions = "| Action | Owner | Priority | Due date | Status |\n| --- | --- | --- | --- | --- |\n"
        actions += f"| Do {n} | ana | P1 | 2027-01-01 | TODO |\n"
        name = f"postmortems/2026-{1 + n % 11:02}-01-incident-{n}.md"
        alert = f"alerts: [Small{n:03}]\nseverity: SEV-2\nstatus: published\n"
        files[name] = f"---\n{alert}---\n# Incident {n}\n\n## Action items\n\n{actions}"
    return files


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Page]:
    drafts._LAST.clear()
    site = Site(make_catalog(grown()), make_context(root=str(tmp_path_factory.mktemp("root"))))
    return {page.path: page for page in all_pages(site)}


def test_every_page_stays_bearable(pages):
    longest = max(pages.values(), key=lambda page: len(page.markdown))
    assert len(longest.markdown) < LONGEST, longest.path


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("services/big/index.md", f"[and {2 * MANY - 40} more alerts](<../../alerts/index.md>)"),
        ("services/big/index.md", f"[and {MANY - 8 - 40} more alerts](<../../alerts/index.md>)"),
        ("services/big/index.md", f"[and {MANY - 40} more runbooks](<../../runbooks/index.md>)"),
        ("runbooks/shared/index.md", f"[and {MANY - 8} more alerts](<../../alerts/index.md>)"),
        ("runbooks/shared/index.md", f"[and {MANY - 4} more services](<../../services/index.md>)"),
        ("map/index.md", f"[and {MANY + 1 - 60} more services](<../services/index.md>)"),
        ("index.md", f"[and {MANY - 30} more schedules](<schedules/index.md>)"),
        ("postmortems/metrics/index.md", f"and {MANY - 60} more: `tocsin actions list`"),
        ("postmortems/metrics/index.md", f"and {MANY - 60} more: `tocsin postmortem metrics`"),
    ],
)
def test_what_is_left_out_is_counted(pages, path, said):
    assert said in pages[path].markdown


def test_beside_a_command_are_the_links_of_a_few_services(pages):
    lines = re.findall("Without a terminal: .*", pages["runbooks/shared/index.md"].markdown)
    assert len(lines) == 5
    assert all(line.count("](<https") == 4 for line in lines)


def test_the_indexes_have_all_of_it(pages):
    alerts = "".join(page.markdown for path, page in pages.items() if path.startswith("alerts/~"))
    assert all(f"[Big{n:03}]" in alerts and f"[Small{n:03}]" in alerts and f"[Slo{n}]" in alerts for n in range(MANY))
