"""What the rows of a timeline say, in English and Spanish. The labels are those of the templates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LABEL = re.compile(r"\s*(?:\*\*|__)\s*[^\W\d_]+\s*:?\s*(?:\*\*|__)\s*:?\s*|\s*[^\W\d_]+\s*:\s*")
_SPANISH = ("hora", "fecha", "cuándo", "evento")


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of a language."""

    moments: Mapping[str, str]
    undone: Mapping[str, str]
    """What a row begins with that marked a moment, after the incident was reopened: it marks none any more."""
    reopened: str
    by_people: str


ROWS: Mapping[str, RowWords] = {
    "en": RowWords(
        moments={
            "started": "Started",
            "detected": "Detected",
            "acknowledged": "Acknowledged",
            "mitigated": "Mitigated",
            "resolved": "Resolved",
        },
        undone={"mitigated": "Mitigated at first: ", "resolved": "Resolved at first: "},
        reopened="Reopened",
        by_people="noticed by people",
    ),
    "es": RowWords(
        moments={
            "started": "Inicio",
            "detected": "Detección",
            "acknowledged": "Reconocimiento",
            "mitigated": "Mitigación",
            "resolved": "Resolución",
        },
        undone={"mitigated": "Mitigado en un primer momento: ", "resolved": "Resuelto en un primer momento: "},
        reopened="Reabierto",
        by_people="lo notaron personas",
    ),
}


def language_of(heads: Sequence[str]) -> str:
    """The language of a timeline, by the heads of its columns."""
    return "es" if any(head.strip().casefold().startswith(_SPANISH) for head in heads) else "en"


def unlabelled(source: str) -> str:
    """The text of a row (Markdown) without the label that marks its moment."""
    return _LABEL.sub("", source, count=1).strip()
