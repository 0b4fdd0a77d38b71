"""Pyrra: `pyrra.dev/v1alpha1 ServiceLevelObjective`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from generator import times
from generator.analysis.slos.selectors import Selector, parse_selector
from generator.analysis.slos.sli import WINDOW
from generator.documents.stream import Node
from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.slo_specs.alerting import Urgencies, kept_annotations, kept_labels
from generator.importers.slo_specs.kubernetes import metadata, objects, stranger, text
from generator.importers.slo_specs.numbers import number, objective, period, span
from generator.importers.slo_specs.promql import unwrapped
from generator.importers.slo_specs.reader import Notes, Reader, Refused, Said
from generator.importers.slo_specs.slo import Left, ReadSlo, gather

OWN = "pyrra.dev/"
"""Labels and annotations with this prefix are carried onto alerts."""
SERVICE_LABELS = (f"{OWN}service", "app.kubernetes.io/part-of", "app.kubernetes.io/name", "service", "app")
LEFT = {
    "partial_response_strategy": "it is a setting of Thanos' ruler",
    "rulenamespace": "where rules are loaded is up to whoever deploys them",
    "performanceOverAccuracy": "the period's budget is the exact sum here",
}
FORM = "apiVersion: pyrra.dev/v1alpha1 and kind: ServiceLevelObjective are expected"
_Part = tuple[dict[str, Any], list[Selector]]
"""The keys of `sli`, and the selectors in it."""


def read(given: Sequence[Given], options: Options) -> Imported:
    """The services of all files."""
    out = Imported()
    urgencies = Urgencies(options.page, options.ticket)
    gather([slo for each in given for slo in _file(each, out, urgencies)], options, out)
    return out


def _file(given: Given, out: Imported, urgencies: Urgencies) -> Iterator[ReadSlo | Left]:
    out.unreadable(given.stream)
    for document in given.stream.documents:
        for node in objects(document):
            if not text(node, "apiVersion").startswith(OWN) or text(node, "kind") != "ServiceLevelObjective":
                out.refused(node, "this is no object of Pyrra's", stranger(node) or FORM)
                continue
            top = Reader(node, Notes(out))
            try:
                yield _Object(top, urgencies).slo()
            except Refused as reason:
                top.notes.refused(reason)
                yield from _left(node)
            else:
                top.close()


def _left(node: Node) -> Iterator[Left]:
    """An object that was not imported, where it says of which service it is."""
    labels = (node.get("metadata") or node).get("labels")
    service = next((said for name in SERVICE_LABELS if labels is not None and (said := text(labels, name))), "")
    if service:
        yield Left(node, service, text(node.get("metadata") or node, "name"))


class _Object:
    """One object."""

    def __init__(self, top: Reader, urgencies: Urgencies) -> None:
        self.top, self.notes, self.urgencies = top, top.notes, urgencies
        self.meta = metadata(top, keep=("labels", "annotations"))
        self.spec = top.child("spec")
        self.name = self.meta.needed("name", "the metadata")

    def slo(self) -> ReadSlo:
        """The SLO; what could not be kept is told when the object is closed."""
        spec = self.spec
        goal = objective(spec, "target", self.name)
        if float(goal) < 1:
            self.notes.told(spec.where("target"), f"a target of {goal} is {goal} %", "write 99.9 where 0.999 was meant")
        part, indicator = self.indicator(spec.child("indicator"))
        sli, selectors = part
        grouping = list(dict.fromkeys(indicator.texts("grouping")))
        for key, why in LEFT.items():
            spec.leave(key, why, lost=False)
        window = spec.needed("window", f"SLO '{self.name}'")
        description = spec.text("description")
        service = self.service(selectors)
        data = {
            "objective": goal,
            "description": Said(" ".join(description.split()), description.at),
            "period": period(window, spec.where("window"), spec),
            "sli": _grouped(sli, grouping),
            "group_by": grouping,
            "labels": kept_labels(self.own("labels"), self.notes, service),
            "annotations": kept_annotations(self.own("annotations"), self.notes),
        }
        return ReadSlo(
            self.top.node, service, self.name, data | self.alerting(spec.child("alerting")), notes=self.notes
        )

    def own(self, key: str) -> dict[str, Said]:
        """Labels or annotations that Pyrra carries onto alerts; the others are the cluster's."""
        said = self.meta.words(key)
        others = [name for name in said if not name.startswith(OWN) and name not in SERVICE_LABELS]
        if others:
            why = f"{key} {', '.join(others)} left out: only those that start with {OWN} reach alerts"
            self.notes.told(self.meta.where(key), why)
        return {name.removeprefix(OWN): value for name, value in said.items() if name.startswith(OWN) and value}

    def service(self, selectors: Sequence[Selector]) -> str:
        """A label says it, else the job that all selectors name, else the object is a service of its own."""
        labels = self.meta.words("labels")
        for name in SERVICE_LABELS:
            if labels.get(name):
                return labels[name]
        jobs = {_job(each) for each in selectors}
        found = jobs.pop() if len(jobs) == 1 else ""
        if not found:
            why = f"no label and no job says of which service SLO '{self.name}' is: it gets one of its own"
            self.notes.told(
                self.meta.where("name"), why, f"write label {OWN}service: NAME, or import with --service NAME"
            )
        return found or self.name

    def indicator(self, node: Reader) -> tuple[_Part, Reader]:
        """Exactly one of Pyrra's four."""
        kinds = {"ratio": self.ratio, "latency": self.latency, "latencyNative": self.native, "bool_gauge": self.gauge}
        given = [key for key in kinds if key in node]
        if len(given) != 1:
            said = " and ".join(given) if given else f"none of {', '.join(kinds)}"
            raise Refused(
                node.node, f"SLO '{self.name}' was not imported: its indicator has {said}", "keep exactly one"
            )
        part = node.child(given[0])
        return kinds[given[0]](part), part

    def ratio(self, node: Reader) -> _Part:
        errors, total = self.metric(node.child("errors")), self.metric(node.child("total"))
        return {"errors": errors[0], "total": total[0]}, [errors[1], total[1]]

    def latency(self, node: Reader) -> _Part:
        good, total = self.metric(node.child("success")), self.metric(node.child("total"))
        bound = any(re.match(r"le[=!]", each) for each in good[1].matchers)
        if good[1].metric.endswith("_bucket") and not bound:
            why = f"SLO '{self.name}' was not imported: its success names no bucket, so every event counts many times"
            raise Refused(node.child("success").where("metric"), why, 'write {…, le="0.5"}: the bound in seconds')
        sli = _histogram(good[1], total[1], total[0])
        return sli or {"good": good[0], "total": total[0]}, [good[1], total[1]]

    def native(self, node: Reader) -> _Part:
        total, selector = self.metric(node.child("total"))
        under = node.needed("latency", f"the indicator of '{self.name}'")
        if not span(under):
            raise Refused(node.where("latency"), f"latency '{under[:40]}' is no span of time", "write it like 250ms")
        return {"histogram": total, "under": under, "native": True}, [selector]

    def gauge(self, node: Reader) -> _Part:
        up, selector = self.metric(node)
        return {"gauge": up}, [selector]

    def metric(self, node: Reader) -> tuple[Said, Selector]:
        """The selector as it was written, and taken apart."""
        query = node.needed("metric", f"the indicator of '{self.name}'")
        try:
            selector = parse_selector(unwrapped(query))
        except ValueError as reason:
            why = f"SLO '{self.name}' was not imported: {reason}"
            raise Refused(node.where("metric"), why, "Pyrra itself takes nothing else") from None
        return Said(str(selector), query.at), selector

    def alerting(self, node: Reader) -> dict[str, Any]:
        off = Said("off", node.raw("disabled")) if node.flag("disabled", default=False) else None
        burning = off or (None if node.flag("burnrates", default=True) else Said("off", node.raw("burnrates")))
        absent = off or (None if node.flag("absent", default=True) else Said("off", node.raw("absent")))
        node.leave("absentName", "the alert about missing data is called as the SLO's, with NoData behind it")
        return {
            "alert": node.text("name"),
            "severities": self.urgencies.off(self.notes, page=burning, ticket=burning),
            "no_data": absent,
        }


def _job(selector: Selector) -> str:
    """The value of `job="…"`; empty where no matcher says it as plain text."""
    found = [each[4:].strip("\"'`") for each in selector.matchers if each.startswith("job=") and each[4] != "~"]
    return found[0] if len(found) == 1 and "\\" not in found[0] else ""


def _histogram(good: Selector, total: Selector, written: Said) -> dict[str, Any] | None:
    """The histogram behind a bucket and a count of the same series, where the bucket's bound is a span of time."""
    base = good.metric.removesuffix("_bucket")
    bounds = [each for each in good.matchers if each.startswith("le=") and each[3] != "~"]
    others = [each for each in good.matchers if each not in bounds]
    if len(bounds) != 1 or set(others) != set(total.matchers) or base == good.metric or total.metric != f"{base}_count":
        return None
    seconds = number(bounds[0][3:].strip("\"'`"))
    if seconds is None or seconds * 1000 % 1 or not 0 < seconds < 10**6:
        return None
    under = times.format_duration(timedelta(milliseconds=int(seconds * 1000)))
    return {"histogram": Said(str(Selector(base, total.matchers)), written.at), "under": Said(under, written.at)}


def _grouped(sli: dict[str, Any], grouping: Sequence[str]) -> dict[str, Any]:
    """A gauge has no form of its own: of all samples, those that are not 1. Pyrra counts them the same way."""
    if "gauge" not in sli:
        return sli
    by = f" by ({', '.join(grouping)}) " if grouping else ""
    gauge, at = sli["gauge"], sli["gauge"].at
    samples = f"sum{by}(count_over_time({gauge}[{WINDOW}]))"
    errors = f"{samples} - sum{by}(sum_over_time({gauge}[{WINDOW}]))"
    return {"error_query": Said(errors, at), "total_query": Said(samples, at)}


IMPORTER = Importer("pyrra", "objects of Pyrra: ratio, latency, latencyNative and bool_gauge", read)
