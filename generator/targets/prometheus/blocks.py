"""Queries as YAML literal blocks, so that people can read and compare them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.targets.rendering import yaml

# What a literal block would change or refuse: control and other unprintable characters, white space at an edge.
_RISKY = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\\A\\s|\\s\\Z"
)

_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]+")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


@lru_cache(maxsize=1024)
def key(name: str) -> str:
    """A label's name as YAML key: without quotes where no YAML takes it for anything else."""
    return name if _LABEL.fullmatch(name) and name.lower() not in _WORDS else yaml(name)


def label_lines(pairs: Mapping[str, str], indent: int) -> str:
    """Labels, one a line, indented by so many spaces: the same ones again and again, of every series of an SLO."""
    return _labels(tuple(pairs.items()), indent)


@lru_cache(maxsize=256)
def _labels(pairs: tuple[tuple[str, str], ...], indent: int) -> str:
    return "\n".join(" " * indent + _label(name, value) for name, value in pairs)


@lru_cache(maxsize=4096)
def _label(name: str, value: str) -> str:
    return f"{key(name)}: {yaml(value)}"


@lru_cache(maxsize=1024)
def word(text: str) -> str:
    """A name that occurs in many rules, in quotes."""
    return yaml(text)


def annotation_lines(pairs: Mapping[str, str], indent: int) -> str:
    """Annotations, indented by so many spaces, as blocks where they have several lines or quotes."""
    return "\n".join(f"{' ' * indent}{key(name)}: {block(value, indent + 2)}" for name, value in pairs.items())


@lru_cache(maxsize=1024)
def block(text: str, indent: int) -> str:
    """The text as a literal block indented by so many spaces; quoted on one line where that is plainer or exact."""
    stripped = text.removesuffix("\n")
    if not ("\n" in stripped or '"' in stripped or "\\" in stripped) or _risky(stripped):
        return yaml(text)
    lines = (" " * indent + line if line else "" for line in stripped.split("\n"))
    return "\n".join(["|-" if stripped == text else "|", *lines])


def _risky(text: str) -> bool:
    """Whether a literal block would not give the text back; most text is told without looking at each character."""
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text[0].isspace() or text[-1].isspace()
    return _RISKY.search(text) is not None
