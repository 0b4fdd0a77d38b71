"""What tests read out of a dashboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any


def queries(dashboard: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every panel with each of its queries."""
    for panel in dashboard["panels"]:
        for target in panel.get("targets", ()):
            yield panel, target


def by_id(dashboard: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Panels by id; an id twice would lose one of them."""
    found = {panel["id"]: panel for panel in dashboard["panels"]}
    assert len(found) == len(dashboard["panels"])
    return found


def with_variables(query: str, values: Mapping[str, str]) -> str:
    """The query as Grafana sends it; a variable that the dashboard does not have is an error."""
    return re.sub(r"\$(\w+)", lambda match: values[match[1]], query)
