"""Values of expressions, and the few functions and signs whose results are known here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.records import dataclass

LONGEST = 10_000
"""Of a text or list that an expression makes."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """The address of something: `pagerduty_user.alice.id`."""

    address: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An expression whose value nobody can know from the files."""

    code: str


Value = str | int | bool | None | list["Value"] | dict[str, "Value"] | Reference | Unknown


def code(tree: Any) -> str:
    """The beginning of an expression as it is written, on one line."""
    said, left, end = "", [tree], None
    while left and len(said) < 2 * _SHOWN:  # not by recursion: what is too deep to be read is shown too
        here = left.pop()
        if hasattr(here, "children"):
            left += reversed(here.children)
        else:
            start = getattr(here, "start_pos", None)
            said += f"{' ' if end is not None and start != end else ''}{here}"
            end = getattr(here, "end_pos", None)
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _divided(left: int, right: int) -> int | None:
    return left // right if right and not left % right else None


ARITHMETIC: Mapping[str, Callable[[int, int], int | None]] = {
    "*": lambda left, right: left * right if left.bit_length() + right.bit_length() < 128 else None,
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "/": _divided,
}


def _on_text(act: Callable[[str], str]) -> Callable[[Sequence[Value]], Value]:
    return lambda given: act(given[0]) if len(given) == 1 and isinstance(given[0], str) else None


def _same(given: Sequence[Value]) -> Value:
    return given[0] if len(given) == 1 else None


def _concat(given: Sequence[Value]) -> Value:
    if not all(isinstance(each, list) for each in given):
        return None
    out = [item for each in given if isinstance(each, list) for item in each]
    return out if len(out) <= LONGEST else None


FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "lower": _on_text(str.lower),
    "upper": _on_text(str.upper),
    "trimspace": _on_text(str.strip),
    "tolist": _same,
    "toset": _same,
    "tomap": _same,
    "tostring": _same,
    "tonumber": _same,
    "nonsensitive": _same,
    "sensitive": _same,
    "concat": _concat,
}
"""None: the result is not known."""
