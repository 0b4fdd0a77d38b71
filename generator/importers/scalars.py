"""Text as YAML scalars that every reader (1.1, 1.2, Go's) takes for the same text, and people like to read."""

from __future__ import annotations

import re

from generator.importers.tree import Written

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Beside control characters: what some programs take for a line break, and the byte order mark."""
_FIRST = re.compile(r"[^\W_]|[_$(/.^;]")
_NOT_PLAIN = re.compile(r": |:\Z| #|\s\Z|[\t\n\xa0]|\A(?:---|\.\.\.)")
_OTHER = re.compile(
    r"""[-+]?(?:0x[0-9a-f_]*|0b[01_]*|0o[0-7_]*|[0-9][0-9_.,:]*(?:e[-+]?[0-9]*)?|\.[0-9_]*(?:e[-+]?[0-9]+)?|\.inf|\.nan)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|null|true|false|yes|no|on|off|y|n""",
    re.VERBOSE | re.IGNORECASE,
)
"""What any YAML may take for something else than text."""
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_KEY = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*(?:[.-][a-zA-Z0-9_]+)*")
_BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
LONG, WIDTH = 120, 80
"""From how many characters on a line is broken, and after how many: a long query is read in a pull request."""
_BYTE, _WORD = 0xFF, 0xFFFF


def scalar(value: str | int, indent: int) -> list[str]:
    """The lines of a scalar: the first goes behind `key: `, the others are indented by so many spaces already."""
    if not isinstance(value, str):
        return [str(value).lower() if isinstance(value, bool) else str(value)]
    if len(value) > LONG and _may_be_folded(value):
        return _folded(value, indent)
    if isinstance(value, Written) or _may_be_plain(value):
        return [str(value)]
    if "\n" in value:
        return _literal(value, indent) if _may_be_literal(value) else [_double(value)]
    if _UNPRINTABLE.search(value) or not {'"', "\\"} & set(value):
        return [_double(value)]
    return ["'" + value + "'"] if "'" not in value else _hard(value, indent)


def key(name: str) -> str:
    """A map's key."""
    return name if _KEY.fullmatch(name) and not _OTHER.fullmatch(name) else _double(name)


def comment(text: str) -> str:
    """A comment as it is, characters that no source may hold written as escapes."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _may_be_plain(text: str) -> bool:
    return bool(
        _FIRST.match(text) and not _NOT_PLAIN.search(text) and not _UNPRINTABLE.search(text)
    ) and not _OTHER.fullmatch(text)


def _may_be_literal(text: str) -> bool:
    return not _UNPRINTABLE.search(text) and not text.isspace()


def _may_be_folded(text: str) -> bool:
    """Whether its line may be broken at blanks and mean the same."""
    return not _UNPRINTABLE.search(text) and text.strip(" \t\n") == text and "\n" not in text


def _folded(text: str, indent: int) -> list[str]:
    """One long line over several; a blank beside another one is no place to break at."""
    lines: list[str] = []
    start = 0
    for found in _BREAK.finditer(text):
        if found.start() - start >= WIDTH:
            lines.append(text[start : found.start()])
            start = found.end()
    return [">-", *(" " * indent + line for line in (*lines, text[start:]))]


def _hard(text: str, indent: int) -> list[str]:
    """One line with quotes of both sorts: as a block it stays readable."""
    return _literal(text, indent) if _may_be_literal(text) and not text[:1].isspace() else [_double(text)]


def _literal(text: str, indent: int) -> list[str]:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    # White space at its start would be taken for indentation: then the header says how deep it is.
    head = "|" + ("2" if text[0].isspace() else "") + ("-" if not ends else "+" if ends > 1 else "")
    lines = [" " * indent + line if line else "" for line in body.split("\n")]
    return [head, *lines, *[""] * (ends - 1)]


def _double(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in _SHORT:
        return _SHORT[letter]
    if letter == "\xa0" or _UNPRINTABLE.match(letter):
        code = ord(letter)
        return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}" if code <= _WORD else f"\\U{code:08x}"
    return letter
