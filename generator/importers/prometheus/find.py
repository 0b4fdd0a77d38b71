"""Where in a file rule groups are: a rule file, an object for the Prometheus operator, a list of objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.documents.stream import Node
from generator.importers.base import Given, Imported
from generator.importers.fields import Fields, text

OBJECTS = ("PrometheusRule", "VMRule", "AlertingRule")
"""Kinds of objects whose `spec.groups` are rule groups."""
SERVERS_OWN = ("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "name")
"""What a server writes into an object's metadata, and the name, which becomes the service's."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Rule groups that belong together: one file's, or one object's."""

    name: tuple[str, ...]
    """Folders, and the file's or the object's name."""
    groups: Node


def units(file: Given, imported: Imported) -> Iterator[Unit]:
    """The units of a file. All else in it is reported."""
    stream = file.stream
    imported.unreadable(stream)
    folders = Path(file.path).absolute().parts[1:]
    for document in stream.documents:
        if not document.is_null:
            yield from _of_document(document, folders, imported)


def _of_document(document: Node, name: tuple[str, ...], imported: Imported) -> Iterator[Unit]:
    if document.entries is None:
        imported.told(document, "a document that is no map holds no rules: passed over")
        return
    fields = Fields(document, "the document", imported)
    kind = text(document.get("kind"))
    if kind is not None and kind.endswith("List") and (items := fields.take("items")) is not None:
        for item in items.items or ():
            yield from _of_document(item, name, imported)
    elif kind is not None:
        yield from _of_object(fields, kind, name, imported)
    elif (groups := fields.take("groups")) is not None:
        yield Unit(name, groups)
        for key, where, _ in fields.rest():
            imported.lost(where, f"{key} beside groups is not kept: rule files of Prometheus do not have it")
    else:
        keys = ", ".join(list(fields.left)[:5])
        imported.told(document, f"a document without groups holds no rules: passed over (it has {keys or 'nothing'})")


def _of_object(fields: Fields, kind: str, name: tuple[str, ...], imported: Imported) -> Iterator[Unit]:
    if kind not in OBJECTS:
        imported.told(fields.node, f"an object of kind {kind} holds no rules: passed over")
        return
    fields.take("kind"), fields.take("apiVersion"), fields.take("status")
    metadata, spec = fields.take("metadata"), fields.take("spec")
    own = text(metadata.get("name")) if metadata else None
    namespace = text(metadata.get("namespace")) if metadata else None
    where = (*name[:-1], *([namespace] if namespace else []))
    if metadata is not None:
        _tell_metadata(metadata, own or name[-1], imported)
    inner = Fields(spec or fields.node, f"spec of {own or kind}", imported)
    groups = inner.take("groups") if spec is not None else None
    if groups is not None:
        yield Unit((*where, own) if own else name, groups)
    for outer in (fields, inner) if spec is not None else (fields,):
        for key, at, _ in outer.rest():
            imported.lost(at, f"{key} of {kind} {own or ''} is not kept: an object for rules has groups alone")


def _tell_metadata(metadata: Node, said: str, imported: Imported) -> None:
    """Labels choose which server loads the object: worth knowing, and nothing that a rule means."""
    for key, value in metadata.entries or ():
        if key.text in ("labels", "annotations") and value.entries:
            names = ", ".join(f"{name.text}={each.text}" for name, each in value.entries)
            imported.told(key, f"{key.text} of the object {said} are not part of its rules: {names}")
