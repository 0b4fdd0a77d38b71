"""A layer's change as a change of its text: one line more or less, an anchor, or a version from an instant on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from generator import times
from generator.analysis.oncall import from_wall, to_wall
from generator.analysis.oncall.changes.reanchor import name_of
from generator.analysis.windows import Window
from generator.edit import exchange, insert_after, insert_key_after, remove, repeat, set_value
from generator.errors import EditRefused
from generator.findings import Pointer

if TYPE_CHECKING:
    from generator.analysis.oncall.changes.reanchor import Change
    from generator.kinds.team import Layer, Schedule


def rewritten(text: str, path: str, schedule: Schedule, layer: Layer, change: Change) -> str:
    """The team's source with the layer changed. EditRefused where that cannot be written."""
    if change.since is None:
        pen = _Pen(text, path, layer.ref.pointer)
        pen.people(layer.people, change.people)
        if change.anchor != to_wall(layer.anchor, layer.zone):
            pen.put("anchor", instant_text(from_wall(change.anchor, layer.zone), layer.zone), after="start")
        return pen.text
    text = _version(text, path, schedule, layer, change)
    # The last layer wins: those above this one are written again behind its new version.
    for above in schedule.layers[schedule.layers.index(layer) + 1 :]:
        if not above.shadow and (above.end is None or above.end > change.since):
            text = _again(text, path, schedule, above, change.since)
    return text


def instant_text(instant: datetime, zone: tzinfo) -> str:
    """An instant as sources say it: local time, with its offset only where the clocks show that time twice."""
    text = _local(instant, zone)
    return text if times.parse_instant(text, zone) == instant else _with_offset(instant, zone)


def span_texts(window: Window, zone: tzinfo) -> tuple[str, str]:
    """Both ends of a span as sources say them: where one needs its offset both have it, so that their order shows."""
    plain = (_local(window.start, zone), _local(window.end, zone))
    if tuple(times.parse_instant(text, zone) for text in plain) == window:
        return plain
    return _with_offset(window.start, zone), _with_offset(window.end, zone)


def _local(instant: datetime, zone: tzinfo) -> str:
    wall = to_wall(instant, zone)
    return f"{wall:%Y-%m-%d} {wall.time().isoformat('seconds' if wall.second else 'minutes')}"


def _with_offset(instant: datetime, zone: tzinfo) -> str:
    offset = f"{instant.astimezone(zone):%z}"
    return f"{_local(instant, zone)} {offset[:3]}:{offset[3:5]}"


def _version(text: str, path: str, schedule: Schedule, layer: Layer, change: Change) -> str:
    """The layer ends, and one like it goes on with other people."""
    if change.since is None:
        return text
    pen = _Pen(repeat(text, layer.ref.pointer, path=path), path, _next(text, schedule))
    pen.people(layer.people, change.people)
    pen.put("start", instant_text(change.since, layer.zone))
    if change.anchor != to_wall(change.since, layer.zone):
        pen.put("anchor", instant_text(from_wall(change.anchor, layer.zone), layer.zone), after="start")
    elif "anchor" in pen.keys:
        pen.put("anchor", instant_text(change.since, layer.zone))
    return _ended(pen.text, path, layer, change.since)


def _again(text: str, path: str, schedule: Schedule, layer: Layer, since: datetime) -> str:
    """The layer ends, and goes on the same way at the end of the list."""
    if layer.start >= since:
        raise EditRefused(
            f"layer {name_of(layer)}, which begins later, would no longer win",
            "choose --rollout immediate for this change",
        )
    pen = _Pen(repeat(text, layer.ref.pointer, path=path), path, _next(text, schedule))
    pen.put("start", instant_text(since, layer.zone))
    pen.put("anchor", instant_text(layer.anchor, layer.zone), after="start")
    return _ended(pen.text, path, layer, since)


def _ended(text: str, path: str, layer: Layer, since: datetime) -> str:
    pen = _Pen(text, path, layer.ref.pointer)
    pen.put("end", instant_text(since, layer.zone), after="anchor" if "anchor" in pen.keys else "start")
    return pen.text


def _next(text: str, schedule: Schedule) -> Pointer:
    """Where the next layer that is appended will be."""
    pointer = schedule.ref.at("layers").pointer
    return (*pointer, len(_at(text, schedule.ref.path, pointer)))


class _Pen:
    """One layer of a text, changed key by key."""

    def __init__(self, text: str, path: str, pointer: Pointer) -> None:
        self.text, self.path, self.pointer = text, path, pointer

    @property
    def keys(self) -> Mapping[str, object]:
        """The layer as it is written now."""
        found: Mapping[str, object] = _at(self.text, self.path, self.pointer)
        return found

    def put(self, key: str, value: str, after: str = "start") -> None:
        """Sets a key, or adds it behind another one."""
        if key in self.keys:
            self.text = set_value(self.text, (*self.pointer, key), value, path=self.path)
        else:
            self.text = insert_key_after(self.text, (*self.pointer, after), key, value, path=self.path)

    def people(self, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        """One more, fewer, or others in their places."""
        where = (*self.pointer, "people")
        if len(new) > len(old):
            place = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
            self.text = insert_after(self.text, (*where, place - 1), new[place], path=self.path)
        elif len(new) < len(old):
            for at in reversed([at for at, each in enumerate(old) if each not in new]):
                self.text = remove(self.text, (*where, at), path=self.path)
        elif len(places := [at for at, each in enumerate(new) if each != old[at]]) == 2:
            self.text = exchange(self.text, (*where, places[0]), places[1], path=self.path)
        else:
            for at in places:  # somebody is in the list more than once
                self.text = set_value(self.text, (*where, at), new[at], path=self.path)


def _at(text: str, path: str, pointer: Pointer) -> Any:
    from generator.documents import read_document

    document, _ = read_document(path, text.encode("utf-8"))
    data: Any = None if document is None else document.data
    for step in pointer:
        data = data[step]
    return data
