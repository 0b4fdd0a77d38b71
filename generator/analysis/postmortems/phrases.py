"""Phrases that blame, as patterns: what they find, what is wrong with it, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

ASK_SYSTEM = "say what made it possible or likely: what was shown, what was missing, what nothing stopped"
ERROR = "ends the search where it should begin"
HINDSIGHT = "judges with what was known only afterwards"
CHARACTER = "judges a person, and explains nothing"
FAILED = "says what a person did not do, not why that was easy to miss"
PERSON = "names a person as the cause"
BLANK = r"\s{1,80}"
"""What a space in a pattern finds: a sentence goes on in the next line."""


class Phrase(NamedTuple):
    """A pattern, what is wrong with what it finds, and what to write instead."""

    pattern: re.Pattern[str]
    why: str
    instead: str
    stems: tuple[str, ...]
    """Each text that it finds has one of these in it, in lower case: to look for them is quick."""


def one_of(*patterns: str) -> str:
    """Any of the patterns."""
    return f"(?:{'|'.join(patterns)})"


def words(written: str) -> str:
    """Any of these, which blanks separate."""
    return one_of(*written.split())


def phrase(why: str, instead: str, *patterns: str, stems: str = "", names: Iterable[str] = ()) -> Phrase:
    """Any of the patterns as whole words. NAME stands for one of the names, in which capitals count.

    `stems` are separated by blanks; where there are none, the names are.
    """
    # The longest first: "Ana" is found in "Ana María" otherwise.
    ordered = sorted(names, key=lambda name: (-len(name), name))
    known = "|".join(re.escape(name).replace(r"\ ", " ") for name in ordered)
    text = rf"(?<![\w-]){one_of(*patterns)}(?![\w-])".replace("NAME", f"(?-i:@?(?:{known}))")
    told = tuple(stems.split()) or tuple(dict.fromkeys(name.split()[0].lower() for name in ordered))
    return Phrase(re.compile(text.replace(" ", BLANK), re.IGNORECASE), why, instead, told)
