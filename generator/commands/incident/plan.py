"""What a step of an incident makes of a tree: both of its files, and the message of the commit. Pure.

A planner is asked again on every tip that others were faster to push. So it looks at what is there now: it refuses what
has become impossible (somebody resolved the incident), changes nothing where the step is there already, and keeps the
times of updates in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.status.incidents import OPERATIONAL
from generator.commands.incident import plan_record as record
from generator.commands.incident.plan_face import Words, changes, new_face, says_it, statuses, with_update
from generator.commands.incident.plan_open import message_of
from generator.commands.incident.record_words import ROWS
from generator.commands.incident.records import OPEN, Incident, incident, part
from generator.commands.new_postmortem_text import TEXTS
from generator.commands.status.moments import AGAIN, in_order, written
from generator.commands.status.texts import Texts
from generator.errors import UsageError
from generator.integrations.recording import Change

if TYPE_CHECKING:
    from generator.git import Tree

DRAFT = "draft"
RESOLVED, REOPENED, POSTMORTEM, NOTE = "resolved", "reopened", "postmortem", "note"


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to an incident that is there."""

    id: str
    kind: str
    """`update`, `resolve`, `reopen`."""
    words: Words
    at: datetime
    now: datetime
    keeps: bool = False
    """Whether nobody named a status: it stays what it is, whatever others have made of it meanwhile."""
    internal: bool = False
    """Whether customers hear nothing of it, although there is a public face."""
    title: Texts | None = None
    """Of the public face that is made by this step; None: none is made."""
    impact: str | None = None
    severity: str | None = None
    mitigated: bool = False
    """Whether customers no longer notice anything from now on."""
    postmortem: str | None = None
    """The public address of what was learnt."""


def plan_step(tree: Tree, asked: Step) -> Change:
    """An update, a resolution, or an incident that is open again.

    Raises:
        UsageError: there is no such incident, or it is in a state in which this cannot be.
        EditRefused: one of its files is written so that it cannot be changed.
    """
    found = incident(part(tree, asked.id), asked.id, asked.now)
    if asked.keeps and found.state is not None and found.is_open:
        asked = replace_words(asked, replace(asked.words, status=found.status))
    step = REOPENED if asked.kind == "reopen" else NOTE if asked.internal else asked.words.status
    message = message_of(step, found.title(), asked.id)
    if asked.title is not None and found.face is None:
        message = message_of(asked.words.status, asked.title[asked.words.default], asked.id)
    if _is_there(tree, found, asked):
        return Change({}, message)
    _refuse(found, asked)
    at = _at(found, asked)
    files: dict[str, str | None] = {}
    words = changes(asked.words, statuses(found.state) if found.is_open else {})
    if found.face is not None and not asked.internal:
        text = _text(tree, found.face.ref.path)
        files[found.face.ref.path] = _faced(text, found, replace_words(asked, words), at)
    elif asked.title is not None:
        path = f"status/incidents/{asked.id}.yaml"
        files[path] = new_face(asked.title, asked.impact, asked.words, at)
    if found.record is not None:
        path = found.record.ref.path
        before = _text(tree, path)
        files[path] = _recorded(path, before, found, replace_words(asked, words), at)
        if len(files) == 1 and files[path] == before:
            raise UsageError(f"{path} has no table with a timeline that a row could be added to", "write it by hand")
    if not files:
        raise UsageError(
            f"incident {found.id} has no record that this could be noted in",
            f"tocsin new postmortem --incident {found.id} writes one",
        )
    return Change(files, message)


def replace_words(asked: Step, words: Words) -> Step:
    """The same step with other words."""
    return replace(asked, words=words)


def _text(tree: Tree, path: str) -> str:
    return next(content for _, content in tree.read([path])).decode("utf-8")


def _is_there(tree: Tree, found: Incident, asked: Step) -> bool:
    """Whether this step is the last that was taken, and not long ago."""
    if asked.severity is not None and found.record is not None and found.severity != asked.severity:
        return False
    if found.face is not None and not asked.internal:
        last = replace_words(asked, changes(asked.words, statuses(found.state)))
        impact = asked.impact is None or asked.impact == found.face.impact
        return impact and _postmortem_is(found, asked) and says_it(found.face, last.words, asked.now)
    if found.record is None or asked.title is not None:
        return False
    path = found.record.ref.path
    text = _text(tree, path)
    rows = record.rows_of(path, text)
    last_row = record.last_row(path, text)
    if rows is None or last_row is None or last_row.at is None or abs(asked.now - last_row.at) >= AGAIN:
        return False
    cell = _cell(rows.language, asked, found)
    state = asked.internal or (asked.kind == "resolve") != found.is_open
    return state and bool(cell) and last_row.source.strip().endswith(cell)


def _postmortem_is(found: Incident, asked: Step) -> bool:
    return asked.postmortem is None or (found.face is not None and found.face.postmortem == asked.postmortem)


def _refuse(found: Incident, asked: Step) -> None:
    """Raises UsageError where the incident is in no state for the step."""
    over = f"incident {found.id} ({found.title()}) is resolved"
    if found.resolved is not None:
        over += f" since {written(found.resolved)} UTC"
    if asked.kind == "reopen" and found.is_open:
        raise UsageError(
            f"incident {found.id} ({found.title()}) is open: only a resolved one can be opened again",
            f"tocsin incident update --incident {found.id}",
        )
    if asked.words.status == POSTMORTEM:
        if found.face is None or found.is_open:
            raise UsageError(
                f"incident {found.id} has no public face that is resolved: what was learnt is told after that",
                f"tocsin incident resolve --incident {found.id}",
            )
        return
    if asked.kind == "update" and asked.internal and asked.words.status == "":
        return
    if asked.kind != "reopen" and not found.is_open:
        raise UsageError(over, f"tocsin incident reopen --incident {found.id}, if it is back")


def _at(found: Incident, asked: Step) -> datetime:
    last = max((update.at for update in found.face.updates), default=None) if found.face is not None else None
    return asked.at if asked.internal else in_order(asked.at, last, asked.now)


def _faced(text: str, found: Incident, asked: Step, at: datetime) -> str:
    from generator.edit import insert_key_after, set_value

    if found.face is None:
        return text
    path = found.face.ref.path
    text = with_update(text, found.face, asked.words, at, asked.impact)
    if _postmortem_is(found, asked):
        return text
    if found.face.postmortem is not None:
        return set_value(text, ("postmortem",), asked.postmortem, path=path)
    return insert_key_after(text, ("title",), "postmortem", asked.postmortem, path=path)


def _recorded(path: str, text: str, found: Incident, asked: Step, at: datetime) -> str:
    """The record with what happened: a row, its status, its severity."""
    rows = record.rows_of(path, text)
    language = rows.language if rows is not None else "en"
    if asked.kind == "reopen":
        text = record.undone(path, text)
        text = record.put(path, text, "status", OPEN)
    text = record.told(path, text, at, _cell(language, asked, found), _moment(found, asked))
    if asked.kind == "resolve" and found.record is not None and found.record.status == OPEN:
        text = record.put(path, text, "status", DRAFT)
    return text if asked.severity is None else record.put(path, text, "severity", asked.severity)


def _moment(found: Incident, asked: Step) -> str | None:
    """Which moment of the incident the step marks."""
    if asked.kind == "resolve":
        return "resolved"
    if asked.mitigated:
        return "mitigated"
    before = statuses(found.state)
    after: Mapping[str, str] = {**before, **asked.words.components}
    was_down = any(status != OPERATIONAL for status in before.values())
    return "mitigated" if was_down and all(status == OPERATIONAL for status in after.values()) else None


def _cell(language: str, asked: Step, found: Incident) -> str:
    """The row's text as Markdown, in the language of the timeline where the words are given in it."""
    texts, words = TEXTS[language], asked.words
    said = record.cell_text(words.texts.get(language) or next(iter(words.texts.values()), ""))
    status = texts.statuses.get(words.status, words.status)
    if asked.kind == "reopen":
        return f"{ROWS[language].reopened}: {said}"
    if asked.kind == "resolve":
        return said
    if asked.internal or (found.face is None and asked.title is None):
        word = "" if asked.internal or not status else f"{status[:1].upper()}{status[1:]}: "
        return f"{word}{said}"
    return f"{texts.update.format(status=status)}{said}"
