"""Targets, one module or package each. To add one: a module with `TARGET`, and its line here.

They are imported when they are rendered and not before. The site comes last: it shows what the others give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from generator.targets.base import Target

TARGETS: Mapping[str, str] = {
    "prometheus": "generator.targets.prometheus",
    "operator": "generator.targets.operator",
    "grafana": "generator.targets.grafana",
    "alertmanager": "generator.targets.alertmanager",
    "terraform": "generator.targets.terraform",
    "calendars": "generator.targets.calendars",
    "proof": "generator.targets.proof",
    "status": "generator.targets.status",
    "github": "generator.targets.github",
    "site": "generator.targets.site",
    "offline": "generator.targets.site.offline",
}

__all__ = ["TARGETS", "Target", "load_target"]


def load_target(name: str, targets: Mapping[str, str] = TARGETS) -> Target:
    """The target of a name in the list."""
    target: Target = import_module(targets[name]).TARGET
    return target
