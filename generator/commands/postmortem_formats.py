"""How medians of incidents are printed: text and Markdown for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from generator import times
from generator.analysis.postmortems.durations import MEASURES
from generator.analysis.postmortems.metrics import Group, Incident, by_month, by_service, by_severity, overall
from generator.commands.tables import aligned
from generator.records import dataclass
from generator.targets.markdown import escape, page, table

_HEADER = tuple(measure.title for measure in MEASURES)
_Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Metrics:
    """Everything that is counted."""

    incidents: tuple[Incident, ...]
    overall: Group
    groups: Mapping[str, tuple[Group, ...]]
    """`month`, `severity`, `service`."""

    @classmethod
    def of(cls, found: Sequence[Incident]) -> Metrics:
        """Of some incidents, oldest first."""
        groups = {"month": by_month(found), "severity": by_severity(found), "service": by_service(found)}
        return cls(tuple(found), overall(found), groups)


def text(metrics: Metrics) -> str:
    """Tables in columns."""
    lines = ["Medians, and how many incidents they are of"]
    for header, rows in _tables(metrics):
        lines += ["", *aligned([header, *rows], 1)]
    return "".join(f"{line}\n" for line in lines)


def markdown(metrics: Metrics) -> str:
    """The same as Markdown; names come out as text."""
    blocks = ["# Incidents", "Medians, and how many incidents they are of."]
    blocks += [table(header, [[escape(cell) for cell in row] for row in rows]) for header, rows in _tables(metrics)]
    return page(*blocks) + "\n"


def json_text(metrics: Metrics) -> str:
    """Durations in seconds; a median that there is none of is absent."""
    plain = {
        "overall": _plain(metrics.overall),
        **{name: [_plain(each) for each in groups] for name, groups in metrics.groups.items()},
        "incidents": [_plain_incident(each) for each in metrics.incidents],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Metrics], str]] = {"text": text, "markdown": markdown, "json": json_text}


def _tables(metrics: Metrics) -> list[tuple[tuple[str, ...], _Rows]]:
    found = [(("", "Incidents", *_HEADER), [_row(metrics.overall)])]
    for key, groups in metrics.groups.items():
        if groups:
            found.append(((key.capitalize(), "Incidents", *_HEADER), [_row(each) for each in groups]))
    return [*found, (("Incident", "Severity", *_HEADER), [_incident(each) for each in metrics.incidents])]


def _row(group: Group) -> list[str]:
    medians = (group.medians.get(measure.name) for measure in MEASURES)
    return [
        group.name,
        str(group.incidents),
        *(f"{_said(each[0])} (of {each[1]})" if each else "-" for each in medians),
    ]


def _incident(each: Incident) -> list[str]:
    found = (each.durations.get(measure.name) for measure in MEASURES)
    return [each.postmortem.id, each.severity, *(_said(length) if length is not None else "-" for length in found)]


def _said(length: timedelta) -> str:
    return times.words(length) if length else "0 minutes"


def _plain(group: Group) -> dict[str, object]:
    medians = {name: {"seconds": _seconds(length), "of": count} for name, (length, count) in group.medians.items()}
    return {"name": group.name, "incidents": group.incidents, "medians": medians}


def _plain_incident(each: Incident) -> dict[str, object]:
    return {
        "id": each.postmortem.id,
        "severity": each.severity,
        "services": list(each.services),
        "seconds": {name: _seconds(length) for name, length in each.durations.items()},
    }


def _seconds(length: timedelta) -> int | float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
