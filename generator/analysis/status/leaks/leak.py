"""One thing in a public text that should stay inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Leak(NamedTuple):
    """Where in a text it stands (from `start` to before `end`, in characters), what it is, what to write instead."""

    start: int
    end: int
    text: str
    """What stands there, to be shown; of a secret only how it begins."""
    what: str
    """Behind "this text has": `an address of the runbook site`."""
    hint: str
    sure: bool = True
    """Whether it can be nothing else; what may be meant for the public is a warning."""


def has_any(text: str, signs: Iterable[str]) -> bool:
    """Whether one of some pieces is in the text, as it is."""
    return any(sign in text for sign in signs)
