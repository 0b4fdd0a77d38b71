"""Where a Markdown file's front matter ends and its body starts."""

from __future__ import annotations

import re

from generator.documents.errors import Unreadable
from generator.findings import Span
from generator.records import dataclass

BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parts:
    """A Markdown file in two. `front` starts with its `---`, so that YAML's own positions are positions in the file."""

    front: str
    body: str
    body_line: int


def split(text: str) -> Parts:
    """The two parts; `front` is empty where the file does not start with `---`. Unreadable where it is never closed."""
    if not BOUNDARY.match(text):
        return Parts("", text, 1)
    close = BOUNDARY.search(text, 3)
    if not close:
        hint = "write a line '---' after the last key"
        raise Unreadable("source/front-matter", Span(1, 1, 1, 4), "front matter starts here and is never closed", hint)
    rest = text[close.end() :]
    return Parts(text[: close.start()], rest[1:], text.count("\n", 0, close.end()) + 2)
