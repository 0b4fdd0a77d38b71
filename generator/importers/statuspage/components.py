"""Components and their groups; and which one is meant where an incident names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.importers.status_page.page import STATUSES, Losses, Part
from generator.importers.status_page.texts import markdown, one_line
from generator.importers.statuspage.read import Json, Saved, Thing, table, tables, text

_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_FAR = 1 << 40


class Components:
    """All of a page: `parts` in its order."""

    def __init__(self, saved: Saved, losses: Losses) -> None:
        self.losses = losses
        self.things = saved.components or saved.embedded
        self.made = {key: self._part(key, thing) for key, thing in self.things.items()}
        self.names = {part.name: part for part in self.made.values()}
        self.parts = list(self._arranged())
        for part in self.parts:
            for each in part.parts:
                self.names.setdefault(f"{part.name} - {each.name}", each)
        self.unknown: dict[str, str] = {}

    def _part(self, key: str, thing: Thing) -> Part:
        data = thing.data
        since = text(data.get("start_date"))
        name = one_line(data.get("name")) or key[:40]
        return Part(key, name, markdown(data.get("description")), since if _DAY.fullmatch(since) else "")

    def _arranged(self) -> Iterator[Part]:
        """By position; a component whose group is not there stands alone."""
        for key in sorted(self.made, key=self._position):
            group = self.made.get(text(self.things[key].data.get("group_id")))
            if group is None or group is self.made[key] or self._is_nested(group.key):
                yield self.made[key]
            else:
                group.parts.append(self.made[key])

    def _is_nested(self, key: str) -> bool:
        return text(self.things[key].data.get("group_id")) in self.made

    def _position(self, key: str) -> int:
        position = self.things[key].data.get("position")
        return position if isinstance(position, int) and abs(position) < _FAR else _FAR

    def of(self, data: Json) -> str | None:
        """The key of a component as an incident names it (`code` or `id`, and a name); None where it is not there."""
        key = text(data.get("code")) or text(data.get("id"))
        if key in self.made:
            return key
        name = one_line(data.get("name"))
        found = self.names.get(name)
        if found is None and name:
            self.unknown.setdefault(name, "")
        return found.key if found is not None else None

    def named(self, data: Json) -> Iterator[str]:
        """The components that an incident holds, whole or by their ids alone."""
        held = data.get("components")
        for each in held if isinstance(held, list) else []:
            key = self.of({"id": each} if isinstance(each, str) else table(each))
            if key is not None:
                yield key

    def changed(self, update: Json, path: str) -> dict[str, str]:
        """The statuses that an update gave."""
        out: dict[str, str] = {}
        for each in tables(update.get("affected_components")):
            status = text(each.get("new_status")) or text(each.get("status"))
            key = self.of(each)
            if status not in STATUSES:
                self.losses.lost(path, "an update changes a component to a status that is none of Statuspage's")
            elif key is not None:
                out[key] = status
        return out

    def tell(self) -> None:
        """What of them has no place here."""
        for name in sorted(self.unknown):
            message = f"component '{name[:80]}' is not on the page any more: what incidents say of it is not kept"
            self.losses.lost(self._path(), message)
        hidden = [self.made[key].name for key, thing in self.things.items() if thing.data.get("only_show_if_degraded")]
        if hidden:
            message = f"hidden while it works, and always shown here: {', '.join(sorted(hidden))[:200]}"
            self.losses.lost(self._path(), message)

    def _path(self) -> str:
        return next((thing.path for thing in self.things.values()), "")
