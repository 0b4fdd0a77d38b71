"""The error budget as a postmortem counts it, beside the SLO and its own arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems.numbers import Number, Unit, numbers
from generator.analysis.postmortems.sections import name_of
from generator.documents.fields import Field, fields
from generator.findings import Ref
from generator.kinds.postmortem import Postmortem
from generator.kinds.slo import Slo
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

LABELS: Mapping[str, tuple[str, ...]] = {
    "slo": ("slo affected", "slo", "affected slo", "slos affected", "slo afectado"),
    "budget": ("budget of the period", "budget", "total budget", "error budget", "presupuesto del período",
               "presupuesto del periodo", "presupuesto total"),
    "consumed": ("budget consumed", "error budget consumed", "consumed", "budget burned", "presupuesto consumido",
                 "consumido"),
    "remaining": ("budget remaining", "error budget remaining", "remaining", "remaining budget",
                  "presupuesto restante", "restante"),
}  # fmt: skip
"""What a fact of the section is called, in lower case; the first is the template's."""
_SLO = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_SPANISH = re.compile(r"\b(?:presupuesto|afectado|restante|consumido)\b")
_BEFORE = re.compile(r"\b(?:it was|was|antes (?:era|quedaba)|era(?: del?)?|quedaba)\b[^.;]{0,20}$", re.IGNORECASE)
_AFTER = re.compile(r"[^.;,]{0,20}\b(?:before|antes|previously)\b", re.IGNORECASE)
_FAILED = re.compile(r"[ \n]*(?:\w+[ \n]+){0,2}(?:fail|failed|errors?|fallidas?|fallaron|errores|bad)\b", re.IGNORECASE)

_OF_IT = re.compile(r"[ \n]*(?:of|del)[ \n]+(?:(?:the|its|our|error)[ \n]+)*(?:budget|presupuesto)\b", re.IGNORECASE)
_REQUESTS = re.compile(r"[ \n]*(?:\w+[ \n]+)?(?:requests|events|solicitudes|peticiones|eventos)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Budget:
    """The facts about one SLO that a section names."""

    slo: Slo | None
    """The SLO that is meant, where the catalog has it."""
    facts: Mapping[str, Field]
    said: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)

    def first(self, fact: str, unit: Unit) -> Number | None:
        """The first number of a unit in a fact."""
        return next((each for each in self.said.get(fact, ()) if each.unit == unit), None)

    @property
    def allowed(self) -> tuple[Number, Number | None] | None:
        """(requests that may fail, all requests): the smaller of two, of which the second may be absent."""
        counts = [each for each in self.said.get("budget", ()) if each.unit == "" and each.value > 0]
        if not counts:
            return None
        return min(counts, key=lambda each: each.value), max(counts, key=lambda each: each.value) if counts[
            1:
        ] else None

    @property
    def failed(self) -> Number | None:
        """The requests that failed."""
        value = self.facts["consumed"].value if "consumed" in self.facts else ""
        counts = [each for each in self.said.get("consumed", ()) if each.unit == ""]
        return next((each for each in counts if _FAILED.match(value, each.end)), None)

    @property
    def share(self) -> Number | None:
        """The share of the budget that was consumed: the one said to be of the budget, else the first."""
        value = self.facts["consumed"].value if "consumed" in self.facts else ""
        shares = [each for each in self.said.get("consumed", ()) if each.unit == "percent"]
        of_it = (each for each in shares if _OF_IT.match(value, each.end))
        return next(of_it, shares[0] if shares else None)

    @property
    def left(self) -> Number | None:
        """The requests that may still fail."""
        value = self.facts["remaining"].value if "remaining" in self.facts else ""
        counts = (each for each in self.said.get("remaining", ()) if each.unit == "")
        return next((each for each in counts if _REQUESTS.match(value, each.end)), None)

    @property
    def before(self) -> Number | None:
        """The share that was left before the incident."""
        value = self.facts["remaining"].value if "remaining" in self.facts else ""
        shares = (each for each in self.said.get("remaining", ()) if each.unit == "percent")
        return next(
            (each for each in shares if _BEFORE.search(value[: each.start]) or _AFTER.match(value, each.end)), None
        )

    @property
    def remaining(self) -> Number | None:
        """The share that is left after it."""
        shares = (each for each in self.said.get("remaining", ()) if each.unit == "percent")
        return next((each for each in shares if each != self.before), None)

    def place(self, path: str, fact: str, number: Number | None = None) -> Ref:
        """Where a number of a fact stands, else the fact."""
        where = self.facts[fact]
        span = where.span(number.start, number.end) if number else where.span()
        return Ref(path, ("body",), span=span)


@once_a_catalog
def budgets(catalog: Catalog, postmortem: Postmortem) -> tuple[Budget, ...]:
    """What the section about the error budget says, SLO by SLO."""
    document = catalog.document(postmortem)
    written = (each for each in fields(document.body, document.body_line) if name_of(each.section) == "budget")
    return tuple(_budget(catalog, facts) for facts in _grouped(written))


def _grouped(written: Iterator[Field]) -> Iterator[dict[str, Field]]:
    """The facts of each SLO: one that comes again begins the next."""
    facts: dict[str, Field] = {}
    for each in written:
        name = next((name for name, labels in LABELS.items() if each.label in labels), None)
        if name in facts:
            yield facts
            facts = {}
        if name is not None:
            facts[name] = each
    if facts:
        yield facts


def _budget(catalog: Catalog, facts: Mapping[str, Field]) -> Budget:
    spanish = any(_SPANISH.search(each.label) for each in facts.values())
    said = {name: numbers(each.value, spanish=spanish) for name, each in facts.items()}
    named = _SLO.findall(facts["slo"].value) if "slo" in facts else []
    slo = next((found for name in named if (found := catalog.get(Slo, name)) is not None), None)
    return Budget(slo, facts, said)


def objective_of(budget: Budget) -> Decimal | None:
    """The objective that is counted with, in percent: what is written, else the SLO's."""
    said = budget.first("slo", "percent")
    return said.value if said else budget.slo.objective if budget.slo else None


def days_of(budget: Budget) -> Decimal | None:
    """The period that is counted with, in days: what is written, else the SLO's."""
    said = budget.first("slo", "days")
    if said:
        return said.value
    return Decimal(budget.slo.period.total_seconds()) / 86400 if budget.slo else None
