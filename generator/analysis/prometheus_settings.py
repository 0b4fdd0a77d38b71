"""What the repository says about its Prometheus: the setting `prometheus`, with the keys of prometheus.yml, flat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from generator import times
from generator.settings import Setting


@dataclass(frozen=True, slots=True)
class PrometheusSettings:
    """What rules and checks need to know about the server. None: not declared, so nothing is judged by it."""

    scrape_interval: timedelta | None = None
    retention: timedelta | None = None
    external_labels: Mapping[str, str] = field(default_factory=dict)
    metrics: str | None = None
    """Path of a file with the names of known metrics, one a line."""
    sloth_labels: bool = False
    """Whether the series of SLOs also carry `sloth_id`, `sloth_service` and `sloth_slo`, for Sloth's dashboards."""


def _read(value: Any) -> PrometheusSettings:
    written = dict(value or {})
    return PrometheusSettings(
        scrape_interval=_duration(written.get("scrape_interval")),
        retention=_duration(written.get("retention")),
        external_labels=dict(written.get("external_labels") or {}),
        metrics=written.get("metrics"),
        sloth_labels=bool(written.get("sloth_labels", False)),
    )


def _duration(text: str | None) -> timedelta | None:
    return None if text is None else times.parse_duration(text)


_DURATION = {"type": "string", "pattern": "^([0-9]+(ms|[smhdwy]))+$"}

SCHEMA: Mapping[str, Any] = {
    "title": "Prometheus",
    "description": "What the checks and the rules need to know about your Prometheus; keys as in prometheus.yml, flat.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "scrape_interval": {
            "title": "Scrape interval",
            "description": "How often targets are scraped: rate windows and `for` are judged by it.",
            "examples": ["30s"],
            **_DURATION,
        },
        "retention": {
            "title": "Retention",
            "description": "How long samples are kept: a range beyond it reads less than it says.",
            "examples": ["15d"],
            **_DURATION,
        },
        "external_labels": {
            "title": "External labels",
            "description": "Labels that the server adds to every alert it sends.",
            "type": "object",
            "propertyNames": {"pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$"},
            "additionalProperties": {
                "title": "Label",
                "description": "The label's value.",
                "type": ["string", "number", "boolean"],
                "examples": ["eu"],
            },
            "examples": [{"region": "eu"}],
        },
        "metrics": {
            "title": "Known metrics",
            "description": "Path of a file with the names of your metrics, one a line; queries are checked against it.",
            "type": "string",
            "minLength": 1,
            "examples": ["alerts/known-metrics.txt"],
        },
        "sloth_labels": {
            "title": "Labels of Sloth",
            "description": "Adds sloth_id, sloth_service and sloth_slo to the series, for dashboards made for Sloth.",
            "type": "boolean",
            "examples": [True],
        },
    },
    "examples": [{"scrape_interval": "30s"}],
}

PROMETHEUS = Setting[PrometheusSettings]("prometheus", SCHEMA, _read)
