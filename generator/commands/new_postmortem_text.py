"""What a filled postmortem says, in English and Spanish, and how texts of sources stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from generator.records import dataclass

_MARKUP = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of a language. The labels are those of the templates."""

    duration: str
    lasted: str
    slo: str
    objective: str
    short: str
    budget: str
    bears: str
    on_call: str
    update: str
    statuses: Mapping[str, str]
    point: str


TEXTS: Mapping[str, Texts] = {
    "en": Texts(
        duration="- **Duration**: ",
        lasted="{0} minutes of impact ({start:%H:%M} to {mitigated:%H:%M} UTC), {1} minutes until resolved",
        slo="- **SLO affected**: ",
        objective="{slo}, {objective} % over {days} days",
        short="; consumed TBD, remaining TBD",
        budget="- **Budget of the period**: ",
        bears="{bad} % of the requests of {days} days; as a total outage {minutes} minutes",
        on_call="{person}, on call on {schedule}",
        update="Status page, {status}: ",
        statuses={},
        point=".",
    ),
    "es": Texts(
        duration="- **Duración**: ",
        lasted="{0} minutos de impacto ({start:%H:%M} a {mitigated:%H:%M} UTC), {1} minutos hasta la resolución",
        slo="- **SLO afectado**: ",
        objective="{slo}, {objective} % en {days} días",
        short="; consumido TBD, restante TBD",
        budget="- **Presupuesto del período**: ",
        bears="{bad} % de las solicitudes de {days} días; como caída total, {minutes} minutos",
        on_call="{person}, de guardia en {schedule}",
        update="Página de estado, {status}: ",
        statuses={
            "investigating": "en investigación",
            "identified": "identificado",
            "monitoring": "en observación",
            "resolved": "resuelto",
        },
        point=",",
    ),
}


def plain(text: str) -> str:
    """A text of a source on one line, as text: it opens no markup and no cell."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(_CONTROL.sub(" ", text).split()))


def percent(value: Decimal | float, texts: Texts) -> str:
    """`99.9`, `0.1`, `43.2`: without zeros at the end."""
    written = f"{value:f}" if isinstance(value, Decimal) else f"{value:.2f}"
    short = written.rstrip("0").rstrip(".") if "." in written else written
    return short.replace(".", texts.point)
