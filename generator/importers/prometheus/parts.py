"""Parts that groups and rules have alike: durations, and maps of texts."""

from __future__ import annotations

import re

from generator.importers.base import Imported
from generator.importers.fields import Fields, keep_as_comment
from generator.importers.tree import Map

DURATION = re.compile(
    r"(?=[0-9])(?:0|(?:[0-9]+y)?(?:[0-9]+w)?(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?)"
)
NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


def put_duration(out: Map, fields: Fields, name: str, imported: Imported) -> None:
    """A span of time, as written."""
    node = fields.take(name)
    if node is None:
        return
    if node.text is not None and DURATION.fullmatch(node.text):
        out.put(name, node.text, at=node)
        return
    said = "a list or map" if node.text is None else f"'{node.text}'"
    imported.refused(node, f"{name} of {fields.said} is {said}, no span of time: left out", "write it like 5m or 1h30m")
    keep_as_comment(out, name, node, node)


def put_texts(out: Map, fields: Fields, name: str, imported: Imported) -> dict[str, str]:
    """A map of texts (labels, annotations), every text as it is written. Gives it back."""
    node = fields.take(name)
    kept: dict[str, str] = {}
    if node is None:
        return kept
    if node.entries is None:
        imported.refused(node, f"{name} of {fields.said} is no map: left out", "write names with their texts")
        keep_as_comment(out, name, node, node)
        return kept
    texts = out.put(name, Map(), at=node)
    inner = Fields(node, f"{name} of {fields.said}", imported)
    for key, (at, value) in inner.left.items():
        why = "it is no text" if value.text is None else _no_label(key)
        if why:
            imported.lost(at, f"{key} in {inner.said} is not kept: {why}")
            keep_as_comment(texts or out, key, at, value)
        else:
            kept[key] = "" if value.is_null else value.text or ""
            texts.put(key, kept[key], at=value)
    return kept


def _no_label(name: str) -> str:
    """Why Prometheus takes no such name; empty where it takes it."""
    if name == "__name__":
        return "the name of a series is no label that a rule may set"
    return "" if NAME.fullmatch(name) else "its name has other characters than letters, digits and underscores"
