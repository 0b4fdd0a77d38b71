"""What the summary of a postmortem says in words, for those that have no front matter, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from generator import times
from generator.documents.fields import Field, fields
from generator.records import dataclass

LABELS: Mapping[str, frozenset[str]] = {
    "severity": frozenset({"severity", "incident severity", "sev", "severidad", "gravedad"}),
    "status": frozenset({"status", "postmortem status", "document status", "estado"}),
    "date": frozenset({"date", "incident date", "date of incident", "fecha", "fecha del incidente"}),
    "duration": frozenset({"duration", "incident duration", "duración", "duracion"}),
    "detection": frozenset({"detection", "detección", "deteccion"}),
    "started": frozenset({"started", "start", "start time", "started at", "began", "inicio", "comienzo"}),
    "detected": frozenset({"detected", "detected at", "time detected", "detectado"}),
    "acknowledged": frozenset({"acknowledged", "acknowledged at", "reconocido"}),
    "mitigated": frozenset({"mitigated", "mitigated at", "mitigado"}),
    "resolved": frozenset({"resolved", "resolved at", "end", "end time", "ended", "resuelto", "fin"}),
}
"""What a fact of the summary is called, in lower case."""
MOMENTS = ("started", "detected", "acknowledged", "mitigated", "resolved")
_SEVERITY = re.compile(r"[\W_]*(?:sev(?:erity|eridad)?|level|nivel|s|p)?[-_ ]?([1-9])\b", re.IGNORECASE)
_NO_SEVERITY = re.compile(r"[\W_]*(?:none|not an incident|ninguna|no fue un incidente)\b", re.IGNORECASE)
_SIGNS = re.compile(r"^[\W_]+")
_STATUSES = (
    ("open", re.compile(r"open|ongoing|investigating|abiert[oa]|en curso", re.IGNORECASE)),
    ("draft", re.compile(r"draft|wip|in progress|work in progress|borrador|en progreso", re.IGNORECASE)),
    ("review", re.compile(r"(?:in |under |ready for )?review(?!ed)|en revisi[oó]n", re.IGNORECASE)),
)
_CLOCK = re.compile(r"([0-9]{2}:[0-9]{2})(?::[0-9]{2})?[ ]*(?:UTC|Z)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts, by the names of `LABELS`: the first field of each."""

    facts: Mapping[str, Field]

    @property
    def severity(self) -> str | None:
        """`SEV-1` … `SEV-9`, `none`; None where it is not said, or in words that mean nothing here."""
        text = self.text("severity")
        if _NO_SEVERITY.match(text):
            return "none"
        found = _SEVERITY.match(text)
        return f"SEV-{found[1]}" if found else None

    @property
    def status(self) -> str:
        """How far it is; whoever says nothing has published it."""
        text = _SIGNS.sub("", self.text("status"))
        return next((name for name, words in _STATUSES if words.match(text)), "published")

    def moments(self, day: date) -> Iterator[tuple[str, datetime]]:
        """The moments that are said; a time of day is one of that day. Times are UTC."""
        for name in MOMENTS:
            at = _instant(self.text(name).partition("\n")[0].strip(" *_`|"), day)
            if at is not None:
                yield name, at

    def text(self, name: str) -> str:
        """What is written; empty where it is not there."""
        return self.facts[name].value if name in self.facts else ""


def summary(body: str, first: int = 1) -> Summary:
    """The facts of a body whose first line has that number in its file.

    They stand above the timeline: what later sections and tables call a status is another one.
    """
    found: dict[str, Field] = {}
    for field in fields(body, first):
        if re.search(
            r"timeline|línea de tiempo|cronología|action|acciones|budget|presupuesto", field.section.casefold()
        ):
            break
        name = next((name for name, labels in LABELS.items() if field.label in labels), None)
        if name is not None:
            found.setdefault(name, field)
    return Summary(found)


def _instant(text: str, day: date) -> datetime | None:
    clock = _CLOCK.match(text)
    if clock:
        text = f"{day} {clock[1]}"
    try:
        return times.parse_instant(re.sub(r"[ ]*UTC$", "", text), UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
