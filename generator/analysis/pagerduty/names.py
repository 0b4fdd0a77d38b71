"""Names: identifiers of resources from stable ids, and names that PagerDuty accepts from what people write."""

from __future__ import annotations

import re

_NOT_IDENTIFIER = re.compile(r"[^a-z0-9_]+")
_FORBIDDEN = re.compile(r"\s*[\\/]\s*")
_REPLACED = {"&": "and", "<": "(", ">": ")"}


def identifier(ident: str, *more: str) -> str:
    """`platform/primary` → `platform_primary`; one that begins with a digit gets an underscore before it."""
    joined = _NOT_IDENTIFIER.sub("_", "_".join((ident, *more)).lower())
    return f"_{joined}" if joined[:1].isdigit() else joined


def policy_name(written: str) -> str:
    """A name without the characters that PagerDuty refuses for escalation policies, and still readable."""
    plain = _FORBIDDEN.sub(" - ", written)
    for character, word in _REPLACED.items():
        plain = plain.replace(character, word)
    return printable(plain)


def printable(written: str, default: str = "unnamed") -> str:
    """A name on one line, without what cannot be printed and without blanks around it; PagerDuty refuses those."""
    kept = "".join(character if character.isprintable() else " " for character in written)
    return " ".join(kept.split()) or default
