"""What a step of a maintenance makes of a tree. Pure; asked again on every tip that others were faster to push."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator.analysis.status.maintenances import ACTIVE, CANCELLED, COMPLETED, MaintenanceState, maintenance_state
from generator.catalog import load
from generator.commands.status.ids import near
from generator.commands.status.moments import in_order, written
from generator.commands.status.texts import Texts, as_written, flat
from generator.commands.status.wording import filled, worded, wordings
from generator.documents import read_document
from generator.edit import append, block_item, insert_key, insert_key_after
from generator.errors import UsageError
from generator.git import Memory
from generator.integrations.recording import Change
from generator.kinds import status
from generator.kinds.base import mapping
from generator.kinds.status import Maintenance
from generator.settings import LANGUAGES
from generator.settings import PATH as SETTINGS

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Tree

HEAD = "# Times are UTC. It opens and closes by the clock.\n"
SCHEDULED, IN_PROGRESS = "scheduled", "in_progress"
NIGHT = time(3)


@dataclass(frozen=True, slots=True)
class Planned:
    """Work that is announced."""

    id: str
    title: Texts
    message: Texts
    start: datetime
    end: datetime
    components: tuple[str, ...]
    default: str
    """The language of plain text."""
    mute: bool = False
    budget: str | None = None

    @property
    def text(self) -> str:
        """The source."""
        more = {**({"mute": True} if self.mute else {}), **({"budget": self.budget} if self.budget else {})}
        data = {
            "title": as_written(self.title, self.default),
            "components": list(self.components),
            "from": written(self.start),
            "until": written(self.end),
            "message": as_written(self.message, self.default),
            **more,
        }
        return HEAD + block_item(data, "\n") + "\n"


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to a maintenance that is there."""

    id: str
    kind: str
    """`start`, `finish`, `cancel`."""
    message: Texts
    """Empty where a cancelled one says nothing."""
    at: datetime
    now: datetime
    default: str


def started(tree: Tree, catalog: Catalog, ident: str, title: str, component: str) -> Planned:
    """A maintenance to be filled in: an hour of the night of the day that its id names."""
    default = catalog.settings.get(LANGUAGES)[0]
    components = (component,) if component else ()
    message = filled(worded(wordings(tree), "maintenance"), catalog, components, {default: title})
    start = datetime.combine(date.fromisoformat(ident[:10]), NIGHT, UTC)
    return Planned(ident, {default: title}, message, start, start + timedelta(hours=1), components, default)


def plan_maintenance(tree: Tree, asked: Planned) -> Change:
    """A new maintenance. UsageError where another one has its name."""
    path = f"status/maintenances/{asked.id}.yaml"
    message = _message(SCHEDULED, asked.title[asked.default], asked.id)
    there = [each for each in tree.list() if status.MAINTENANCE.id_of(each) == asked.id]
    if not there:
        return Change({path: asked.text}, message)
    if dict(tree.read(there)) == {path: asked.text.encode()}:
        return Change({}, message)
    raise UsageError(f"there is a maintenance {asked.id} already: {there[0]}", "edit it, or say another --id")


def plan_step(tree: Tree, asked: Step) -> Change:
    """A maintenance that begins or ends by hand, or is called off.

    Raises:
        UsageError: there is none of that id, or it is in a state in which this cannot be.
    """
    found = one(tree, asked.id)
    state = maintenance_state(found, asked.now)
    title = found.title.text(asked.default, asked.default)
    message = _message({"start": IN_PROGRESS, "finish": COMPLETED, "cancel": CANCELLED}[asked.kind], title, asked.id)
    if is_done(state, asked.kind):
        return Change({}, message)
    refuse(state, asked.kind)
    path = found.ref.path
    text = next(content for _, content in tree.read([path])).decode("utf-8")
    at = in_order(asked.at, state.updates[-1].at if state.updates else None, asked.now)
    if asked.message:
        word = {"start": IN_PROGRESS, "finish": COMPLETED}.get(asked.kind, state.status)
        item = {"at": written(at), "status": word, "message": as_written(asked.message, asked.default)}
        if _has_updates(path, text):
            text = append(text, ("updates",), item, path=path)
        else:
            text = insert_key(text, (), "updates", [item], path=path)
    if asked.kind == "cancel":
        text = insert_key_after(text, ("until",), "cancelled", written(at), path=path)
    return Change({path: text}, message)


def one(tree: Tree, ident: str) -> Maintenance:
    """The maintenance of that id. UsageError where there is none, or it cannot be read."""
    paths = [path for path in tree.list() if status.MAINTENANCE.id_of(path) == ident]
    catalog = load(Memory(dict(tree.read([SETTINGS, *paths]))), (status.MAINTENANCE,))
    found = catalog.get(Maintenance, ident)
    if found is not None:
        return found
    if paths:
        raise UsageError(f"{paths[0]} cannot be read", "run `tocsin check`, and mend it")
    known = [each for path in tree.list() if (each := status.MAINTENANCE.id_of(path)) is not None]
    raise UsageError(f"there is no maintenance '{ident}'", near(ident, known) or "tocsin maintenance list --all")


def is_done(state: MaintenanceState, kind: str) -> bool:
    """Whether it is already as the step would make it, by the clock or by hand."""
    return {"start": state.is_active, "finish": state.status == COMPLETED, "cancel": state.status == CANCELLED}[kind]


def refuse(state: MaintenanceState, kind: str) -> None:
    """Raises UsageError where the step makes no sense for it."""
    found, what = state.maintenance, f"maintenance {state.maintenance.id}"
    if state.is_over:
        since = state.changes[-1][0]
        raise UsageError(
            f"{what} is {state.status} since {written(since)} UTC", "plan another one: tocsin maintenance plan"
        )
    if kind == "finish" and state.status not in ACTIVE:
        raise UsageError(
            f"{what} has not begun: it begins at {written(found.start)} UTC",
            f"tocsin maintenance cancel {found.id} calls it off",
        )


def _has_updates(path: str, text: str) -> bool:
    """Whether the key is there, though perhaps with nothing in it."""
    document, _ = read_document(path, text.encode())
    return document is not None and "updates" in mapping(document.data)


def _message(word: str, title: str, ident: str) -> str:
    return f"status: {word} - {flat(title)}\n\nMaintenance: {ident}"
