"""What another program said, fit to be shown: short, without control characters, and without secrets."""

from __future__ import annotations

import re

_LINES = 4
_WIDTH = 300
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# https://user:token@host, as git repeats it; and what follows a password's or a token's name.
_SECRETS = (
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s@'\"]+@"), r"\1…@"),
    (re.compile(r"(?i)\b(password|passwd|token|secret|authorization)(\s*[=:]\s*)\S.*"), r"\1\2…"),
)


def last_words(text: bytes | str) -> str:
    """The last lines of what a program wrote."""
    whole = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    lines = [clean(line)[:_WIDTH] for line in re.split(r"[\r\n]+", whole) if line.strip()]
    return "; ".join(lines[-_LINES:])


def clean(line: str) -> str:
    """A line that moves no cursor, colours nothing and holds no password of an address."""
    plain = "".join(each if each.isprintable() else " " for each in _COLOUR.sub("", line)).strip()
    for pattern, instead in _SECRETS:
        plain = pattern.sub(instead, plain)
    return plain
