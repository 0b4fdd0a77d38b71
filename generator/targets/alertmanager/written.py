"""The words of Alertmanager's configuration that are no YAML."""

from __future__ import annotations

from generator.analysis.routing import Matcher
from generator.targets.rendering import yaml


def matcher(each: Matcher) -> str:
    """A matcher as text: its value between quotes, with the escapes that YAML has too."""
    return f"{each.label}{each.operator}{yaml(each.operand)}"
