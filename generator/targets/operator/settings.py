"""Where the objects go, and what the operator finds them by: the setting `operator`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from generator.records import dataclass
from generator.settings import Setting


@dataclass(frozen=True, slots=True)
class OperatorSettings:
    """Metadata of every PrometheusRule. Without a namespace, whoever applies them says where."""

    namespace: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


def _read(value: Any) -> OperatorSettings:
    written = dict(value or {})
    return OperatorSettings(written.get("namespace"), dict(written.get("labels") or {}))


_SEGMENT = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"
_DNS = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"

OPERATOR = Setting[OperatorSettings](
    "operator",
    {
        "title": "Prometheus Operator",
        "description": "What the PrometheusRule objects of the target operator carry in their metadata.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "namespace": {
                "title": "Namespace",
                "description": "Where the objects live. Default: none is written, kubectl apply -n says it.",
                "type": "string",
                "maxLength": 63,
                "pattern": f"^{_DNS}$",
                "patternErrorMessage": "Write a Kubernetes name: lower case letters, digits and hyphens.",
                "examples": ["monitoring"],
            },
            "labels": {
                "title": "Labels",
                "description": "By these the operator finds the objects: those of ruleSelector in your Prometheus.",
                "type": "object",
                "propertyNames": {
                    "pattern": f"^({_DNS}(\\.{_DNS})*/)?(?=.{{1,63}}$){_SEGMENT}$",
                    "patternErrorMessage": "Write a Kubernetes label: letters, digits, - _ and ., a domain before /.",
                },
                "additionalProperties": {
                    "title": "Label",
                    "description": "The label's value.",
                    "type": "string",
                    "maxLength": 63,
                    "pattern": f"^({_SEGMENT})?$",
                    "patternErrorMessage": "Write letters, digits, - _ and ., at most 63, no sign at the ends.",
                    "examples": ["kube-prometheus-stack"],
                },
                "examples": [{"release": "kube-prometheus-stack"}],
            },
        },
        "examples": [{"namespace": "monitoring", "labels": {"release": "kube-prometheus-stack"}}],
    },
    _read,
)
