"""The objects of OpenSLO: they refer to each other by name, across documents and files."""

from __future__ import annotations

from dataclasses import field

from generator.documents.stream import Node
from generator.findings import did_you_mean
from generator.importers.base import Imported
from generator.importers.slo_specs.kubernetes import text
from generator.importers.slo_specs.reader import Notes, Reader, Refused, Said
from generator.records import dataclass

KINDS = ("DataSource", "Service", "SLI", "SLO", "AlertPolicy", "AlertCondition", "AlertNotificationTarget")


@dataclass(slots=True)
class Thing:
    """An object that others name."""

    node: Node
    kind: str
    name: str
    reader: Reader
    used: bool = False


@dataclass(slots=True)
class Things:
    """All objects of all files, by kind and name."""

    out: Imported
    by_kind: dict[str, dict[str, Thing]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    slos: list[Node] = field(default_factory=list)

    def add(self, node: Node) -> None:
        """Takes one in; of two with the same kind and name the first counts, and the other is told."""
        kind = text(node, "kind")
        metadata = node.get("metadata")
        thing = Thing(node, kind, text(metadata, "name") if metadata else "", Reader(node, Notes(self.out)))
        if kind == "SLO":
            self.slos.append(node)
        elif kind not in KINDS:
            self.out.refused(node, f"kind '{kind[:40]}' of OpenSLO is not read here", did_you_mean(kind, KINDS))
        elif self.by_kind[kind].setdefault(thing.name, thing) is not thing:
            self.out.lost(node, f"there is a {kind} '{thing.name}' already: this one was left out")

    def find(self, kind: str, name: Said, slo: str) -> Reader:
        """The object of that name.

        Raises:
            Refused: there is none.
        """
        found = self.known(kind, name)
        if found is None:
            where = name.at or self.slos[0]
            hint = did_you_mean(name, self.by_kind[kind]) or f"import the file with that {kind} together with this one"
            raise Refused(where, f"SLO '{slo}' was not imported: there is no {kind} '{name}' in these files", hint)
        return found

    def known(self, kind: str, name: str) -> Reader | None:
        """The object of that name, or None."""
        found = self.by_kind[kind].get(name)
        if found is None:
            return None
        found.used = True
        return found.reader


def leave_alerting(things: Things) -> None:
    """Policies, conditions and targets have no home here: each is told, with what to write instead."""
    for thing in things.by_kind["AlertPolicy"].values():
        policy(thing.reader, thing.name)
    for thing in things.by_kind["AlertCondition"].values():
        condition(thing.reader)
    for thing in things.by_kind["AlertNotificationTarget"].values():
        why = f"AlertNotificationTarget '{thing.name}' is left out: who is told is the team's to say"
        things.out.lost(thing.node, why, "a team's file has slack:, email: and receivers:")
    for kind in ("SLI", "Service"):
        for thing in things.by_kind[kind].values():
            if not thing.used:
                things.out.lost(thing.node, f"{kind} '{thing.name}' is left out: no SLO in these files names it")
            else:
                _close(thing)
    for thing in things.by_kind["DataSource"].values():
        why = f"DataSource '{thing.name}' is left out: rules run inside Prometheus and need no connection to it"
        things.out.told(thing.node, why)


def _close(thing: Thing) -> None:
    """Tells of what an object that was used has beside that."""
    thing.reader.seen |= {"apiVersion", "kind"}
    metadata = thing.reader.child("metadata")
    metadata.seen |= {"name", "displayName"}
    for key in ("labels", "annotations"):
        metadata.leave(key, f"only those of an SLO have a home here, not those of a {thing.kind}")
    thing.reader.child("spec").seen.add("description")
    thing.reader.close()


def policy(reader: Reader, name: str) -> None:
    """Tells of an alert policy, and of the conditions that are written inside."""
    why = f"AlertPolicy '{name}' is left out: alerts come from the severity map, for every SLO alike"
    reader.notes.lost(reader.node, why, "alerts/severity-map.yaml says which burn rates page")
    for each in reader.child("spec").items("conditions"):
        if "spec" in each:
            condition(each)


def condition(reader: Reader) -> None:
    """Tells of a condition in the words of the severity map."""
    name = reader.child("metadata").text("name")
    spec = reader.child("spec")
    said = spec.child("condition")
    threshold, window, after = (said.text(key) for key in ("threshold", "lookbackWindow", "alertAfter"))
    why = f"AlertCondition '{name}' is left out: burn rate {threshold or '?'} over {window or '?'}"
    why += (f", after {after}" if after else "") + f", severity {spec.text('severity') or '?'}"
    pair = f"{{burn_rate: {threshold or 2}, window: [{_short(window)}, {window or '1h'}]}}"
    hint = f"the severity map has pairs of windows: {pair}"
    reader.notes.lost(reader.node, why, hint)


def _short(window: str) -> str:
    """The short window that usually goes with a long one: a twelfth."""
    return {"1h": "5m", "6h": "30m", "1d": "2h", "24h": "2h", "3d": "6h"}.get(window, "5m")
