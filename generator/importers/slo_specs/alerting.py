"""Labels and annotations of alerts: what an SLO can say here, and what it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.importers.slo_specs.reader import Notes, Said
from generator.kinds.names import is_address
from generator.records import dataclass

_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
OURS = frozenset({"severity", "urgency", "sev", "service", "slo", "leg"})
"""Labels that every alert gets from here; routes and inhibition stand on them."""
SAME = {("severity", "page"): "critical", ("severity", "ticket"): "warning", ("urgency", "page"): "page"}
RUNBOOKS = ("runbook", "runbookUrl", "runbook_link", "playbook", "playbook_url")
"""Other names under which the address of a runbook is written."""


@dataclass(frozen=True, slots=True)
class Urgencies:
    """The severities that page, and those that do not: what `page_alert: {disable: true}` switches off."""

    page: tuple[str, ...]
    ticket: tuple[str, ...]

    def off(self, notes: Notes, *, page: Said | None, ticket: Said | None) -> dict[str, Said]:
        """`severities` of an SLO of which one sort of alert, or both, are switched off by what is said there."""
        switched = ((self.page, page), (self.ticket, ticket))
        for names, said in switched:
            if said is not None and said.at is not None:
                notes.told(said.at, f"{', '.join(names) or 'nothing'} off: what the severity map has of that urgency")
        return {name: Said("off", said.at) for names, said in switched if said is not None for name in names}


def kept_labels(labels: Mapping[str, Said], notes: Notes, service: str) -> dict[str, Said]:
    """The labels that all alerts of the SLO can have; those that cannot be are told."""
    kept: dict[str, Said] = {}
    for name, value in labels.items():
        if not _NAME.fullmatch(name):
            _told(notes, name, value, f"label '{name}' is left out: Prometheus has no label of that name")
        elif name == "service" and value == service:
            continue
        elif "{{" in value:
            why = f"label {name} is left out: its value is a template, and labels of an SLO are text here"
            _told(notes, name, value, why, "write the value that is meant; annotations may be templates")
        elif name in OURS:
            _told(
                notes, name, value, f"label {name}: {value} is left out: every alert gets {name} from here", _hint(name)
            )
        else:
            kept[name] = value
    return kept


def kept_annotations(annotations: Mapping[str, Said], notes: Notes) -> dict[str, Said]:
    """The annotations; the address of a runbook under the name that this program and most templates read."""
    kept: dict[str, Said] = {}
    for name, value in annotations.items():
        if not _NAME.fullmatch(name):
            _told(notes, name, value, f"annotation '{name}' is left out: Prometheus has no annotation of that name")
        elif name in RUNBOOKS and is_address(value) and "runbook_url" not in {**annotations, **kept}:
            kept["runbook_url"] = value
            if value.at is not None:
                notes.told(value.at, f"annotation {name} is called runbook_url here")
        elif value:
            kept[name] = value
    return kept


def of_both(page: Mapping[str, Said], ticket: Mapping[str, Said], *, paging: bool, ticketing: bool) -> dict[str, Said]:
    """What all alerts of the SLO say: what both sorts say, or the one that is on."""
    if paging and ticketing:
        return {name: value for name, value in page.items() if ticket.get(name) == value}
    return dict(page if paging else ticket)


def tell_apart(said: Mapping[str, Said], common: Mapping[str, Said], urgency: str, notes: Notes) -> None:
    """Tells of labels or annotations that only pages or only tickets have: all alerts of an SLO say the same here."""
    for name, value in said.items():
        if common.get(name) != value and SAME.get((name, urgency)) != value:
            why = f"{name}: {value} is left out: only {urgency}s have it, and all alerts of an SLO say the same here"
            _told(notes, name, value, why, f"a {urgency} carries {_words(urgency)}: route by these")


def same_as_ours(labels: Mapping[str, Said], urgency: str) -> dict[str, Said]:
    """Without the labels that alerts of that urgency have anyway."""
    return {name: value for name, value in labels.items() if SAME.get((name, urgency)) != value}


def _told(notes: Notes, name: str, value: Said, why: str, hint: str = "") -> None:
    if value.at is not None:
        notes.kept_out(name, value.at, value.at, why, hint)


def _words(urgency: str) -> str:
    return f"urgency: {urgency} and severity: {'critical' if urgency == 'page' else 'warning'}"


def _hint(name: str) -> str:
    if name in ("service", "slo", "leg"):
        return ""
    return f"a page carries {_words('page')}, a ticket {_words('ticket')}: route by these"
