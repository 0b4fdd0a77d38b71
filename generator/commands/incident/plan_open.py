"""What opening an incident makes of a tree: its record, its face where customers are told, a message. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from generator.commands.incident.plan_face import Words, new_face
from generator.commands.incident.records import OPEN, incident, part, paths_of
from generator.commands.status.moments import AGAIN
from generator.commands.status.texts import Texts, flat
from generator.errors import UsageError
from generator.integrations.recording import Change

if TYPE_CHECKING:
    from generator.git import Tree


@dataclass(frozen=True, slots=True)
class Opening:
    """An incident that begins: the texts of its files, ready."""

    id: str
    title: Texts
    words: Words
    at: datetime
    record: str
    """The text of the postmortem."""
    impact: str | None = None
    public: bool = False


def plan_open(tree: Tree, asked: Opening) -> Change:
    """A new incident: its record, and its face where it is public."""
    paths = (f"postmortems/{asked.id}.md", f"status/incidents/{asked.id}.yaml")
    face = new_face(asked.title, asked.impact, asked.words, asked.at) if asked.public else None
    files = {paths[0]: asked.record, **({paths[1]: face} if face is not None else {})}
    message = message_of(asked.words.status, asked.title[asked.words.default], asked.id)
    if not paths_of(tree, asked.id):
        return Change(files, message)
    if _is_open_already(tree, asked):
        return Change({}, message)
    raise UsageError(
        f"there is an incident {asked.id} already", f"tocsin incident update --incident {asked.id}, or another --id"
    )


def message_of(status: str, title: str, ident: str) -> str:
    """Of the commit. The title is text of people: it stays on its line."""
    return f"status: {status} - {flat(title)}\n\nIncident: {ident}"


def _is_open_already(tree: Tree, asked: Opening) -> bool:
    """Whether it was opened lately with these words: the same command was started again."""
    found = incident(part(tree, asked.id), asked.id, asked.at)
    if (found.face is not None) != asked.public or found.record is None:
        return False
    if found.face is not None and found.face.updates:
        title = {code or asked.words.default: text for code, text in found.face.title.items()}
        update = found.face.updates[0]
        said = {code or asked.words.default: text for code, text in update.message.items()}
        same = (title, said, update.status) == (dict(asked.title), dict(asked.words.texts), asked.words.status)
        return same and dict(update.components) == dict(asked.words.components) and asked.at - update.at < AGAIN
    heading = part(tree, asked.id).document(found.record).markdown.title
    return heading == asked.title[asked.words.default] and found.record.status == OPEN
