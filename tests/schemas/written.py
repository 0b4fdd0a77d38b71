"""A small reader of YAML for these tests alone: the 1.2 core rules, and text where the sources keep text."""

from __future__ import annotations

import re
from typing import Any

import yaml

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
AS_TEXT = ("labels", "annotations", "external_labels", "series")


def read(text: str) -> Any:
    """The data of a YAML text: `09:00`, dates, `off` and `no` are text, as they are in YAML 1.2."""
    return scalar(yaml.load(text, Loader=Plain))


class Plain(yaml.BaseLoader):
    """Leaves every scalar as written, and marks the ones without quotes, whose type the text decides."""


class Bare(str):
    """A scalar without quotes."""

    __slots__ = ()


def _construct(loader: Plain, node: yaml.ScalarNode) -> str:
    return node.value if node.style else Bare(node.value)


Plain.add_constructor("tag:yaml.org,2002:str", _construct)


def scalar(value: Any, as_text: bool = False) -> Any:
    """Text where text is kept, else what the core rules make of it."""
    if isinstance(value, dict):
        return {str(key): scalar(inner, as_text or key in AS_TEXT) for key, inner in value.items()}
    if isinstance(value, list):
        return [scalar(inner, as_text) for inner in value]
    if as_text or not isinstance(value, Bare):
        return str(value)
    return _core(str(value))


def _core(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in ("true", "false") and text in (text.lower(), text.title(), text.upper()):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text
