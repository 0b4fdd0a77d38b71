"""Which part of a source is YAML: all of it, or a Markdown file's front matter."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A(---[ \t]*\r?\n)(.*?)(?=^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)


def region(text: str, path: str) -> tuple[str, str, str]:
    """(what stands before, the YAML, what stands after); a Markdown file without front matter gets an empty one."""
    if not path.endswith(".md"):
        return "", text, ""
    found = _FRONT.match(text)
    if found is None:
        return "---\n", "", f"---\n{text}"
    return found[1], found[2], text[found.end() :]
