"""Jinja2 as every target uses it: one strict environment, a quoting filter a language, the comment that opens a file.

No value reaches an output unquoted: a template writes `{{ name | yaml }}`, and whatever the name holds stays text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKUP = (".html", ".xml", ".svg", ".atom", ".rss")
# What YAML 1.1 and 1.2 do not call printable, what ends a line in either, and what half of a pair is alone.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NAMED_SOURCES = 4
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def environment(
    folder: Path | str, filters: Mapping[str, Callable[..., Any]] | None = None, **globals_: Any
) -> Environment:
    """Templates of a folder (or of the folder `templates` in it); an unknown name in one is an error.

    HTML and XML templates (`page.html`, `page.html.j2`) escape by themselves; in all others each value takes a filter.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    inside = Path(folder) / "templates"
    made = Environment(
        loader=FileSystemLoader(inside if inside.is_dir() else Path(folder), encoding="utf-8"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        autoescape=_is_markup,  # noqa: S701  # the other formats have filters; escapes of HTML would change their text
    )
    made.filters.update({"yaml": yaml, "hcl": hcl, "promql": promql, **(filters or {})})
    made.globals.update({"header": header, **globals_})
    return made


def _is_markup(template: str | None) -> bool:
    return template is not None and template.removesuffix(".j2").removesuffix(".jinja").endswith(_MARKUP)


def header(sources: Iterable[str], prefix: str = "#", suffix: str = "") -> str:
    """The comment that opens an artifact, on one line, without its line end."""
    names = [_UNPRINTABLE.sub("?", name).replace("--", "- -") for name in sources]
    shown = names if len(names) <= _NAMED_SOURCES else [*names[:3], f"{len(names) - 3} more"]
    named = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown) or "the settings"
    said = f"{prefix} Made by tocsin from {named}. Do not edit: change the sources and run tocsin build."
    return f"{said} {suffix}".rstrip()


def yaml(value: Any) -> str:
    """A value as flow YAML on one line, read the same by YAML 1.1 and 1.2; text becomes a double-quoted scalar."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml(str(key))}: {yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(yaml(each) for each in value) + "]"
    raise TypeError(f"{type(value).__name__} has no form in YAML")


def hcl(value: str) -> str:
    """A quoted HCL string: `${` and `%{` stay text instead of opening an expression."""
    quoted = _quoted(value)
    # A sign before the doubled one would be taken for the doubling itself, so it goes in as an escape.
    return re.sub(r"([$%]*)([$%])\{", lambda m: "".join(f"\\u{ord(c):04x}" for c in m[1]) + m[2] * 2 + "{", quoted)


def promql(value: str) -> str:
    """A PromQL string literal."""
    return _quoted(value)


def _quoted(text: str) -> str:
    """Between double quotes, with the escapes that JSON, YAML, HCL and Go have in common."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if escaped.isascii() and escaped.isprintable():
        return f'"{escaped}"'
    return f'"{_UNPRINTABLE.sub(_escape, escaped)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _NAMED.get(character) or f"\\u{ord(character):04x}"


def _number(value: float | Decimal) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value.normalize():f}"
    number = float(value)
    if not math.isfinite(number):
        return ".nan" if math.isnan(number) else ".inf" if number > 0 else "-.inf"
    text = repr(number)
    # YAML 1.1 takes `1e-05` for text: it wants a point.
    return text if "e" not in text or "." in text else text.replace("e", ".0e")
