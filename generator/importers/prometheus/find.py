"""Where in a file rule groups are: a rule file, objects of the Prometheus operator, files that carry such files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.documents.stream import Node, Stream, read_stream
from generator.importers.base import Given, Imported
from generator.importers.fields import Fields, text
from generator.records import dataclass

OBJECTS = ("PrometheusRule", "VMRule", "AlertingRule")
"""Kinds of objects whose `spec.groups` are rule groups."""
DEPTH = 4
"""How deep in other files (the values of a chart) rule files are looked for."""
TEMPLATE = re.compile(r"(?m)^\s*(?:- )?\{[{%]")
FIRST_FORMAT = re.compile(r"(?m)^\s*ALERT\s+\w+\s*(?:$|IF\s)")


@dataclass(frozen=True, slots=True)
class Unit:
    """Rule groups that belong together: one file's, or one object's."""

    name: tuple[str, ...]
    """Folders, and the file's or the object's name."""
    groups: Node


def units(file: Given, imported: Imported) -> Iterator[Unit]:
    """The units of a file. All else in it is reported."""
    stream = file.stream
    for each in stream.findings:
        imported.refused(each.where, each.message, _form(file) or each.hint)
    found = _Finder(stream, imported)
    name = Path(file.path).absolute().parts[1:]
    for document in stream.documents:
        if not document.is_null:
            yield from found.in_document(document, name)


def _form(file: Given) -> str:
    """What to do with a file that is not YAML yet, or no longer."""
    start = file.raw.decode("utf-8", "replace")
    if TEMPLATE.search(start):
        return "it is a template: render it first (helm template, ansible), and import what comes out"
    return FIRST_HINT if FIRST_FORMAT.search(start) else ""


FIRST_HINT = "it has the form of Prometheus 1: promtool 2.0 to 2.4 turns it into YAML (promtool update rules FILE)"


class _Finder:
    """Looks through the documents of one file."""

    def __init__(self, stream: Stream, imported: Imported) -> None:
        self.stream, self.imported = stream, imported
        self.rule_files = 0

    def in_document(self, node: Node, name: tuple[str, ...]) -> Iterator[Unit]:
        if node.entries is None:
            old = FIRST_FORMAT.search(node.text or "")
            message = "a document that is no map holds no rules: passed over"
            self.imported.refused(node, message, FIRST_HINT) if old else self.imported.told(node, message)
            return
        fields = Fields(node, "the document", self.imported)
        kind = text(node.get("kind"))
        if kind is not None and (kind.endswith("List") or kind == "ConfigMap" or kind in OBJECTS):
            yield from self.in_object(fields, kind, name)
        elif (groups := node.get("groups")) is not None and _are_groups(groups):
            yield from self.in_rule_file(fields, groups, name)
        else:
            yield from self.elsewhere(node, name)

    def in_rule_file(self, fields: Fields, groups: Node, name: tuple[str, ...]) -> Iterator[Unit]:
        fields.take("groups")
        self.rule_files += 1
        if self.rule_files > 1:
            hint = "compare before you build: these rules were not in force"
            self.imported.told(groups, "Prometheus reads only the first document of a rule file; this is another", hint)
        yield Unit(name, groups)
        for key, where, value in fields.rest():
            said = "" if value.text is None else f" ({value.text})"
            self.imported.lost(where, f"{key}{said} beside groups is not kept: rule files of Prometheus do not have it")

    def in_object(self, fields: Fields, kind: str, name: tuple[str, ...]) -> Iterator[Unit]:
        metadata = fields.take("metadata")
        own = text(metadata.get("name")) if metadata else None
        namespace = text(metadata.get("namespace")) if metadata else None
        where = (*name[:-1], *([namespace] if namespace else []))
        if kind.endswith("List") and (items := fields.take("items")) is not None:
            for item in items.items or ():
                yield from self.in_document(item, name)
        elif kind == "ConfigMap":
            yield from self.in_config_map(fields.take("data"), (*where, own or name[-1]))
        else:
            yield from self.in_rules_object(fields, kind, (*where, own) if own else name)
            if metadata is not None:
                _tell_metadata(metadata, own or name[-1], self.imported)

    def in_rules_object(self, fields: Fields, kind: str, name: tuple[str, ...]) -> Iterator[Unit]:
        for key in ("kind", "apiVersion", "status"):
            fields.take(key)
        spec = fields.take("spec")
        if spec is not None:
            inner = Fields(spec, f"spec of {kind} {name[-1]}", self.imported)
            groups = inner.take("groups")
            if groups is not None:
                yield Unit(name, groups)
            self.lose(inner)
        self.lose(fields)

    def lose(self, fields: Fields) -> None:
        for key, at, _ in fields.rest():
            self.imported.lost(at, f"{key} in {fields.said} is not kept: it is no part of the rules")

    def in_config_map(self, data: Node | None, name: tuple[str, ...]) -> Iterator[Unit]:
        """Rule files as texts inside another file."""
        for key, value in (data.entries or ()) if data is not None else ():
            inner = read_stream(value.path, (value.text or "").encode(), value.line + 1 if value.block else value.line)
            rules = [each for each in inner.documents if (groups := each.get("groups")) and _are_groups(groups)]
            if rules:
                self.stream.comments = sorted([*self.stream.comments, *inner.comments], key=lambda each: each.line)
                finder = _Finder(inner, self.imported)
                for each in inner.documents:
                    yield from finder.in_document(each, (*name, key.text or ""))
            else:
                self.imported.told(key, f"{key.text} of ConfigMap {name[-1]} holds no rules: passed over")

    def elsewhere(self, node: Node, name: tuple[str, ...]) -> Iterator[Unit]:
        """Rule files under the keys of some other file, such as the values of a chart."""
        found = list(_nested(node, name, DEPTH))
        for place, groups in found:
            yield Unit(place, groups)
        kind = text(node.get("kind"))
        keys = ", ".join([key.text or "" for key, _ in node.entries or ()][:5])
        has = "whose groups have no rules" if node.get("groups") is not None else "without groups"
        said = f"an object of kind {kind}" if kind else f"a document {has} (it has {keys or 'nothing'})"
        rest = "but for what was found inside it" if found else "passed over"
        self.imported.told(node, f"{said} holds no rules: {rest}")


def _are_groups(node: Node) -> bool:
    return node.items is not None and (not node.items or any(each.get("rules") is not None for each in node.items))


def _nested(node: Node, name: Sequence[str], depth: int) -> Iterator[tuple[tuple[str, ...], Node]]:
    """(name, groups) of every map with rule groups in it."""
    if depth < 0:
        return
    for key, value in node.entries or ():
        groups = value.get("groups")
        if groups is not None and groups.items and _are_groups(groups):
            yield (*name, key.text or ""), groups
        else:
            yield from _nested(value, (*name, key.text or ""), depth - 1)
    for item in node.items or ():
        groups, own = item.get("groups"), text(item.get("name"))
        if groups is not None and groups.items and _are_groups(groups):
            yield ((*name, own) if own else tuple(name)), groups


def _tell_metadata(metadata: Node, said: str, imported: Imported) -> None:
    """Labels choose which server loads the object: worth knowing, and nothing that a rule means."""
    for key, value in metadata.entries or ():
        if key.text in ("labels", "annotations") and value.entries:
            names = ", ".join(f"{name.text}={each.text}" for name, each in value.entries)
            imported.told(key, f"{key.text} of the object {said} are not part of its rules: {names}")
