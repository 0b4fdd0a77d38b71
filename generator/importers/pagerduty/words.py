"""Scalars of the API's answers."""

from __future__ import annotations

import re

from generator.documents.stream import Node

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:Z|[+-].*)?")
_ID = re.compile(r"[A-Z0-9]+")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.0*)?")


def word(node: Node | None) -> str:
    """The text of a scalar; empty for everything else."""
    return "" if node is None or node.text is None or node.is_null else node.text


def number(node: Node | None) -> int | None:
    """A whole number; None for everything else."""
    found = _NUMBER.fullmatch(word(node))
    return int(found.group().partition(".")[0]) if found else None


def ident(node: Node | None) -> str:
    """An id as PagerDuty makes them; empty for everything else."""
    found = word(node.get("id")) if node is not None else ""
    return found if _ID.fullmatch(found) else ""


def clock(text: str) -> int | None:
    """`09:30:00` as seconds after midnight; None for everything else."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
