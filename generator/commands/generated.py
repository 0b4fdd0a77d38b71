"""What the repository holds that is made from the code: the settings' schema and a page for every check.

`python -m generator.commands.generated` writes it (`make generated`); a test compares.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import generator
from generator.checks import all_checks
from generator.commands.explain import page
from generator.settings import DECLARED, schema


def import_all() -> None:
    """Imports every module of the package, so that every setting is declared."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def generated() -> dict[str, str]:
    """Path → text of every generated file of the repository."""
    import_all()
    files = {"schemas/settings.schema.json": json.dumps(schema(DECLARED), indent=2, ensure_ascii=False) + "\n"}
    checks = all_checks()
    lines = [f"| [`{each.id}`]({each.id}.md) | {each.level} | {each.summary} |" for each in checks.values()]
    table = "\n".join(["| check | level | finds |", "|---|---|---|", *lines])
    files["docs/checks/index.md"] = (
        "# Checks\n\nEvery check, with the level that it has unless `checks:` in `tocsin.yaml` says otherwise. "
        f"`tocsin explain ID` shows these pages on a terminal.\n\n{table}\n"
    )
    for each in checks.values():
        files[f"docs/checks/{each.id}.md"] = page(each)
    return files


def main() -> int:
    """Writes what differs, and removes pages of checks that are gone."""
    root = Path(__file__).parents[2]
    files = generated()
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path}\n")
    for stale in (root / "docs" / "checks").rglob("*.md"):
        if stale.relative_to(root).as_posix() not in files:
            stale.unlink()
            sys.stdout.write(f"removed {stale.relative_to(root)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
