"""Phrases that blame, in Spanish."""

from __future__ import annotations

from collections.abc import Iterable

from generator.analysis.postmortems.phrases import (
    ASK_SYSTEM,
    CHARACTER,
    ERROR,
    FAILED,
    HINDSIGHT,
    PERSON,
    Phrase,
    one_of,
    phrase,
    words,
)

SYSTEM = f"{ASK_SYSTEM} («la configuración se podía cambiar a mano», «nada avisaba de que …»)"
THEN = "say what was known at that moment («el tablero no mostraba …»); what is to change is an action item"
HIDDEN = "say what hid it, or that nothing asked for it («el cambio no aparecía en …»)"

_IT = "(?:se|me|lo|la|los|las|le|les|nos|selo|sela)?"
_INFINITIVE = rf"\w+(?:ar|er|ir){_IT}"
_PARTICIPLE = one_of(
    r"\w+(?:ado|ido|ído)",
    words("hecho visto dicho puesto escrito roto abierto vuelto resuelto cubierto impuesto"),
)
_SHOULD = "deb(?:ió|ieron|imos|í|ía|ían|íamos|ería|erían|eríamos|iera|ieran)"
_HUMAN = one_of(
    words("revisar notar advertir escalar recordar documentar entender prever anticipar considerar darse"),
    words("comprobar"),
    "seguir (?:el|los|la|las) (?:procedimientos?|procesos?|pasos|instrucciones)",
)
"""What people do and machines do not: a pod fails to start, and nobody is blamed for it."""
_WHO = one_of(
    words("él ella alguien equipos? ingenier[oa]s? desarrollador(?:a|es|as)? guardia responsables? colegas?"),
    words("revisor(?:a|es|as)? autor(?:a|es|as)? administrador(?:a|es|as)? compañer[oa]s? encargad[oa]s?"),
)
_BETWEEN = (
    r"(?:,[^,.|\n]{1,60},)?"
    r"(?: (?:se|le|lo|la|también|luego|había|ha|han|simplemente|accidentalmente|que|sin querer|de guardia|de turno"
    r"|por error))*"
)
_BROKE = (
    "caus(?:ó|aron)",
    "provoc(?:ó|aron)",
    "romp(?:ió|ieron)",
    "roto",
    "olvid(?:ó|aron|ado)",
    "ignor(?:ó|aron|ado)",
    "omit(?:ió|ieron|ido)",
    "descuid(?:ó|aron|ado)",
    "estrope(?:ó|aron|ado)",
    "arruin(?:ó|aron|ado)",
    "equivoc(?:ó|aron|ado)",
    "pas(?:ó|aron) por alto",
    "(?:es|fue|fueron)(?: el| la| los| las)? culpables?",
    "(?:es|fue|fueron)(?: el| la| los| las)? responsables? del? (?:la )?(?:error|fallo|falla|incidente|caída)",
    "tuv(?:o|ieron) la culpa",
    "fall(?:ó|aron) (?:al|en)",
    f"no (?:logr(?:ó|aron)|consigui(?:ó|eron)|supo|supieron) {_INFINITIVE}",
    "no (?:revis|comprob|verific|prob|avis|escal|inform|consult|document|not)(?:ó|aron)",
    "no sigui(?:ó|eron)",
    "no ley(?:ó|eron)",
    "no (?:se )?(?:dio|dieron) cuenta",
)

_BROKEN = (
    "caus provoc romp roto olvid ignor omit descuid estrope arruin equivoc alto culpa responsable fall logr consigui"
    " supo supier revis comprob verific prob avis escal inform consult document notó notaron sigui ley cuenta"
)
"""Stems of the above."""

PHRASES: tuple[Phrase, ...] = (
    phrase(
        ERROR,
        SYSTEM,
        "(?:error|fallo|descuido)(?:es|s)? humanos?",
        "(?:falla|equivocación) humana",
        "error(?:es)? del operador",
        stems="human operador",
    ),
    phrase(
        HINDSIGHT,
        THEN,
        rf"(?:{_SHOULD}|ten(?:ía|ían|dría|drían) que)(?: de)? haber{_IT}(?: \w+mente)? {_PARTICIPLE}",
        # "Se debió a …" gives a reason, "debió ser" guesses.
        rf"(?<!se\x20)debi(?:ó|eron)(?: de)? (?!haber|ser\b|estar|tratarse|deberse){_INFINITIVE}",
        f"(?:hubier|hubies|habrí)(?:a|an) debido {_INFINITIVE}",
        stems="haber debi",
    ),
    phrase(
        CHARACTER,
        SYSTEM,
        "(?:por )?descuid(?:os?|ad[oa]s?|adamente)",
        "negligen(?:te|tes|temente|cia|cias)",
        "impruden(?:te|tes|temente|cia)",
        "irresponsab(?:le|les|lemente|ilidad)",
        "incompeten(?:te|tes|cia)",
        "desidia",
        "despistad[oa]s?",
        "torpe(?:s|za|mente)?",
        "chapucer[oa]s?",
        "falta de (?:atención|cuidado|diligencia|profesionalismo|profesionalidad|disciplina)",
        "por culpa del?",
        r"(?<!sin\x20)(?<!buscar\x20)culpables?",
        stems="descuid negligen impruden irresponsab incompeten desidia despistad torpe chapucer falta culpa",
    ),
    phrase(
        FAILED,
        HIDDEN,
        f"(?:no (?:logró|lograron|consiguió|consiguieron|supo|supieron)|fall(?:ó|aron) al) {_HUMAN}",
        f"(?:omiti(?:ó|eron)|(?:se )?olvid(?:ó|aron)(?: de)?|se les? olvidó) {_INFINITIVE}",
        "no sigui(?:ó|eron) (?:el|los|la|las) (?:procedimientos?|procesos?|pasos|instrucciones|runbook|protocolo)",
        f"{_WHO}{_BETWEEN} {one_of(*_BROKE)}",
        stems=_BROKEN,
    ),
    phrase(PERSON, SYSTEM, rf"@\w[\w-]{{0,60}}{_BETWEEN} {one_of(*_BROKE)}", stems="@"),
)


def named(names: Iterable[str]) -> Phrase:
    """What makes one of these people the cause."""
    return phrase(
        PERSON,
        SYSTEM,
        f"NAME{_BETWEEN} {one_of(*_BROKE)}",
        "(?:(?:causad|provocad)[oa]s? por|(?:culpa|error|fallo|descuido|equivocación) de|debido a) NAME",
        names=names,
    )
