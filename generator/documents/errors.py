"""Why a text cannot be read, in plain words."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError

from generator.findings import Finding, Ref, Span

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that no source may hold: control characters, and line breaks that only some programs see as such.

Written as what is forbidden: what is allowed, turned around, takes ten times as long to compile.
"""

SENTENCES = (
    (
        "mapping values are not allowed",
        "a ': ' stands where no key can stand",
        "quote text that has ': ' in it, or mend the indentation",
    ),
    (
        "could not find expected ':'",
        "a key is not followed by ':'",
        "write 'key: value', or indent the line to belong to the text above it",
    ),
    (
        "did not find expected key",
        "a line fits neither the block it is in nor the one around it",
        "mend the indentation, or quote the text above it",
    ),
    (
        "did not find expected '-' indicator",
        "a line in a list neither starts with '- ' nor belongs to the entry above it",
        "mend the indentation",
    ),
    (
        "did not find expected ',' or '}'",
        "braces hold something that is not 'key: value', or are never closed",
        "write '}', or quote text that has ',', '{' or '}' in it",
    ),
    (
        "did not find expected ',' or ']'",
        "brackets hold something that is not a list, or are never closed",
        "write ']', or quote text that has ',', '[' or ']' in it",
    ),
    (
        "found unexpected end of stream",
        "quoted text is never closed",
        "write the closing quote",
    ),
    (
        "unexpected document indicator",
        "quoted text is never closed",
        "write the closing quote",
    ),
    (
        "cannot start any token",
        "a value starts with a character that has a meaning of its own in YAML",
        "quote the text",
    ),
    (
        "did not find expected node content",
        "brackets or braces are never closed, or a comma is missing or too many",
        "write the closing ']' or '}'",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes is followed by a character it has no meaning with",
        "use single quotes, or write \\\\",
    ),
    (
        "expected <document start>",
        "text follows after the document's end",
        "mend the indentation",
    ),
    (
        "undefined tag handle",
        "a tag ('!…') is not known",
        "quote text that starts with '!'",
    ),
)
AT_CONTEXT = tuple(message for _, message, _ in SENTENCES if "never closed" in message)
"""Told where the quote or bracket opens: the end of the file helps nobody."""


class Unreadable(Exception):
    """A text, or a part of it, that cannot be read."""

    def __init__(self, check: str, span: Span, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.check, self.span, self.message, self.hint = check, span, message, hint

    def finding(self, path: str) -> Finding:
        """The same as a finding in that file."""
        return Finding(Ref(path, span=self.span), self.message, self.hint, check=self.check)


def position(text: str, index: int) -> tuple[int, int]:
    """(line, column) of the character at that index, both from 1; CR, LF and CRLF end a line."""
    before = text[:index]
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    return line, index - max(before.rfind("\n"), before.rfind("\r"))


def forbidden(text: str) -> Unreadable | None:
    """The first character that no source may hold."""
    found = FORBIDDEN.search(text)
    if not found:
        return None
    line, column = position(text, found.start())
    char = ord(found.group())
    hint = "save the file as plain text without it" if char < 0xA0 else f'write it as "\\u{char:04x}" in double quotes'
    where = Span(line, column, line, column + 1)
    return Unreadable("source/syntax", where, f"character U+{char:04X}, which is not text, is in the file", hint)


def explain(error: YAMLError, text: str) -> Unreadable:
    """What the parser said of the text, in one sentence of ours and at the place that helps."""
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    index = min(mark.index, len(text)) if mark else 0
    message, hint = sentence(problem, text, index)
    if isinstance(error, MarkedYAMLError) and message in AT_CONTEXT and error.context_mark:
        index = error.context_mark.index
    index = min(index, max(0, len(text.rstrip()) - 1))
    line, column = position(text, index)
    return Unreadable("source/syntax", Span(line, column, line, column + 1), message, hint)


def sentence(problem: str, text: str, index: int) -> tuple[str, str]:
    """(message, hint) for what the parser said; what stands at the place tells more than its words."""
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    if "\t" in text[start : index + 1] and not text[start:index].strip(" \t-:?"):
        return "a tab stands where YAML wants spaces", "indent with spaces"
    if text[index : index + 1] == ":" and "expected key" in problem:
        return "no key stands before the ':'", "write a name before it"
    for known, message, hint in SENTENCES:
        if known in problem:
            return message, hint
    return f"this is not YAML: {problem}", ""
