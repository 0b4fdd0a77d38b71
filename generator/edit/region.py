"""Which part of a source is YAML: all of it, or a Markdown file's front matter."""

from __future__ import annotations

import re

_FRONT = re.compile(r"(---[ \t]*\r?\n)(.*?)(?=^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_BOM = "\ufeff"


def region(text: str, path: str) -> tuple[str, str, str]:
    """(what stands before, the YAML, what stands after); a Markdown file without front matter gets an empty one."""
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    if not path.endswith(".md"):
        return mark, text, ""
    found = _FRONT.match(text)
    if found is None:
        return f"{mark}---\n", "", f"---\n{text}"
    return mark + found[1], found[2], text[found.end() :]
