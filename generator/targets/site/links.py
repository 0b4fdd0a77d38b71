"""Links that people write from file to file, made to lead from page to page before the site builder sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from generator.targets.site.extension import NOWHERE

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})")
_LINKS = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<before>\]\([ \t]*)(?P<target><[^<>]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)"
    r"|(?P<label>^ {0,3}\[[^\]]+\]:[ \t]*)(?P<defined><[^<>]*>|\S+)"
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def relative(here: str, there: str) -> str:
    """The way from one page's file to another's; both are relative to the same folder, and normal."""
    # A site has tens of thousands of these, and `relpath` asks for the current folder twice each time.
    start, end = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < min(len(start), len(end) - 1) and start[shared] == end[shared]:
        shared += 1
    return "/".join([".."] * (len(start) - shared) + end[shared:])


def rewrite(text: str, resolve: Callable[[str, int], str]) -> str:
    """The text with every link target outside code replaced by `resolve(target, line)`; lines count from 0."""
    lines, fence = text.split("\n"), ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            lines[number] = _LINKS.sub(lambda match, at=number: _replaced(match, resolve, at), line)  # type: ignore[misc]
    return "\n".join(lines)


def _replaced(match: re.Match[str], resolve: Callable[[str, int], str], line: int) -> str:
    if match["code"]:
        return match[0]
    before, target = match["before"] or match["label"], match["target"] or match["defined"]
    bare = target.strip("<>")
    return f"{before}{target if _ELSEWHERE.match(bare) else f'<{resolve(bare, line)}>'}"


def target_on(page: str, source: str, target: str, find: Callable[[str], str | None]) -> str | None:
    """Where a relative link of a source leads on a page; None where that is no page.

    `find` gives the page of a path, which is relative to the repository.
    """
    path, _, fragment = target.partition("#")
    path = unquote(path.partition("?")[0])
    place = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(source), path))
    there = find(place)
    return None if there is None else quote(relative(page, there)) + (f"#{fragment}" if fragment else "")


def nowhere(target: str) -> str:
    """A target that the site's Markdown turns into text."""
    return NOWHERE + quote(target)
