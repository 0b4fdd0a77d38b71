"""Which messages the program can say: the texts given to `say`, `many`, `marked` and `phrase`.

They stand in Python, in scripts of pages and in the templates of the status page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

GENERATOR = Path(__file__).parents[2] / "generator"
Ident = str | tuple[str, str]
# A tuple of a count and the two forms.
_UNIT = re.compile(
    r'^ *\([^()"]*(?:\([^()]*\))?[^()"]*, "(\{number\} [a-z]+)", "(\{number\} [a-z]+)"\),$', re.MULTILINE
)
_STATUS = GENERATOR / "targets/status"
_TEMPLATE = re.compile(
    r'\b(?:say\(|phrase\(|text\[)\s*"((?:[^"\\]|\\.)*)"|\bmany\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"'
)
_SCRIPT = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')


def collected() -> dict[Ident, set[str]]:
    """Message → the files that say it."""
    found: dict[Ident, set[str]] = {}
    for file in sorted(GENERATOR.rglob("*.py")):
        for ident in _of_python(file.read_text(encoding="utf-8")):
            found.setdefault(ident, set()).add(file.relative_to(GENERATOR.parent).as_posix())
    for file in sorted((_STATUS / "templates").glob("*.html")):
        for match in _TEMPLATE.finditer(file.read_text(encoding="utf-8")):
            ident = match[1] or (match[2], match[3])
            found.setdefault(ident, set()).add(file.relative_to(GENERATOR.parent).as_posix())
    for file in sorted((GENERATOR / "targets/site/assets").glob("*.js")):
        for match in _SCRIPT.finditer(file.read_text(encoding="utf-8")):
            found.setdefault(match[1], set()).add(file.relative_to(GENERATOR.parent).as_posix())
    return found


def _of_python(text: str) -> Iterator[Ident]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name in {"say", "marked", "phrase"} and node.args and texts[:1] and isinstance(node.args[0], ast.Constant):
            yield texts[0]
        if name == "many" and len(texts) >= 2:
            yield texts[0], texts[1]
    yield from _UNIT.findall(text)
