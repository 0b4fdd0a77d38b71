"""Files that ship with the package: schemas and templates. In a wheel they lie inside it, in a checkout beside it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def shipped(name: str) -> Path:
    """A file or folder of the checkout that a wheel carries under `data/`: `mkdocs.yml`, `runbooks/templates`."""
    packed = _HERE / "data" / name
    return packed if packed.exists() else _HERE.parent / name


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind of source, by the kind's name."""
    contents: dict[str, Any] = json.loads((shipped("schemas") / f"{name}.schema.json").read_bytes())
    return contents
