"""Sloth: `version: prometheus/v1`, and the Kubernetes form `sloth.slok.dev/v1 PrometheusServiceLevel`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.analysis.promql import refused_everywhere
from generator.analysis.slos.sli import has_window, with_window
from generator.documents.stream import Node
from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.slo_specs import alerting
from generator.importers.slo_specs.kubernetes import metadata, objects, stranger, text
from generator.importers.slo_specs.numbers import objective
from generator.importers.slo_specs.reader import Notes, Reader, Refused, Said
from generator.importers.slo_specs.slo import Left, ReadSlo, gather

CAMEL = {
    "page_alert": "pageAlert",
    "ticket_alert": "ticketAlert",
    "error_query": "errorQuery",
    "total_query": "totalQuery",
    "error_ratio_query": "errorRatioQuery",
    "slo_plugins": "sloPlugins",
}
"""Keys of the plain form, and what the Kubernetes form calls them. The other spelling is told, and read."""
VERSION = "prometheus/v1"
FORMS = "version: prometheus/v1, or kind: PrometheusServiceLevel, is expected"
PLUGINS = "plugins change the rules that Sloth makes"


def is_sloth(node: Node) -> bool:
    """Whether an object is of one of the two forms."""
    return text(node, "version").startswith("prometheus/") or text(node, "apiVersion").startswith("sloth.")


def read(given: Sequence[Given], options: Options) -> Imported:
    """The services of all files."""
    out = Imported()
    urgencies = alerting.Urgencies(options.page, options.ticket)
    slos = [slo for each in given for slo in _file(each, out, urgencies)]
    gather(slos, options, out)
    return out


def _file(given: Given, out: Imported, urgencies: alerting.Urgencies) -> Iterator[ReadSlo | Left]:
    out.unreadable(given.stream)
    for document in given.stream.documents:
        for node in objects(document):
            if is_sloth(node):
                yield from _Form(Reader(node, Notes(out)), urgencies).slos()
            else:
                out.refused(node, "this is no specification of Sloth's", stranger(node) or FORMS)


class _Form:
    """An object in one of the two forms: how its keys are spelt."""

    def __init__(self, top: Reader, urgencies: alerting.Urgencies) -> None:
        self.top = top
        self.notes = top.notes
        self.camel = "apiVersion" in top
        self.urgencies = urgencies

    def slos(self) -> Iterator[ReadSlo | Left]:
        """The SLOs; then what was not kept is told."""
        if self.camel:
            metadata(self.top)
        else:
            self.version(self.top.text("version"))
        spec = self.top.child("spec") if self.camel else self.top
        try:
            yield from self.service(spec)
        except Refused as reason:
            self.notes.refused(reason)
            self.top.abandon()
        self.top.close()

    def version(self, said: Said) -> None:
        """There is one version so far; of others something may be new."""
        if said != VERSION:
            why = f"version {said[:40]} is read as {VERSION}, the only one that is known here"
            self.notes.lost(self.top.where("version"), why)

    def key(self, node: Reader, name: str) -> str:
        """The key as it is spelt in the node, which may be as in the other form: then it is told."""
        own, other = (CAMEL[name], name) if self.camel else (name, CAMEL[name])
        if own in node or other not in node:
            node.seen.add(own)
            return own
        said = f"{other} is how Sloth's other form spells {own}: Sloth passes over it, here it is read"
        self.notes.told(node.where(other), said, f"check that {own} is what was meant")
        return other

    def service(self, spec: Reader) -> Iterator[ReadSlo | Left]:
        name = spec.needed("service", "this specification")
        labels = alerting.kept_labels(spec.words("labels"), self.notes, name)
        spec.leave(self.key(spec, "slo_plugins"), PLUGINS)
        nodes = spec.items("slos", apart=True)
        if not nodes:
            self.notes.lost(spec.node, f"service '{name}' has no SLO: nothing is written for it")
        for node in nodes:
            try:
                yield self.slo(node, name, labels)
            except Refused as reason:
                self.notes.refused(reason)
                node.abandon()
                yield Left(node.node, name, node.text("name") or "slo")

    def slo(self, node: Reader, service: str, labels: Mapping[str, Said]) -> ReadSlo:
        name = node.needed("name", "an SLO")
        if node.flag("disable", default=False):
            raise Refused(node.where("disable"), f"SLO '{name}' is disabled and was not imported", "leave disable out")
        data: dict[str, Any] = {
            "objective": objective(node, "objective", name),
            "description": node.text("description"),
            "sli": self.sli(node.child("sli"), name),
        }
        node.leave("plugins", PLUGINS)
        return ReadSlo(
            node.node,
            service,
            name,
            data | self.alerting(node, service),
            dict(labels),
            notes=node.notes,
            service_notes=self.notes,
        )

    def sli(self, node: Reader, slo: str) -> dict[str, Said]:
        """Exactly one of events, raw and plugin."""
        given = [key for key in ("events", "raw", "plugin") if key in node]
        if len(given) != 1:
            said = f"its sli has {' and '.join(given) if given else 'none of events, raw and plugin'}"
            raise Refused(node.node, f"SLO '{slo}' was not imported: {said}", "keep exactly one of them")
        part = node.child(given[0])
        if given[0] == "plugin":
            made = f"its SLI is made by plugin '{part.text('id')}', which is Go code of Sloth's"
            hint = "write the queries that it makes: sli: {events: {error_query: …, total_query: …}}"
            raise Refused(node.where("plugin"), f"SLO '{slo}' was not imported: {made}", hint)
        names = ("error_query", "total_query") if given[0] == "events" else ("error_ratio_query",)
        return {name: self.query(part, name, slo) for name in names}

    def query(self, part: Reader, name: str, slo: str) -> Said:
        key = self.key(part, name)
        query = part.needed(key, f"the SLI of '{slo}'")
        if why := refused_everywhere(with_window(query, "5m")):
            said = f"SLO '{slo}' was not imported: its {key} is not PromQL: {why}"
            raise Refused(part.where(key), said, "VictoriaMetrics' functions have no place in rules of Prometheus")
        if not has_window(query):
            why = f"{key} of '{slo}' has no {{{{.window}}}}: every leg looks at the same time"
            part.notes.lost(part.where(key), why, "write [{{.window}}] where the range of the rate stands")
        return query

    def alerting(self, slo: Reader, service: str) -> dict[str, Any]:
        node = slo.child("alerting")
        page, ticket = node.child(self.key(node, "page_alert")), node.child(self.key(node, "ticket_alert"))
        page_off, ticket_off = self.off(page), self.off(ticket)
        labels, annotations = (
            self.of_both(page, ticket, key, page_off, ticket_off) for key in ("labels", "annotations")
        )
        written = slo.words("labels") | node.words("labels") | labels
        texts = node.words("annotations") | annotations
        return {
            "alert": node.text("name"),
            "severities": self.urgencies.off(slo.notes, page=page_off, ticket=ticket_off),
            "labels": alerting.kept_labels(written, slo.notes, service),
            "annotations": alerting.kept_annotations(texts, slo.notes),
        }

    def off(self, node: Reader) -> Said | None:
        """What switches a sort of alert off; None where it is on."""
        return Said("off", node.raw("disable")) if node.flag("disable", default=False) else None

    def of_both(
        self, page: Reader, ticket: Reader, key: str, page_off: Said | None, ticket_off: Said | None
    ) -> dict[str, Said]:
        """What pages and tickets say alike; what only one of them says is told."""
        sides = ((page.words(key), "page", page_off), (ticket.words(key), "ticket", ticket_off))
        on = [(alerting.same_as_ours(said, urgency), urgency) for said, urgency, off in sides if off is None]
        if len(on) < 2:
            return on[0][0] if on else {}
        common = alerting.of_both(on[0][0], on[1][0], paging=True, ticketing=True)
        for said, urgency in on:
            alerting.tell_apart(said, common, urgency, page.notes)
        return common


IMPORTER = Importer("sloth", "SLO specifications of Sloth, plain or as Kubernetes objects", read)
