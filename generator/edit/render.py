"""Data as YAML that every reader reads as the same data, by the rules of YAML 1.2 and by those of 1.1."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import TypeGuard

from generator.errors import EditRefused

_PLAIN = re.compile(r"[^\W_](?:[\w ./()%+=@;!'-]|:(?=[\w/]))*(?<! )")
"""Text that needs no quotes for its characters, inside braces too."""

_CORE = re.compile(
    r"""null | true | false
    | [-+]? [0-9]+ | 0o [0-7]+ | 0x [0-9a-f]+
    | [-+]? (?: \.[0-9]+ | [0-9]+ (?: \.[0-9]* )? ) (?: e [-+]? [0-9]+ )?
    | (?= [^_]* _ ) [-+]? [.0-9] [0-9_.]* (?: e [-+]? [0-9_]+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What YAML 1.2 may take for something else than text, and a little more."""

_OLD_BOOLEANS = frozenset("yYnN")
"""By the letter of YAML 1.1 these are booleans; PyYAML does not say so, others do."""

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_BYTE, _WORD = 0xFF, 0xFFFF
_WIDTH = 110
"""So many characters a line may have before a text is folded."""


def scalar(value: object) -> str:
    """One scalar, fit for braces too. Raises EditRefused for what YAML has no scalar for."""
    if isinstance(value, str):
        return value if _may_be_plain(value) else _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        digits = repr(value)  # `1e+16` is text by the rules of 1.1
        return digits if "." in digits else digits.replace("e", ".0e")
    raise EditRefused(f"{value!r} cannot be written as one YAML value")


def flow(value: object) -> str:
    """A value on one line: a scalar, or a list or map in brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(pair(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value)


def pair(key: object, value: object) -> str:
    """`key: value`, the value on one line."""
    return f"{key_text(key)}: {flow(value)}"


def key_text(key: object) -> str:
    """A map's key; only text can be one. Quoted where a colon or a question mark might mislead."""
    if not isinstance(key, str):
        raise EditRefused(f"{key!r} cannot be a key")
    return _quoted(key) if {":", "?"} & set(key) else scalar(key)


def block_item(item: Mapping[str, object], between: str) -> str:
    """A map as an item of a list, one key a line; `between` is the line break with the indentation of the next.

    Text that is too long for a line, or has several, is folded or stands as it is, below its key.
    """
    return between.join(_block_pair(key, value, between) for key, value in item.items())


def block_pair(key: object, value: object, between: str) -> str:
    """A key with its value; the items of a list of maps stand below it, as those that are added later will.

    `between` as for `block_item`; empty inside brackets, where all is one line.
    """
    if not between or not _are_maps(value):
        return pair(key, value)
    inner = f"{between}  "
    return f"{key_text(key)}:" + "".join(f"{inner}- {block_item(each, inner + '  ')}" for each in value)


def _are_maps(value: object) -> TypeGuard[list[Mapping[str, object]]]:
    """Whether it is a list of maps that have something in them: an empty one has no form but `{}`."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) and each for each in value)


def _block_pair(key: object, value: object, between: str) -> str:
    inner = f"{between}  "
    if isinstance(value, Mapping) and value and len(pair(key, value)) > _WIDTH:
        return f"{key_text(key)}:{inner}" + inner.join(_block_pair(*each, inner) for each in value.items())
    lines = _block_lines(value) if isinstance(value, str) else []
    if not lines:
        return pair(key, value)
    line_break = between.rstrip(" ")
    return f"{key_text(key)}: {lines[0]}" + "".join(inner + line if line else line_break for line in lines[1:])


def _block_lines(text: str) -> list[str]:
    """A text as a block: folded (`>-`) where it is one long line, as it is where it has several; else nothing."""
    lines = text.split("\n")
    if text != text.strip() or not all(line.isprintable() for line in lines):
        return []
    if len(lines) > 1:
        return ["|-", *lines]
    if len(text) <= _WIDTH or "  " in text:
        return []
    folded = [""]
    for word in text.split(" "):
        if len(folded[-1]) + len(word) >= _WIDTH:
            folded.append(word)
        else:
            folded[-1] += f" {word}" if folded[-1] else word
    return [">-", *filter(None, folded)]


def _may_be_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or not text.isprintable():
        return False
    return text not in _OLD_BOOLEANS and not _CORE.fullmatch(text) and _is_text_in_yaml_1_1(text)


def _is_text_in_yaml_1_1(text: str) -> bool:
    for tag, pattern in _old_rules().get(text[0], ()):
        if tag != "tag:yaml.org,2002:str" and pattern.match(text):
            return False
    return True


@cache
def _old_rules() -> Mapping[str, list[tuple[str, re.Pattern[str]]]]:
    from yaml.resolver import Resolver

    rules: Mapping[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    return rules


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:  # surrogates
        raise EditRefused(f"text with {letter!r} cannot be written: it is no character")
    if letter in _SHORT:
        return _SHORT[letter]
    if letter.isprintable():
        return letter
    return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}" if code <= _WORD else f"\\U{code:08x}"
