"""XML, one element after another. Every value is escaped here, and what XML cannot hold is replaced."""

from __future__ import annotations

from xml.sax.saxutils import escape

from generator.targets.status.machine.text import xml


def element(tag: str, text: str | None = None, /, **attributes: str) -> str:
    """An element with text; an underscore in an attribute's name stands for a colon."""
    named = "".join(f' {name.replace("_", ":")}="{escaped(value)}"' for name, value in attributes.items())
    return f"<{tag}{named}/>" if text is None else f"<{tag}{named}>{escaped(text)}</{tag}>"


def escaped(text: str) -> str:
    """Text as it stands in an element, or between double quotes in an attribute."""
    return escape(xml(text), _ENTITIES)


_ENTITIES = {'"': "&quot;", "\r": "&#13;"}
"""A parser would make another line end of the second."""
