"""Writes what the repository holds that is made from the code: `make generated`.

That is the schema of tocsin.yaml, from the settings that modules declare, the page about it, and a page for every
check, from its docstring.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import generator  # noqa: E402  # this checkout's, whatever is installed
from generator.checks import all_checks  # noqa: E402
from generator.commands.explain import page  # noqa: E402
from generator.settings import DECLARED, schema  # noqa: E402
from generator.targets.markdown import code, table  # noqa: E402

PAGES = "docs/checks"
SETTINGS = """\
# Settings: `tocsin.yaml`

Every key of the file `tocsin.yaml`, which stands at the root of the repository. The file may be absent, and so may
every key; a key that is not on this page is an error. Editors complete and check it with
`schemas/settings.schema.json`. In keys, `<name>` stands for a name of your own, and `[]` for each entry of a list.
A default of — means that nothing is assumed.
"""
WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "map",
    "array": "list",
}


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
        "docs/settings.md": settings_page(schema(DECLARED)["properties"]),
        f"{PAGES}/index.md": index + "".join(lines),
        **{f"{PAGES}/{each.id}.md": page(each) for each in checks},
    }


def settings_page(settings: Mapping[str, Any]) -> str:
    """A section for each setting, in the order of declaration: what it is, its keys, an example."""
    text = SETTINGS
    for key in declared():
        example = yaml.safe_dump({key: settings[key]["examples"][0]}, sort_keys=False, allow_unicode=True, width=100)
        rows = [(code(path), _type(each), *_meaning(each["description"])) for path, each in _keys(key, settings[key])]
        text += f"\n## `{key}`\n\n{table(('key', 'type', 'default', 'meaning'), rows)}\n\n```yaml\n{example}```\n"
    return text


def declared() -> list[str]:
    """The keys of all settings as their modules declare them: the general ones first, then as the layers stand."""
    names = (name for name in sys.modules if name.startswith("generator.") and not name.endswith("__main__"))
    found = [key for name in sorted(names, key=lambda name: (name != "generator.settings", name)) for key in _of(name)]
    if sorted(found) != sorted(DECLARED):
        raise SystemExit("a setting is declared otherwise than as NAME = Setting[…](…)")
    return found


def _of(module: str) -> Iterator[str]:
    loaded = sys.modules[module]
    source = inspect.getsource(loaded) if hasattr(loaded, "__file__") else ""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Setting["):
            yield getattr(loaded, ast.unparse(node.targets[0])).key


def _keys(path: str, part: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The part itself, and every key inside it in the order of declaration."""
    yield path, part
    for each in (part, *part.get("oneOf", ())):
        for name, inner in each.get("properties", {}).items():
            yield from _keys(f"{path}.{name}", inner)
        for step, key in ((".<name>", "additionalProperties"), ("[]", "items")):
            if isinstance(each.get(key), Mapping) and "description" in each[key]:
                yield from _keys(f"{path}{step}", each[key])


def _type(part: Mapping[str, Any]) -> str:
    if "enum" in part:
        return " or ".join(code(str(each)) for each in part["enum"])
    if "oneOf" in part:
        return " or ".join(dict.fromkeys(map(_type, part["oneOf"])))
    types = part["type"] if isinstance(part["type"], list) else [part["type"]]
    return " or ".join(WORDS[each] for each in types)


def _meaning(description: str) -> tuple[str, str]:
    """The default that a description names, and all else that it says; links to other pages are none here."""
    found = re.search(r" ?Default: (.+?)(?:\.(?= |$)|; )", description)
    if found is None:
        return "—", _cell(description)
    rest = description[found.end() :].strip()
    meaning = description[: found.start()] + (f" {rest[:1].upper()}{rest[1:]}" if rest else "")
    return _cell(found[1]), _cell(meaning)


def _cell(text: str) -> str:
    """Text of a table's cell: names in angle brackets are no HTML, and what is marked as code stays so."""
    return re.sub(r"[|]", r"\\|", re.sub(r"<([a-z]+)>", r"&lt;\1&gt;", text))


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
