"""Sources with one query each, for the tests of checks that judge queries."""

from __future__ import annotations

import json

SHOP = "alerts/shop.yaml"


def alert(expr: str, hold: str = "", settings: str = "") -> dict[str, str]:
    """A service with one alert; its query starts at line 3, column 12."""
    held = f"    for: {hold}\n" if hold else ""
    files = {SHOP: f"alerts:\n  - alert: Down\n    expr: {json.dumps(expr)}\n{held}"}
    return files | ({"tocsin.yaml": settings} if settings else {})


def column(expr: str, part: str) -> str:
    """Where a part of the query of `alert` stands."""
    return f"{SHOP}:3:{12 + len(json.dumps(expr[: expr.index(part)])) - 2}"
