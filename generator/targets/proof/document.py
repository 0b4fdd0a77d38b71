"""`proof/routing.json` as data. Its shape is fixed by routing.schema.json beside this module."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from generator import times
from generator.analysis.routing import Routing, routing
from generator.analysis.routing.rows import ROUTED_BY, Row, rows
from generator.analysis.routing.steps import Called, called
from generator.analysis.routing.time_intervals import described
from generator.analysis.severity import PAGE
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Team

if TYPE_CHECKING:
    from generator.catalog import Catalog

VERSION = 1


def document(catalog: Catalog, now: datetime) -> dict[str, Any]:
    """The whole of it. Receivers, policies and people stand once and are named from the alerts."""
    found, all_rows = routing(catalog, now), rows(catalog, now)
    told = sorted({delivery.receiver for row in all_rows for delivery in row.deliveries})
    policies = sorted({row.policy for row in all_rows if row.policy})
    return {
        "version": VERSION,
        "summary": _summary(all_rows),
        "alerts": [_alert(row, found) for row in all_rows],
        "receivers": {name: list(found.receivers[name].by) if name in found.receivers else [] for name in told},
        "escalations": {ident: _policy(catalog, ident, now) for ident in policies},
        "people": _people(catalog, policies, now),
        "time_intervals": dict(described(found.intervals)),
    }


def _summary(all_rows: tuple[Row, ...]) -> dict[str, Any]:
    severities = Counter(row.severity for row in all_rows if row.severity)
    gaps = Counter(gap for row in all_rows for gap in row.gaps)
    return {
        "alerts": len({(row.service, row.alert) for row in all_rows}),
        "ways": len(all_rows),
        "pages": sum(row.urgency == PAGE for row in all_rows),
        "severities": dict(sorted(severities.items())),
        "gaps": dict(sorted(gaps.items())),
    }


def _alert(row: Row, found: Routing) -> dict[str, Any]:
    """A row. What is unknown or absent is null, so that every row has every key."""
    return {
        "alert": row.alert,
        "service": row.service,
        "kind": row.kind,
        "slo": row.slo,
        "leg": row.leg,
        "severity": row.severity or None,
        "urgency": row.urgency,
        "team": row.team or None,
        "source": {"path": row.source.path, "pointer": list(row.source.pointer)},
        "routed_by": {name: row.labels[name] for name in ROUTED_BY if name in row.labels},
        "receivers": [
            {"name": each.receiver, "muted": list(each.muted), "active": list(each.active)} for each in row.deliveries
        ],
        "notified": any(each.receiver in found.receivers for each in row.deliveries),
        "escalation": row.policy,
        "runbook": row.runbook,
        "runbook_url": row.runbook_url,
        "silenced_by": list(row.silenced_by),
        "gaps": list(row.gaps),
    }


def _policy(catalog: Catalog, ident: str, now: datetime) -> dict[str, Any]:
    policy = catalog.get(EscalationPolicy, ident)
    team = catalog.get(Team, policy.team) if policy else None
    return {
        "name": policy.name if policy else ident,
        "by": "people" if team is not None and team.pages_people else "pagerduty",
        "loops": policy.loops if policy else 0,
        "steps": [_step(step) for step in called(catalog, ident, now)],
    }


def _step(step: Called) -> dict[str, Any]:
    return {
        "after": times.format_duration(step.after),
        "schedules": [{"id": each.id, "name": each.name, "people": sorted(people)} for each, people in step.schedules],
        "people": list(step.people),
        "reaches": step.reaches,
    }


def _people(catalog: Catalog, policies: list[str], now: datetime) -> dict[str, str]:
    """Names of everybody whom a policy reaches, by id."""
    steps = [step for ident in policies for step in called(catalog, ident, now)]
    found = {person for step in steps for person in step.people}
    found |= {person for step in steps for _, people in step.schedules for person in people}
    known = ((ident, catalog.get(Person, ident)) for ident in sorted(found))
    return {ident: person.name for ident, person in known if person is not None}


def written(found: dict[str, Any]) -> str:
    """The document as JSON with one entry a line: what changes for an alert is one line of a diff."""
    parts = (f"{_text(key)}: {_entries(value)}" for key, value in found.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _entries(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_text(each) for each in value) + "\n]"
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"{_text(key)}: {_text(each)}" for key, each in value.items()) + "\n}"
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
