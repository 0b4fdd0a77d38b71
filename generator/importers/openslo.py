"""OpenSLO: `openslo/v1` and `openslo/v1alpha`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.documents.stream import Node
from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.slo_specs.alerting import kept_labels
from generator.importers.slo_specs.kubernetes import objects, stranger, text
from generator.importers.slo_specs.names import ident
from generator.importers.slo_specs.numbers import objective, period
from generator.importers.slo_specs.openslo_sli import Sli
from generator.importers.slo_specs.openslo_things import Things, leave_alerting, policy
from generator.importers.slo_specs.reader import Notes, Reader, Refused, Said
from generator.importers.slo_specs.slo import Left, ReadSlo, gather

VERSIONS = ("openslo/v1", "openslo/v1alpha")
UNITS = {"second": "s", "minute": "m", "hour": "h", "day": "d", "week": "w", "month": "M", "quarter": "Q", "year": "Y"}


def read(given: Sequence[Given], options: Options) -> Imported:
    """The services of all files."""
    out = Imported()
    things = Things(out)
    for each in given:
        out.unreadable(each.stream)
        for document in each.stream.documents:
            for node in objects(document):
                _sort(node, things)
    slos = [slo for node in things.slos for slo in _of(node, things)]
    gather(slos, options, out)
    leave_alerting(things)
    return out


def _sort(node: Node, things: Things) -> None:
    version = text(node, "apiVersion")
    if version in VERSIONS:
        things.add(node)
    elif version.startswith("openslo"):
        things.out.refused(node, f"version {version[:40]} is not read here", f"{' and '.join(VERSIONS)} are")
    else:
        things.out.refused(node, "this is no object of OpenSLO", stranger(node) or "apiVersion: openslo/v1 is expected")


def _of(node: Node, things: Things) -> Iterator[ReadSlo | Left]:
    top = Reader(node, Notes(things.out))
    try:
        yield from _Slo(top, things).read()
    except Refused as reason:
        top.notes.refused(reason)
        spec, metadata = node.get("spec"), node.get("metadata")
        if spec is not None and (service := text(spec, "service")):
            yield Left(node, service, text(metadata or node, "name"))
        return
    top.close()


class _Slo:
    """One object of kind SLO."""

    def __init__(self, top: Reader, things: Things) -> None:
        self.notes, self.things = top.notes, things
        top.seen |= {"apiVersion", "kind"}
        self.meta, self.spec = top.child("metadata"), top.child("spec")
        self.name = self.meta.needed("name", "the metadata")
        self.alpha = top.text("apiVersion") == "openslo/v1alpha"

    def read(self) -> list[ReadSlo]:
        """One SLO for each objective."""
        spec = self.spec
        service = spec.needed("service", f"SLO '{self.name}'")
        labels = kept_labels(self.labels(), self.notes, service)
        self.occurrences()
        shared = {"period": self.period(), "labels": labels}
        self.meta.leave("annotations", "they are for the program that reads the specification", lost=False)
        self.policies()
        objectives = spec.items("objectives")
        if not objectives:
            raise Refused(spec.where("objectives"), f"SLO '{self.name}' was not imported: it has no objective")
        names = self.names(objectives)
        indicator = Sli(self.name, spec, self.notes, self.things, alpha=self.alpha)
        about = self.service_description(service)
        return [
            ReadSlo(
                each.node,
                service,
                name,
                shared | self.objective(each, indicator, len(objectives)),
                {},
                about,
                self.notes,
            )
            for each, name in zip(objectives, names, strict=True)
        ]

    def names(self, objectives: Sequence[Reader]) -> list[str]:
        """Of several objectives by what each is called, where that tells them apart, else by number."""
        if len(objectives) == 1:
            return [self.name]
        called = [each.text("displayName") for each in objectives]
        apart = all(called) and len(set(called)) == len(called)
        self.notes.told(objectives[0].node, f"SLO '{self.name}' has {len(objectives)} objectives: each is an SLO here")
        return [ident(f"{self.name} {word if apart else n}") for n, word in enumerate(called, 1)]

    def objective(self, node: Reader, indicator: Sli, count: int) -> dict[str, Any]:
        called = node.text("displayName")
        key, scale = ("targetPercent", 0) if "targetPercent" in node else ("target", 2)
        sli, group_by = indicator.made(node)
        for left in ("op", "value"):
            if left not in node.seen:
                node.leave(left, "it says something only of a thresholdMetric", lost=False)
        for left in ("timeSliceTarget", "timeSliceWindow"):
            node.leave(left, "it says something only of time slices", lost=False)
        words = [self.meta.text("displayName"), called if count > 1 else "", self.spec.text("description")]
        if count == 1 and called:
            words.insert(1, called)
        return {
            "objective": objective(node, key, self.name, scale),
            "description": _joined(words, self.spec.text("description")),
            "sli": sli,
            "group_by": group_by,
        }

    def labels(self) -> dict[str, Said]:
        """A label may have a list of values: then no label of an alert can say it."""
        found: dict[str, Said] = {}
        written = self.meta.child("labels")
        for name, (_, value) in written.keys.items():
            if value.text is not None:
                found[name] = Said(value.text.strip(), value)
            elif value.items is not None and len(value.items) == 1 and value.items[0].text is not None:
                found[name] = Said(value.items[0].text.strip(), value.items[0])
            else:
                why = f"label '{name[:40]}' is left out: it has several values, and labels here have one"
                self.notes.kept_out(name, value, value, why)
        written.seen.update(written.keys)
        return found

    def occurrences(self) -> None:
        method = self.spec.text("budgetingMethod") or "Occurrences"
        if method.lower() != "occurrences":
            why = f"SLO '{self.name}' was not imported: its budget counts time slices ({method[:40]}), not events"
            hint = "write budgetingMethod: Occurrences, or count slices yourself: sli: {error_ratio_query: "
            hint += "1 - avg_over_time((good / total >= bool 0.95)[{{.window}}:1m])}"
            raise Refused(self.spec.where("budgetingMethod"), why, hint)

    def period(self) -> Said | None:
        key = "timeWindows" if "timeWindows" in self.spec else "timeWindow"
        found = self.spec.raw(key)
        windows = [Reader(found, self.notes, key)] if found is not None and found.entries is not None else []
        windows = windows or self.spec.items(key)
        if len(windows) != 1:
            if windows:
                raise Refused(
                    self.spec.where(key), f"SLO '{self.name}' was not imported: it has {len(windows)} time windows"
                )
            self.notes.told(self.spec.node, f"SLO '{self.name}' names no time window: its period is 30d here")
            return None
        window = windows[0]
        if "calendar" in window or not window.flag("isRolling", default=True):
            self.calendar(window)
        window.seen.add("isRolling")
        length = window.needed("unit" if "unit" in window else "duration", "the time window")
        if "unit" in window:
            unit = UNITS.get(length.lower().removesuffix("s"), length)
            length = Said(f"{window.needed('count', 'the time window')}{unit}", length.at)
        made = period(length, length.at or window.node, window)
        window.close()
        return made

    def calendar(self, window: Reader) -> None:
        why = f"SLO '{self.name}' was not imported: its time window follows the calendar, and budgets here roll"
        hint = "a calendar's budget is whole again on the first day, whatever happened the day before: "
        hint += "write duration: 30d and isRolling: true, without calendar"
        raise Refused(window.where("calendar" if "calendar" in window else "isRolling"), why, hint)

    def service_description(self, service: Said) -> str:
        top = self.things.known("Service", service)
        if top is None:
            return ""
        meta, spec = top.child("metadata"), top.child("spec")
        return _joined([meta.text("displayName"), spec.text("description")], spec.text("description"))

    def policies(self) -> None:
        for each in self.spec.nodes("alertPolicies"):
            if each.entries is not None and each.get("spec") is not None:
                policy(Reader(each, self.notes), text(each.get("metadata") or each, "name"))
            else:
                name = each.text or text(each, "alertPolicyRef")
                self.notes.lost(each, f"alert policy '{name}' is left out: alerts come from the severity map")


def _joined(words: Sequence[str], at: str) -> Said:
    """`Name: description`, what is empty or said already left out."""
    said: list[str] = []
    for each in (" ".join(word.split()) for word in words):
        if each and not any(each.lower() in other.lower() for other in said):
            said.append(each)
    return Said(": ".join(said), getattr(at, "at", None))


IMPORTER = Importer("openslo", "specifications of OpenSLO (v1, v1alpha) whose queries are Prometheus'", read)
