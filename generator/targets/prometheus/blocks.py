"""Queries as YAML literal blocks, so that people can read and compare them."""

from __future__ import annotations

import re

from generator.targets.rendering import yaml

# What a literal block would change or refuse: control and other unprintable characters, white space at an edge.
_RISKY = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\\A\\s|\\s\\Z"
)

_ESCAPED = re.compile(r'[\n"\\]')
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]+")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


def key(name: str) -> str:
    """A label's name as YAML key: without quotes where no YAML takes it for anything else."""
    return name if _LABEL.fullmatch(name) and name.lower() not in _WORDS else yaml(name)


def block(text: str, indent: int) -> str:
    """The text as a literal block indented by so many spaces; quoted on one line where that is plainer or exact."""
    stripped = text.removesuffix("\n")
    if not _ESCAPED.search(stripped) or _RISKY.search(stripped):
        return yaml(text)
    lines = (" " * indent + line if line else "" for line in stripped.split("\n"))
    return "\n".join(["|-" if stripped == text else "|", *lines])
