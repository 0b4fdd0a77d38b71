"""Writes what the repository holds that is made from the code: `make generated`.

That is the schema of tocsin.yaml, from the settings that modules declare, and a page for every check, from its
docstring.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import generator  # noqa: E402  # this checkout's, whatever is installed
from generator.checks import all_checks  # noqa: E402
from generator.commands.explain import page  # noqa: E402
from generator.settings import DECLARED, schema  # noqa: E402

PAGES = "docs/checks"


def generated() -> dict[str, str]:
    """Path → text of every such file."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    checks = all_checks().values()
    lines = [f"| [`{each.id}`]({each.id}.md) | {each.level} | {each.summary} |\n" for each in checks]
    index = (
        "# Checks\n\nEvery check, with the level that it has unless `checks:` in `tocsin.yaml` says otherwise.\n"
        "`tocsin explain ID` shows these pages on a terminal.\n\n| check | level | finds |\n|---|---|---|\n"
    )
    return {
        "schemas/settings.schema.json": json.dumps(schema(DECLARED), indent=2, ensure_ascii=False) + "\n",
        f"{PAGES}/index.md": index + "".join(lines),
        **{f"{PAGES}/{each.id}.md": page(each) for each in checks},
    }


def main() -> None:
    """Writes them, and removes the pages of checks that are gone."""
    files = generated()
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    for stale in {path.relative_to(ROOT).as_posix() for path in (ROOT / PAGES).rglob("*.md")} - set(files):
        (ROOT / stale).unlink()


if __name__ == "__main__":
    main()
