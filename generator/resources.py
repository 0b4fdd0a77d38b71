"""Files that ship with the package: the schemas. In a wheel they lie inside it, in a checkout beside it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def schemas_folder() -> Path:
    """Where the JSON Schemas are."""
    packed = _HERE / "data" / "schemas"
    return packed if packed.is_dir() else _HERE.parent / "schemas"


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind of source, by the kind's name."""
    contents: dict[str, Any] = json.loads((schemas_folder() / f"{name}.schema.json").read_bytes())
    return contents
