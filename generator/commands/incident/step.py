"""`tocsin incident update|resolve|reopen`: what is missing is asked for, and one step is taken."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from generator.analysis.postmortems.timeline import timeline
from generator.analysis.status.incidents import CLOSED, OPERATIONAL
from generator.analysis.status.settings import STATUS
from generator.commands.incident.naming import meant
from generator.commands.incident.plan import POSTMORTEM, RESOLVED, Step, plan_step
from generator.commands.incident.plan_face import Words, statuses
from generator.commands.incident.records import Incident
from generator.commands.status.asking import ask, can_ask, choose
from generator.commands.status.carrying import Carrying, carry_out, key_of, require_ready
from generator.commands.status.moments import said, written
from generator.commands.status.opened import Opened, opened
from generator.commands.status.public import ask_components, component_statuses, refuse_leaks, will_read
from generator.commands.status.speaking import Speaking, messages
from generator.commands.status.texts import TITLE_LIMIT, Texts, checked, given_titles
from generator.errors import Exit, UsageError
from generator.findings import nearest

STATUSES = {
    "investigating": "we look into it",
    "identified": "we know the cause",
    "monitoring": "it works again, and we watch it",
}
LATER = {RESOLVED: "it is over", POSTMORTEM: "what was learnt, after it was resolved"}


@dataclass(slots=True)
class Asked:
    """A step as it is put together."""

    arguments: argparse.Namespace
    here: Opened
    incident: Incident
    kind: str
    status: str = ""
    keeps: bool = False
    """Whether the status stays what it is, because nobody named one."""
    components: Mapping[str, str] = field(default_factory=dict)
    title: Texts | None = None

    @property
    def public(self) -> bool:
        """Whether customers read it."""
        return not self.arguments.internal and (self.incident.face is not None or self.title is not None)


def run(arguments: argparse.Namespace) -> Exit:
    """Puts the step together, shows it, and takes it."""
    here = opened(arguments)
    require_ready(here.root, here.catalog, arguments)
    words = list(arguments.words)
    status = _status(arguments, words)
    kind = "resolve" if status == RESOLVED and arguments.action == "update" else arguments.action
    closed, again = kind == "reopen" or status == POSTMORTEM, kind == "resolve"
    found = meant(here.catalog, arguments.incident, here.now, closed=closed, again=again)
    asked = Asked(arguments, here, found, kind, status)
    _refuse_early(asked)
    asked.title = _title(asked)
    arguments.message = words[0] if words else None
    _complete(asked)
    texts = messages(_speaking(asked), arguments)
    step = _step(asked, texts)
    if asked.public:
        refuse_leaks(here.catalog, [*texts.values(), *(asked.title or {}).values()])
    return carry_out(_carrying(asked, step), arguments)


def _status(arguments: argparse.Namespace, words: list[str]) -> str:
    """The status among the words, which loses it; what follows from the action where there is none."""
    if arguments.action == "resolve":
        return RESOLVED if len(words) < 2 else _too_many(words)
    known = {**STATUSES, **(LATER if arguments.action == "update" else {})}
    if words and words[0] in known:
        status = words.pop(0)
    elif len(words) > 1 or (words and " " not in words[0].strip() and nearest(words[0], known)):
        near = nearest(words[0], known)
        hint = f"did you mean '{near}'?" if near else f"there is {', '.join(known)}"
        raise UsageError(f"an incident has no status '{words[0]}'", hint)
    else:
        status = "investigating" if arguments.action == "reopen" else ""
    return status if len(words) < 2 else _too_many(words)


def _too_many(words: list[str]) -> str:
    raise UsageError(f"'{words[1]}' is one text too many", "put the message in quotes")


def _refuse_early(asked: Asked) -> None:
    """What the planner would refuse anyway is refused before anybody is asked for words."""
    arguments, found = asked.arguments, asked.incident
    if arguments.internal and arguments.public:
        raise UsageError("--internal and --public exclude each other")
    if arguments.public and found.face is not None and not arguments.internal:
        return
    if arguments.component and not arguments.public and (found.face is None or arguments.internal):
        raise UsageError(
            f"incident {found.id} has no public face whose components could change"
            if found.face is None
            else "components change for customers, and --internal tells them nothing",
            "--public tells customers of it" if found.face is None else "leave --component or --internal out",
        )


def _title(asked: Asked) -> Texts | None:
    """The title of a public face that is to be made; None where none is."""
    arguments, found = asked.arguments, asked.incident
    if not arguments.public or found.face is not None:
        if arguments.title is not None:
            raise UsageError("the title is changed in the file", f"edit {found.face.ref.path}" if found.face else "")
        return None
    titles = given_titles(arguments, asked.here.catalog)
    if titles:
        return titles
    if not can_ask():
        raise UsageError("the title that customers see is missing", '--title "Errors at checkout"')
    return {asked.here.default: checked(ask("Title, as customers see it", found.title()), "title", TITLE_LIMIT)}


def _complete(asked: Asked) -> None:
    """Status and components, asked for where they are not given."""
    arguments, found = asked.arguments, asked.incident
    now = found.status if found.is_open else "investigating"
    current = now if now in STATUSES else "investigating"
    if not asked.status and not arguments.internal:
        told = any(each is not None for each in (arguments.message, arguments.message_given))
        ask_it = can_ask() and not told
        asked.keeps = not ask_it
        asked.status = choose("How far is it?", {**STATUSES, RESOLVED: LATER[RESOLVED]}, current) if ask_it else current
        asked.kind = "resolve" if asked.status == RESOLVED else asked.kind
    asked.components = component_statuses(asked.here.catalog, arguments.component)
    if asked.status in CLOSED:
        if asked.components:
            raise UsageError("resolved means that every component works again", "leave --component out")
    elif asked.kind == "reopen" and not asked.components:
        asked.components = _as_before(found)
    elif asked.public and not asked.components and can_ask() and not _has_words(arguments):
        asked.components = ask_components(asked.here.catalog, statuses(found.state))


def _has_words(arguments: argparse.Namespace) -> bool:
    return bool(arguments.message is not None or arguments.message_given or arguments.languages or arguments.template)


def _as_before(found: Incident) -> dict[str, str]:
    """What did not work when it was called over; where all worked by then, what had not worked before."""
    now: dict[str, str] = {}
    ever: dict[str, str] = {}
    for update in found.state.updates if found.state is not None else ():
        if update.status not in CLOSED:
            now.update(update.components)
            ever.update({name: word for name, word in update.components.items() if word != OPERATIONAL})
    return {name: word for name, word in now.items() if word != OPERATIONAL} or ever


def _speaking(asked: Asked) -> Speaking:
    found, here = asked.incident, asked.here
    wording = "reopened" if asked.kind == "reopen" else asked.status or "investigating"
    affected = [each for each, word in asked.components.items() if word != OPERATIONAL]
    title = dict(found.face.title) if found.face is not None else dict(asked.title or {})
    names = affected or [each for each, word in statuses(found.state).items() if word != OPERATIONAL or not affected]
    return Speaking(here.tree, here.catalog, wording, names, title, public=asked.public)


def _step(asked: Asked, texts: Texts) -> Step:
    arguments, here = asked.arguments, asked.here
    at = here.now if arguments.at is None else said("--at", arguments.at)
    _refuse_time(asked, at)
    return Step(
        id=asked.incident.id,
        kind=asked.kind,
        words=Words("" if arguments.internal else asked.status, texts, asked.components, here.default),
        at=at,
        now=here.now,
        keeps=asked.keeps,
        internal=arguments.internal,
        title=asked.title,
        impact=arguments.impact,
        severity=here.severity(arguments.severity),
        mitigated=arguments.mitigated,
        postmortem=arguments.postmortem,
    )


def _refuse_time(asked: Asked, at: datetime) -> None:
    """A time that somebody names has to be one at which this could have been said."""
    if asked.arguments.at is None:
        return
    if at > asked.here.now:
        raise UsageError(f"--at {asked.arguments.at} is still to come", "leave it out: it is told now")
    face = asked.incident.face
    last = max((update.at for update in face.updates), default=None) if face is not None else None
    if asked.public and last is not None and at < last:
        raise UsageError(f"--at {asked.arguments.at} is before the last update, of {written(last)} UTC")


def _carrying(asked: Asked, step: Step) -> Carrying:
    here, found = asked.here, asked.incident
    if asked.public:
        title = dict(found.face.title) if found.face is not None else dict(asked.title or {})
        shown = {code or here.default: text for code, text in title.items()}
        lines = will_read(here.catalog, shown, step.words.status, step.words.texts, step.words.components)
        lines += _staying(asked)
    else:
        lines = [f"For the team alone, in the record of {found.id}: customers read nothing of it."]
    lines += _lacks(asked)
    key = key_of("incident", step.id, step.kind, step.words.status, dict(step.words.texts), asked.arguments.at)
    branch = here.catalog.settings.get(STATUS).branch
    return Carrying(here.root, here.tree, here.now, branch, lambda tree: plan_step(tree, step), key, tuple(lines))


def _staying(asked: Asked) -> list[str]:
    """Which components still do not work, though nothing is said of them now: one forgets them when it is over."""
    if asked.status in CLOSED or asked.kind == "reopen":
        return []
    down = statuses(asked.incident.state).items()
    return [
        f"  {name} stays: {word.replace('_', ' ')}"
        for name, word in down
        if word != OPERATIONAL and name not in asked.components
    ]


def _lacks(asked: Asked) -> list[str]:
    """What only people know, and is asked for while they remember."""
    record = asked.incident.record
    if asked.kind != "resolve" or record is None:
        return []
    if "mitigated" in timeline(asked.incident.catalog, record).moments:
        return []
    return [f"note: {record.ref.path} does not say when customers noticed nothing any more: mark a row **Mitigated**"]
