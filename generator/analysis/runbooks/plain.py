"""Markdown of one line without its markup: the text of a heading or of a step."""

from __future__ import annotations

import re

_INLINE = re.compile(r"(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])?")
_MARKUP = re.compile(r"[`*_\[\\<]")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|\\(?=[!-/:-@\[-`{-~])")
LONGEST = 500
"""Characters of a heading or a step that are looked at."""


def plain(text: str) -> str:
    """A line of Markdown without its markup."""
    text = text[:LONGEST]
    if not _MARKUP.search(text):
        return text.strip()
    parts, at = [], 0
    for match in _INLINE.finditer(text):
        parts += [_without_marks(text[at : match.start()]), match["code"]]
        at = match.end()
    return "".join([*parts, _without_marks(text[at:])]).strip()


def _without_marks(text: str) -> str:
    return _EMPHASIS.sub("", _IMAGE_OR_LINK.sub(r"\1", text))
