"""A text cut into PromQL's tokens, with the place of each. It never refuses: what is no token is said to be none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.records import dataclass

WINDOW = re.compile(r"\{\{\s*\.window\s*\}\}")
"""Where whole queries of an SLI take the length of the window."""
_COMMON = r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)
    | (?P<unclosed>["'`].*)
    | (?P<window>\{\{\s*\.window\s*\}\})
    | (?P<number>(?:[0-9]|\.[0-9])(?:[eE][+-](?=[0-9])|[\w.])*)
"""
_REST = r"""
    | (?P<symbol>=~|!~|!=|==|<=|>=|&&|\|\||[-+*/%^=<>!,@(){}\[\]:&|;])
    | (?P<junk>.)
"""
_OUTSIDE = re.compile(_COMMON + r"| (?P<name>[a-zA-Z_:][\w:]*)" + _REST, re.VERBOSE | re.ASCII)
_IN_BRACKETS = re.compile(_COMMON + r"| (?P<name>[a-zA-Z_]\w*)" + _REST, re.VERBOSE | re.ASCII)
"""Between brackets a colon separates range and step; elsewhere it is a letter of names."""
DURATION = re.compile(r"(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?", re.ASCII)
NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is one of string, unclosed, window, number, duration, bad-number, name, symbol, junk, end."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """All tokens but blanks and comments, and `end` at last."""
    for token in all_tokens(text):
        if token.kind not in ("space", "comment"):
            yield token
    yield Token("end", "", len(text.rstrip()))


def all_tokens(text: str) -> Iterator[Token]:
    """All that stands in the text, blanks and comments too."""
    at, depth = 0, 0
    while at < len(text):
        found = (_IN_BRACKETS if depth else _OUTSIDE).match(text, at)
        if found is None:  # a line break where none may be
            yield Token("junk", text[at], at)
            at += 1
            continue
        kind, written = found.lastgroup or "", found.group()
        if kind == "symbol" and written in "[]":
            depth = 1 if written == "[" else 0
        yield Token(_sort_of_number(written) if kind == "number" else kind, written, at)
        at = found.end()


def _sort_of_number(written: str) -> str:
    if NUMBER.fullmatch(written):
        return "number"
    return "duration" if DURATION.fullmatch(written) else "bad-number"


_WORDS = re.compile(r"""#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`""")


def windows_work(text: str) -> bool:
    """Whether there is a `{{.window}}`, and none inside a string or a comment; quick, for what is right mostly."""
    count = len(WINDOW.findall(text))
    return count > 0 and len(WINDOW.findall(_WORDS.sub("", text))) == count


def windows(text: str) -> Iterator[tuple[int, bool]]:
    """Every `{{.window}}`: its offset, and whether it takes effect there (not inside a string or a comment)."""
    for token in all_tokens(text):
        if token.kind == "window":
            yield token.start, True
        elif token.kind in ("string", "comment", "unclosed"):
            for found in WINDOW.finditer(token.text):
                yield token.start + found.start(), False
