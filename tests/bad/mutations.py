"""Ways to break a source: its bytes, its lines, or the values that its YAML holds."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from hypothesis import strategies as st

Path = tuple[Any, ...]

HOSTILE = (
    "",
    " ",
    "\n",
    "{{",
    "}}",
    "{{ $labels.x }}",
    "{{.window}}",
    "{{ range .Alerts }}",
    "$__rate_interval",
    "<!channel>",
    "sum by (service) (rate(x[5m])) > 0",
    "a" + "+a" * 3_000,
    "${var.x}",
    "%{ if true }",
    "<script>alert(1)</script>",
    '"',
    "'",
    "\\",
    "`",
    "null",
    "~",
    "a: b",
    "# no comment",
    "- x",
    "../../etc/passwd",
    "/",
    "2026-02-30",
    "9999-12-31 23:59",
    "1900-01-01",
    "99999999999d",
    "0s",
    "24:00-24:00",
    "sat-sun",
    "Ünïcödé ✓ \U0001f525",
    "\u202eevil",
    "\u2028",
    "\ufeff",
    "a" * 5_000,
    "SEV-1",
    "tr-web/",
    "/tr-web",
    "a/b/c",
    "# tocsin: ignore[alert/cause] why",
    "BEGIN:VEVENT\r\nX",
    "Europe/Madrid",
)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    1e308,
    1e-300,
    99.99999999999999999,
    math.nan,
    math.inf,
    -math.inf,
    [],
    {},
    [[]],
    {"": ""},
    [None],
)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))


def deep(depth: int) -> Any:
    """Lists in lists."""
    value: Any = "bottom"
    for _ in range(depth):
        value = [value]
    return value


# Copies: what one example puts into an empty list would be in the next example's.
values = st.one_of(
    st.sampled_from(ODD).map(copy.deepcopy), texts, st.integers(2, 150).map(deep), st.floats(), st.integers()
)


def bytes_of(data: st.DataObject, raw: bytes) -> bytes:
    """Some bytes are removed, doubled or replaced by others."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), start + data.draw(st.integers(0, 40)))
        new = data.draw(st.one_of(st.binary(max_size=8), st.just(raw[start:end] * 2), texts.map(encoded)))
        raw = raw[:start] + new + raw[end:]
    return raw


def lines_of(data: st.DataObject, raw: bytes) -> bytes:
    """Some lines are removed, doubled, swapped, indented or ended in another way."""
    lines = raw.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(CHANGES))
        change(lines, one, other)
    return b"".join(lines)


def _remove(lines: list[bytes], one: int, _: int) -> None:
    lines[one] = b""


def _double(lines: list[bytes], one: int, _: int) -> None:
    lines[one] *= 2


def _swap(lines: list[bytes], one: int, other: int) -> None:
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[bytes], one: int, other: int) -> None:
    lines[one] = (b"  ", b"\t", b"- ")[other % 3] + lines[one]


def _end(lines: list[bytes], one: int, other: int) -> None:
    lines[one] = lines[one].rstrip(b"\n") + (b"\r\n", b"\r", b": x\n", b"\n---\n")[other % 4]


CHANGES: tuple[Callable[[list[bytes], int, int], None], ...] = (_remove, _double, _swap, _indent, _end)


def values_of(data: st.DataObject, raw: bytes, *, front: bool) -> bytes:
    """Some values of the YAML (of the front matter) become others; keys are removed, renamed or swapped."""
    text = raw.decode()
    before, yaml_text, after = _parts(text) if front else ("", text, "")
    tree = copy.deepcopy(yaml.safe_load(yaml_text))
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(_places(tree))
        if places:
            tree = _changed(data, tree, data.draw(st.sampled_from(places)))
    return encoded(f"{before}{written(tree)}\n{after}")


def _parts(text: str) -> tuple[str, str, str]:
    head, _, rest = text.removeprefix("---\n").partition("\n---\n")
    return "---\n", head, f"---\n{rest}"


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from _places(each, (*path, step))


def _changed(data: st.DataObject, tree: Any, path: Path) -> Any:
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    what = data.draw(st.sampled_from(("replace", "delete", "rename", "append")))
    if what == "replace":
        holder[path[-1]] = data.draw(values)
    elif what == "delete":
        del holder[path[-1]]
    elif what == "rename" and isinstance(holder, dict):
        holder[data.draw(texts)] = holder.pop(path[-1])
    elif isinstance(holder, list):
        holder.append(data.draw(st.one_of(values, st.just(holder[path[-1]]))))
    return tree


def written(tree: Any) -> str:
    """Data as YAML that every parser reads alike: JSON, with YAML's words for numbers that JSON has none for."""
    text = json.dumps(tree, ensure_ascii=False, default=str)
    for word, meant in (("-Infinity", "-.inf"), ("Infinity", ".inf"), ("NaN", ".nan")):
        text = text.replace(f" {word}", f" {meant}")
    return text


def encoded(text: str) -> bytes:
    """UTF-8, whatever the text holds."""
    return text.encode("utf-8", "surrogatepass")
