"""XML, one element after another. Every value is escaped here, and what XML cannot hold is replaced."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from generator.targets.status.machine.text import xml


def element(tag: str, text: str | None = None, /, **attributes: str) -> str:
    """An element with text; `_` at the end of an attribute's name is dropped, in it it stands for a colon."""
    named = "".join(f" {_name(name)}={quoteattr(xml(value))}" for name, value in attributes.items())
    if text is None:
        return f"<{tag}{named}/>"
    return f"<{tag}{named}>{escape(xml(text), _ENTITIES)}</{tag}>"


_ENTITIES = {"\r": "&#13;"}
"""A parser would make a line end of it."""


def _name(written: str) -> str:
    return written.rstrip("_").replace("_", ":")
