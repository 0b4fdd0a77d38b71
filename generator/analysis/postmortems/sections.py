"""The sections of a postmortem: which of the template's are there, and which are empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.analysis.postmortems.section_text import COMMENT, is_rule, says
from generator.documents.fields import fields
from generator.findings import Ref
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.markdown import Heading
    from generator.kinds.postmortem import Postmortem

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "incident summary", "resumen del incidente", "summary", "executive summary", "overview", "tl;dr", "tldr",
        "issue summary", "resumen", "resumen ejecutivo", "que paso", "what happened", "abstract",
    ),
    "timeline": (
        "timeline", "linea de tiempo", "incident timeline", "timeline of events", "cronologia", "linea temporal",
        "cronologia del incidente",
        "linea de tiempo del incidente",
    ),
    "cause": (
        "root cause", "causa raiz", "root causes", "root cause analysis", "root cause and trigger", "root cause(s)",
        "cause", "causes", "root causes and trigger", "rca", "5 whys", "five whys", "causas raiz", "causa", "causas",
        "analisis de causa raiz", "analisis de la causa raiz", "analisis causal", "why it happened",
    ),
    "factors": (
        "contributing factors", "factores contribuyentes", "contributing factor(s)", "contributing causes", "trigger",
        "factores que contribuyeron", "factores", "root cause and contributing factors", "mitigating factors",
    ),
    "well": (
        "what went well", "que salio bien", "what worked", "what worked well", "went well", "lo que salio bien",
        "lo que funciono", "things that went well",
    ),
    "improve": (
        "what could be improved", "que se puede mejorar", "what went wrong", "what went poorly", "what didn't go well",
        "what did not go well", "what could have gone better", "where we can improve", "things that went poorly",
        "que salio mal", "que podria mejorar", "que se podria mejorar", "a mejorar",
    ),
    "actions": (
        "action items", "acciones", "actions", "corrective actions", "follow-up actions", "follow-ups", "follow up",
        "follow-up items", "next steps", "remediation", "corrective and preventative measures", "action plan",
        "corrective and preventive actions", "acciones correctivas", "acciones de seguimiento", "proximos pasos",
        "plan de accion", "tareas", "acciones correctivas inmediatas", "acciones preventivas",
        "acciones correctivas/preventivas", "acciones correctivas y preventivas", "preventive actions",
    ),
    "lessons": (
        "lessons learned", "lecciones aprendidas", "lessons", "learnings", "what we learned", "lecciones",
        "aprendizajes",
    ),
    "budget": (
        "error budget impact", "impacto en el presupuesto de errores", "error budget", "slo impact", "budget impact",
        "presupuesto de errores", "impacto en el slo", "error budget consumption",
    ),
}  # fmt: skip
"""What a section is called, in lower case without accents; the first two are the templates' (English, Spanish)."""
TITLES = {
    "summary": "Incident summary",
    "timeline": "Timeline",
    "cause": "Root cause",
    "factors": "Contributing factors",
    "well": "What went well",
    "improve": "What could be improved",
    "actions": "Action items",
    "lessons": "Lessons learned",
    "budget": "Error budget impact",
}
SHORT = frozenset({"summary", "timeline", "cause", "actions", "budget"})
"""What the short form has: all that an incident of SEV-3 or less needs."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section that is there. `text` holds its subsections too; `ref` leads to its heading."""

    name: str
    """A key of `SECTIONS`; empty for a section that the templates do not have."""
    title: str
    ref: Ref
    line: int
    """The line of the heading, in the file."""
    text: str

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything: nothing, labels without a value, a table without rows."""
        lines = COMMENT.sub("", self.text).splitlines()
        heads = {number - 1 for number, line in enumerate(lines) if line.strip() and is_rule(line) and "|" in line}
        written = (line for number, line in enumerate(lines) if number not in heads)
        return not any(says(line) for line in written)


def parts(catalog: Catalog, postmortem: Postmortem) -> tuple[Part, ...]:
    """The sections below the title, in written order."""
    found = catalog.document(postmortem).markdown
    numbers = {heading.line: number for number, heading in enumerate(found.headings)}
    below = [section for section in found.sections if section.heading is not None]
    out = []
    for at, section in enumerate(below):
        heading = section.heading
        if heading is not None and (heading.level > 1 or name_of(heading.text)):
            text = "\n".join([section.text, *_inside(heading, ((each.heading, each.text) for each in below[at + 1 :]))])
            ref = postmortem.ref.at("body", "headings", numbers[heading.line])
            out.append(Part(name_of(heading.text), heading.text, ref, heading.line, text))
    return tuple(out)


def _inside(heading: Heading, after: Iterable[tuple[Heading | None, str]]) -> Iterator[str]:
    for each, text in after:
        if each is not None and each.level <= heading.level:
            return
        yield text


def name_of(title: str) -> str:
    """Which of `SECTIONS` a heading means; empty where it is none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"\((?:utc|all times (?:in )?utc)\)", "", plain.replace("’", "'"))
    plain = re.sub(r"^[\W\d_]*[0-9]*[.)]?[\W_]*|[\W_]+$", "", plain) if not plain[:1].isdigit() else _unnumbered(plain)
    found = _NAMES.get(plain.strip(), "")
    return found or _NAMES.get(re.sub(r"\s*\([^()]*\)?$", "", plain).strip(), "")


def _unnumbered(plain: str) -> str:
    return plain if plain.startswith("5 whys") else re.sub(r"^[0-9.)\s-]+|[\W_]+$", "", plain)


_NAMES = {title: name for name, titles in SECTIONS.items() for title in titles}


def wanted(catalog: Catalog, postmortem: Postmortem) -> tuple[str, ...]:
    """The sections that a postmortem of its severity has: all for SEV-1 and SEV-2, else those of the short form.

    The error budget is asked for only where there are SLOs.
    """
    from generator.kinds.slo import Slo

    long = postmortem.severity in ("SEV-1", "SEV-2")
    measured = bool(catalog.all(Slo))
    return tuple(name for name in SECTIONS if (long or name in SHORT) and (name != "budget" or measured))


def present(catalog: Catalog, postmortem: Postmortem) -> frozenset[str]:
    """The sections that are there: as headings, or as labels of short forms (`Root Causes: …`)."""
    body = catalog.document(postmortem).body
    labels = {name_of(each.label) for each in fields(body) if each.value.strip()}
    return frozenset(part.name for part in parts(catalog, postmortem)) | labels
