"""The words of statuses, which sources write as keys, and what the page calls them. English; catalogues have the rest.

Labels of the whole are Statuspage's own: people and programs know them.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.messages import marked

STATUSES: Mapping[str, str] = {
    "operational": marked("Operational"),
    "degraded_performance": marked("Degraded performance"),
    "partial_outage": marked("Partial outage"),
    "major_outage": marked("Major outage"),
    "under_maintenance": marked("Under maintenance"),
    "no_data": marked("No data"),
}
"""Of components and their days."""

PHASES: Mapping[str, str] = {
    "investigating": marked("Investigating"),
    "identified": marked("Identified"),
    "monitoring": marked("Monitoring"),
    "resolved": marked("Resolved"),
    "postmortem": marked("Postmortem"),
    "scheduled": marked("Scheduled"),
    "in_progress": marked("In progress"),
    "verifying": marked("Verifying"),
    "completed": marked("Completed"),
    "cancelled": marked("Cancelled"),
}
"""Of incidents, maintenances and their updates."""

IMPACTS: Mapping[str, str] = {
    "impact.none": marked("No impact"),
    "impact.minor": marked("Minor impact"),
    "impact.major": marked("Major impact"),
    "impact.critical": marked("Critical impact"),
    "impact.maintenance": marked("Maintenance"),
}

LABELS = (
    marked("All Systems Operational"),
    marked("Partially Degraded Service"),
    marked("Degraded System Service"),
    marked("Minor Service Outage"),
    marked("Partial System Outage"),
    marked("Major System Outage"),
    marked("Service Under Maintenance"),
)
"""Of the whole: `analysis.status.summary.overall` says which."""

WORDS: Mapping[str, str] = {**STATUSES, **PHASES, **IMPACTS, **{label: label for label in LABELS}}
"""English by key; the keys of the three tables have nothing in common."""
