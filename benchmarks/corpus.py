"""Writes a repository of any size, the same for the same numbers: `python -m benchmarks.corpus DIR --services 1000`.

A service file has three SLOs and three plain alerts; every alert has its runbook; teams of four share the services.
"""

from __future__ import annotations

import argparse
from pathlib import Path

PEOPLE_A_TEAM = 4
SERVICES_A_TEAM = 20

SERVICE = """\
team: {team}
description: Service number {number}, answering requests for others
selector: app="{name}"
links: {{dashboard: https://grafana.example.com/d/{name}, argocd: {name}}}
slos:
  - name: availability
    description: Requests are answered without a server error
    objective: 99.9
    critical: true
    alert: {camel}HighErrorRate
    sli:
      errors: http_requests_total{{code=~"5.."}}
      total: http_requests_total
  - name: latency
    description: Requests are answered in less than 300 milliseconds
    objective: 99
    alert: {camel}HighLatency
    sli:
      histogram: http_request_duration_seconds
      under: 300ms
  - name: queue
    description: Messages are handled
    objective: 99.5
    alert: {camel}QueueFailing
    sli:
      error_query: sum(rate(queue_messages_total{{app="{name}", result="failed"}}[{{{{.window}}}}]))
      total_query: sum(rate(queue_messages_total{{app="{name}"}}[{{{{.window}}}}]))
alerts:
  - alert: {camel}CertificateExpiring
    expr: probe_ssl_earliest_cert_expiry{{app="{name}"}} - time() < 14 * 86400
    for: 1h
    runbook: {name}-plain
    annotations:
      summary: Certificate expires in {{{{ $value | humanizeDuration }}}}
  - alert: {camel}PoolExhausted
    expr: sum by (namespace) (db_pool_available{{app="{name}"}}) == 0
    for: 5m
    urgency: page
    runbook: {name}-plain
    labels: {{tier: "1"}}
    annotations:
      summary: No database connection is free
      description: For five minutes no pod of {name} has had a free database connection.
  - alert: {camel}BacklogGrowing
    expr: deriv(queue_depth{{app="{name}"}}[30m]) > 0 and queue_depth{{app="{name}"}} > 1000
    for: 30m
    runbook: {name}-plain
    annotations:
      summary: The backlog of {name} grows
"""

RUNBOOK = """\
---
reviewed: 2026-10-01
parameters: {{namespace: default}}
---
# {title}

## Quick diagnosis

1. Look at the pods.

    ```bash
    kubectl get pods -n "$NAMESPACE" -l app={name}
    ```

2. Look at the last release.

    ```bash
    kubectl rollout history deployment/{name} -n "$NAMESPACE"
    ```

## Mitigation actions

1. Go back to the release before.

    ```bash
    kubectl rollout undo deployment/{name} -n "$NAMESPACE"
    ```

## Escalation

After 30 minutes call the lead; at once if data may be lost.
"""


SLOTH = """\
version: prometheus/v1
service: {name}
labels: {{team: {team}}}
slos:
  - name: availability
    description: Requests are answered without a server error
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{{app="{name}", code=~"5.."}}[{{{{.window}}}}]))
        total_query: sum(rate(http_requests_total{{app="{name}"}}[{{{{.window}}}}]))
    alerting: {{name: {camel}HighErrorRate}}
  - name: latency
    description: Requests are answered in less than 300 milliseconds
    objective: 99
    sli:
      events:
        error_query: >-
          sum(rate(http_request_duration_seconds_count{{app="{name}"}}[{{{{.window}}}}]))
          - sum(rate(http_request_duration_seconds_bucket{{app="{name}", le="0.3"}}[{{{{.window}}}}]))
        total_query: sum(rate(http_request_duration_seconds_count{{app="{name}"}}[{{{{.window}}}}]))
    alerting: {{name: {camel}HighLatency}}
  - name: queue
    description: Messages are handled
    objective: 99.5
    sli:
      events:
        error_query: sum(rate(queue_messages_total{{app="{name}", result="failed"}}[{{{{.window}}}}]))
        total_query: sum(rate(queue_messages_total{{app="{name}"}}[{{{{.window}}}}]))
    alerting: {{name: {camel}QueueFailing}}
"""
"""The SLOs of a service in Sloth's words."""


def camel(name: str) -> str:
    """`svc-00001` → `Svc00001`."""
    return "".join(part.capitalize() for part in name.split("-"))


def corpus(services: int, runbooks_a_service: int = 1) -> dict[str, str]:
    """Path → text. With one runbook a service the SLOs' alerts share it; with four every alert has its own."""
    teams = max(1, -(-services // SERVICES_A_TEAM))
    files = {
        "tocsin.yaml": "name: Corpus\ntime_zone: Etc/UTC\nrunbooks: https://runbooks.example.com\n",
        "schedules/people.yaml": "".join(
            f"p{number}: {{name: Person {number}, email: p{number}@example.com}}\n"
            for number in range(teams * PEOPLE_A_TEAM)
        ),
    }
    for team in range(teams):
        files[f"schedules/team-{team}.yaml"] = _team(team)
    for number in range(services):
        name = f"svc-{number:05}"
        text = SERVICE.format(team=f"team-{number % teams}", number=number, name=name, camel=camel(name))
        if runbooks_a_service == 1:
            text = text.replace("    sli:\n", f"    runbook: {name}-plain\n    sli:\n")
        else:
            for alert in ("high-error-rate", "high-latency", "queue-failing"):
                files[f"runbooks/{name}-{alert}.md"] = RUNBOOK.format(title=f"{name} {alert}", name=name)
        files[f"alerts/{name}.yaml"] = text
        files[f"runbooks/{name}-plain.md"] = RUNBOOK.format(title=f"{name} needs attention", name=name)
    return files


def sloth_corpus(services: int) -> dict[str, str]:
    """Path → text: the same SLOs as Sloth takes them, a file a service."""
    teams = max(1, -(-services // SERVICES_A_TEAM))
    names = [(number, f"svc-{number:05}") for number in range(services)]
    return {
        f"{name}.yaml": SLOTH.format(name=name, camel=camel(name), team=f"team-{number % teams}")
        for number, name in names
    }


def _team(team: int) -> str:
    first = team * PEOPLE_A_TEAM
    people = "".join(f"          - p{first + offset}\n" for offset in range(PEOPLE_A_TEAM))
    return (
        f"name: Team {team}\nlead: p{first}\nslack: '#team-{team}'\nschedules:\n"
        "  primary:\n    time_zone: Europe/Madrid\n    layers:\n"
        f"      - name: Weekly Rotation\n        start: 2026-01-01 09:00\n        turn: 1w\n        people:\n{people}"
        "escalation:\n  loops: 2\n  steps:\n    - {page: primary, wait: 15m}\n    - {page: lead, wait: 15m}\n"
    )


def write(files: dict[str, str], folder: Path) -> None:
    """Writes a corpus into a folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--runbooks", type=int, default=1, choices=(1, 4), help="runbooks a service")
    arguments = parser.parse_args()
    files = corpus(arguments.services, arguments.runbooks)
    write(files, arguments.folder)
    print(f"{len(files)} files in {arguments.folder}")


if __name__ == "__main__":
    main()
