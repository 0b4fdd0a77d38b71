"""Phrases that blame, in English."""

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

THEN = "say what was known at that moment and what would have shown the rest; what is to change is an action item"
HIDDEN = "say what hid it, or that nothing asked for it"

_NOT = one_of("did not", "didn['’]t", "does not", "doesn['’]t", "never")
_PARTICIPLE = one_of(
    words("been begun broken brought built caught chosen come done found given gone got gotten had held kept"),
    words("known led left let lost made met put read run said seen sent set shown shut spent spoken stood taken"),
    words("taught told thought thrown understood woken written"),
    # An adjective says how something is to be: "each service should have dedicated dashboards".
    r"(?!(?:dedicated|limited|detailed|automated|shared|fixed|centralized|standardized)\b)\w+ed",
)
_HUMAN = one_of(
    words("notice realize realise understand consider remember anticipate foresee communicate escalate review"),
    words("double-check coordinate check test"),
    "follow (?:the|a|our|their|his|her|procedures?|process|instructions)",
    "update the (?:runbook|documentation|docs|status)",
)
"""What people do and machines do not: a pod fails to start, and nobody is blamed for it."""
_WHO = one_of(
    words("he she someone somebody teams? engineers? developers? devs? on-?call responders? reviewers? authors?"),
    words("administrators? sysadmins? managers? owners? interns? contractors? dbas? sres? ops testers? qa"),
    "incident commander",
    "colleagues?",
)
_BETWEEN = (
    r"(?:,[^,.|\n]{1,60},)?"
    r"(?: (?:also|then|had|has|have|simply|just|accidentally|mistakenly|inadvertently|completely|again|unfortunately"
    r"|who|on duty|on call))*"
)
_NEGLECTED = (
    "forgot(?:ten)?",
    "forgets",
    "neglect(?:ed|s)",
    "botch(?:ed|es)",
    "(?:mess|screw)(?:ed|s) up",
    "fail(?:ed|s) to",
    "should(?:n['’]t| not)? have",
)
_BROKE = (
    *_NEGLECTED,
    "caus(?:ed|es)",
    "br(?:oke|oken|eaks)",
    "overlook(?:ed|s)",
    "ignor(?:ed|es)",
    "miss(?:ed|es)",
    "mis(?:configured|typed|read|judged|understood|handled|managed)",
    "(?:is|was|were|are) (?:to blame|at fault|guilty)",
    "(?:is|was|were|are) responsible for (?:the|this) (?:outage|incident|failure|error|bug|mistake)",
    r"ma(?:de|kes) (?:a|an|the) (?:\w+ )?(?:mistake|error)",
    f"{_NOT} (?:bother|even|think|know better|{_HUMAN})",
    "knew better",
)

_BROKEN = (
    "forg neglect botch mess screw fail should caus bro breaks overlook ignor miss mis blame fault guilty responsib"
    " mistake error did does never knew"
)
"""Stems of the above."""

PHRASES: tuple[Phrase, ...] = (
    phrase(
        ERROR,
        ASK_SYSTEM,
        "human (?:errors?|mistakes?|failures?)",
        "(?:pilot|engineer) errors?",
        "operator error(?! (?:rate|log|count|message|code))",
        stems="human pilot engineer operator",
    ),
    phrase(
        HINDSIGHT,
        THEN,
        "(?:should(?:n['’]t)?|ought)(?: (?:not|never|also|always|really|probably|clearly|simply|at least))*"
        f"(?: to have| have|['’]ve)(?: (?:also|already|first|never|immediately))* {_PARTICIPLE}",
        "(?:should|must) have known",
        "should know better",
        stems="should ought must",
    ),
    phrase(
        CHARACTER,
        ASK_SYSTEM,
        "careless(?:ly|ness)?",
        "negligen(?:t|tly|ce)",
        "slopp(?:y|ily|iness)",
        "reckless(?:ly|ness)?",
        "incompeten(?:t|tly|ce)",
        "laziness",
        "stupid(?:ly|ity)?",
        "inattenti(?:on|ve|vely|veness)",
        "thoughtless(?:ly|ness)?",
        "irresponsib(?:le|ly|ility)",
        "unprofessional",
        "lack of (?:attention|care|diligence|discipline|professionalism)",
        "(?:is|was|were|are) (?:to blame|at fault)",
        f"(?:{_NOT}) bother(?:ed)? to",
        "knew better",
        stems="careless negligen slopp reckless incompeten laziness stupid inattenti thoughtless irresponsib unprofes"
        " lack blame fault bother knew",
    ),
    phrase(
        FAILED,
        HIDDEN,
        f"failed to {_HUMAN}",
        "failure to (?:follow|check|notice|review|test)",
        f"{_NOT} follow(?:ed)? (?:the )?(?:procedures?|process|runbook|instructions|protocol|checklist)",
        "who (?:forgot|neglected|overlooked|broke|caused)",
        f"{_WHO}{_BETWEEN} {one_of(*_BROKE)}",
        f"(?:we|I){_BETWEEN} {one_of(*_NEGLECTED)}",
        stems=_BROKEN,
    ),
    phrase(PERSON, ASK_SYSTEM, rf"@\w[\w-]{{0,60}}{_BETWEEN} {one_of(*_BROKE)}", stems="@"),
)


def named(names: Iterable[str]) -> Phrase:
    """What makes one of these people the cause."""
    return phrase(
        PERSON,
        ASK_SYSTEM,
        f"NAME{_BETWEEN} {one_of(*_BROKE)}",
        "(?:caused by|because of|due to|blame|blamed|(?:fault|mistake|error) of|responsible: ?) ?NAME",
        r"NAME['’]s? (?:\w+ )?(?:mistake|error|fault|oversight|carelessness|negligence|failure)",
        names=names,
    )
