"""Write schemas/settings.schema.json from the settings that the modules declare: `make schemas`."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path

import generator
from generator.settings import DECLARED, schema

FILE = Path(__file__).resolve().parent.parent / "schemas" / "settings.schema.json"


def declared() -> str:
    """The schema as a file, once every module has had its say."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return json.dumps(schema(DECLARED), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(declared(), encoding="utf-8", newline="\n")
