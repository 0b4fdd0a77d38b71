"""What the repository says about its Prometheus: the setting `prometheus`, with the keys of prometheus.yml, flat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta
from typing import Any

from generator import times
from generator.records import dataclass
from generator.settings import Setting

QUERY_OFFSET = (2, 53)
"""The release that first knew `query_offset`; what is older refuses the whole file."""


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
    version: tuple[int, int] | None = None
    """The oldest release that reads the rules; None: 2.42, which every rule is written for."""

    def knows(self, since: tuple[int, int]) -> bool:
        """Whether the server has what came with a release."""
        return self.version is not None and self.version >= since


def _read(value: Any) -> PrometheusSettings:
    written = dict(value or {})
    return PrometheusSettings(
        scrape_interval=_duration(written.get("scrape_interval")),
        retention=_duration(written.get("retention")),
        external_labels=dict(written.get("external_labels") or {}),
        metrics=written.get("metrics"),
        sloth_labels=bool(written.get("sloth_labels", False)),
        version=_version(written.get("version")),
    )


def _version(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    major, minor, *_ = text.split(".")
    return int(major), int(minor)


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
            "description": "Adds sloth_id, sloth_service and sloth_slo to the series, for dashboards made for Sloth. "
            "Default: false.",
            "type": "boolean",
            "examples": [True],
        },
        "version": {
            "title": "Version",
            "description": "The oldest Prometheus that reads the rules. Default: 2.42; `query_offset` needs 2.53.",
            "type": "string",
            "pattern": "^[0-9]{1,3}\\.[0-9]{1,3}(\\.[0-9]{1,3})?$",
            "patternErrorMessage": 'Write the version in quotes: "2.53".',
            "examples": ["2.53", "3.4"],
        },
    },
    "examples": [{"scrape_interval": "30s"}],
}

PROMETHEUS = Setting[PrometheusSettings]("prometheus", SCHEMA, _read)
