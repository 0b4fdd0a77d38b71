"""The setting `pagerduty`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from generator import times
from generator.records import dataclass
from generator.settings import Setting


@dataclass(frozen=True, slots=True)
class AlertGrouping:
    """How PagerDuty puts alerts into one incident. Times None: until it is resolved, or PagerDuty's own choice."""

    type: str
    timeout: timedelta | None = None
    time_window: timedelta | None = None
    aggregate: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """How PagerDuty is used.

    `users`: `manage` makes them, `existing` looks them up by e-mail (single sign-on). `outside_support_hours`: `page`
    (they call as always) or `low` (PagerDuty calls nobody loudly, and raises the urgency when the hours begin).
    """

    users: str = "manage"
    service_region: str = "us"
    outside_support_hours: str = "page"
    alert_grouping: AlertGrouping | None = None

    @property
    def manages_users(self) -> bool:
        """Whether Terraform makes the users."""
        return self.users == "manage"


def _read(value: Any) -> PagerDuty:
    written = dict(value or {})
    grouping = written.pop("alert_grouping", None)
    settings = PagerDuty(**written)
    return settings if grouping is None else replace(settings, alert_grouping=_grouping(grouping))


def _grouping(value: Any) -> AlertGrouping:
    written = {"type": value} if isinstance(value, str) else dict(value)
    for key in {"timeout", "time_window"} & written.keys():
        written[key] = times.parse_duration(written[key])
    return _judged(AlertGrouping(**{**written, "fields": tuple(written.get("fields", ()))}))


def _judged(grouping: AlertGrouping) -> AlertGrouping:
    """ValueError for what the provider would refuse."""
    by_content = grouping.type.startswith("content_based")
    if by_content and not (grouping.fields and grouping.aggregate):
        raise ValueError(f"alert_grouping: {grouping.type} needs fields and aggregate")
    if not by_content and (grouping.fields or grouping.aggregate):
        raise ValueError(f"alert_grouping: fields and aggregate mean nothing for {grouping.type}")
    if grouping.timeout is not None and grouping.type != "time":
        raise ValueError(f"alert_grouping: timeout means nothing for {grouping.type}; write time_window")
    if grouping.time_window is not None and not _is_window(grouping):
        raise ValueError("alert_grouping: time_window is from 5m to 1h (or 1d, for content_based)")
    return grouping


def _is_window(grouping: AlertGrouping) -> bool:
    window = grouping.time_window
    if window is None or grouping.type == "time":
        return False
    a_day = grouping.type == "content_based" and window == timedelta(days=1)
    return a_day or timedelta(minutes=5) <= window <= timedelta(hours=1)


_GROUPING: dict[str, Any] = {
    "title": "Alert grouping",
    "description": (
        "How PagerDuty puts the alerts of a service into one incident; not every plan of theirs has it. Plain text is"
        " short for the type. Default: none, Alertmanager groups already."
    ),
    "type": ["string", "object"],
    "pattern": "^(time|intelligent)$",
    "patternErrorMessage": "Write time or intelligent; the other types need a map: {type: content_based, …}.",
    "properties": {
        "type": {
            "title": "Type",
            "description": "What decides that alerts belong together.",
            "enum": ["time", "intelligent", "content_based", "content_based_intelligent"],
            "examples": ["content_based"],
        },
        "timeout": {
            "title": "Timeout",
            "description": "For time: how long alerts are grouped. Default: until the incident is resolved.",
            "type": "string",
            "minLength": 1,
            "examples": ["10m"],
        },
        "time_window": {
            "title": "Time window",
            "description": "For the other types: how far apart alerts may be, from 5m to 1h. Default: PagerDuty's.",
            "type": "string",
            "minLength": 1,
            "examples": ["15m"],
        },
        "aggregate": {
            "title": "Aggregate",
            "description": "Whether all of the fields have to be the same, or any of them.",
            "enum": ["all", "any"],
            "examples": ["all"],
        },
        "fields": {
            "title": "Fields",
            "description": "Fields of the event whose content is compared.",
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "title": "Field",
                "description": "A field of the event.",
                "type": "string",
                "minLength": 1,
                "examples": ["class"],
            },
            "examples": [["class", "custom_details.cluster"]],
        },
    },
    "required": ["type"],
    "additionalProperties": False,
    "examples": ["time", {"type": "content_based", "aggregate": "all", "fields": ["class"], "time_window": "15m"}],
}

PAGERDUTY = Setting[PagerDuty](
    "pagerduty",
    {
        "title": "PagerDuty",
        "description": "How the Terraform for PagerDuty is written.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "users": {
                "title": "Users",
                "description": (
                    "manage: Terraform makes the users. existing: it looks them up by e-mail, because single sign-on"
                    " makes them. Default: manage."
                ),
                "enum": ["manage", "existing"],
                "examples": ["existing"],
            },
            "service_region": {
                "title": "Service region",
                "description": "Where the account lives: us or eu. Default: us.",
                "enum": ["us", "eu"],
                "examples": ["eu"],
            },
            "outside_support_hours": {
                "title": "Outside support hours",
                "description": (
                    "What PagerDuty does with pages outside of support_hours. page: it calls, as always. low: they are"
                    " of low urgency until the hours begin, so that nobody is woken. Default: page."
                ),
                "enum": ["page", "low"],
                "examples": ["low"],
            },
            "alert_grouping": _GROUPING,
        },
        "examples": [{"users": "manage", "service_region": "eu"}],
    },
    _read,
)
