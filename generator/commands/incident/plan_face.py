"""The public face of an incident: its file with one update more, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.analysis.status.incidents import OPERATIONAL, IncidentState
from generator.commands.status.moments import AGAIN, written
from generator.commands.status.texts import Texts, as_written
from generator.edit import append, block_item, insert_key_after, set_value
from generator.kinds.base import Localized
from generator.kinds.status import StatusIncident

HEAD = "# Times are UTC. Customers read this: what they notice and what they can do, nothing about how it is built.\n"


@dataclass(frozen=True, slots=True)
class Words:
    """One update: how far the incident is, what is said of it, which components change."""

    status: str
    texts: Texts
    components: Mapping[str, str]
    default: str
    """The language that plain text is in."""

    def item(self, at: datetime) -> dict[str, object]:
        """As an item of `updates`."""
        components = {"components": dict(self.components)} if self.components else {}
        message = as_written(self.texts, self.default)
        return {"at": written(at), "status": self.status, **components, "message": message}


def new_face(title: Texts, impact: str | None, words: Words, at: datetime) -> str:
    """The text of a new status incident with its first update."""
    head = block_item({"title": as_written(title, words.default), **({"impact": impact} if impact else {})}, "\n")
    return f"{HEAD}{head}\nupdates:\n  - {block_item(words.item(at), chr(10) + '    ')}\n"


def with_update(text: str, face: StatusIncident, words: Words, at: datetime, impact: str | None) -> str:
    """The file's text with one update more, and another impact where one is given."""
    path = face.ref.path
    text = append(text, ("updates",), words.item(at), path=path)
    if impact is None or impact == face.impact:
        return text
    if face.impact is not None:
        return set_value(text, ("impact",), impact, path=path)
    return insert_key_after(text, ("title",), "impact", impact, path=path)


def changes(words: Words, statuses: Mapping[str, str]) -> Words:
    """The words with only those components that are not in that status already."""
    found = {name: status for name, status in words.components.items() if statuses.get(name, OPERATIONAL) != status}
    return Words(words.status, words.texts, found, words.default)


def statuses(state: IncidentState | None) -> dict[str, str]:
    """What the incident has said last of each component, in the order they came up."""
    found: dict[str, str] = {}
    for update in state.updates if state is not None else ():
        found.update(update.components)
    if state is not None and not state.is_open:
        return dict.fromkeys(found, OPERATIONAL)
    return found


def says_it(face: StatusIncident, words: Words, now: datetime) -> bool:
    """Whether the last update says just this, and not long ago: then it is there already."""
    if not face.updates:
        return False
    last = max(reversed(face.updates), key=lambda update: update.at)  # of one minute, the one written last
    same = (last.status, _texts(last.message, words.default)) == (words.status, dict(words.texts))
    return same and not words.components and abs(now - last.at) < AGAIN


def _texts(message: Localized, default: str) -> dict[str, str]:
    return {language or default: text.strip() for language, text in message.items()}
