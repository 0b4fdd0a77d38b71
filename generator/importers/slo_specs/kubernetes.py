"""The shell around an object of Kubernetes: what it is called, and what only the cluster needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.documents.stream import Node
from generator.importers.slo_specs.reader import Reader

OF_THE_CLUSTER = (
    *("namespace", "labels", "annotations", "creationTimestamp", "uid", "resourceVersion", "generation"),
    *("managedFields", "ownerReferences", "finalizers", "selfLink", "generateName", "deletionTimestamp"),
)
IMPORTS = {
    "openslo/": "openslo",
    "pyrra.dev/": "pyrra",
    "sloth.": "sloth",
    "prometheus/": "sloth",
    "monitoring.coreos.com/": "prometheus",
}
"""What reads an object, by how its version starts."""


def metadata(top: Reader, keep: Iterable[str] = ()) -> Reader:
    """The metadata of an object: what only the cluster needs is told in one note. `keep` is read by the caller."""
    top.seen |= {"apiVersion", "kind", "status"}
    meta = top.child("metadata")
    meta.seen.add("name")
    left = [key for key in OF_THE_CLUSTER if key not in keep and meta.raw(key) is not None]
    if left:
        said = f"{', '.join(left)} of the Kubernetes object left out: only the cluster needs that"
        top.notes.told(meta.where(left[0]), said)
    return meta


def objects(node: Node) -> Iterator[Node]:
    """What is in a document: itself, the entries of a list, the items of a `List`, however they are nested."""
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        items = each.items if each.items is not None else _of_list(each)
        if items is not None:
            waiting[:0] = items
        elif not each.is_null:
            yield each


def text(node: Node, key: str) -> str:
    """The text under a key of a map; empty where there is none."""
    found = node.get(key)
    return (found.text or "").strip() if found is not None else ""


def stranger(node: Node) -> str:
    """Which import reads an object that is of another kind; empty where none does."""
    said = f"{text(node, 'apiVersion')} {text(node, 'version')}".strip()
    found = next((kind for start, kind in IMPORTS.items() if said.startswith(start)), "")
    found = found or ("prometheus" if node.get("groups") is not None else "")
    return f"tocsin import {found} reads it" if found else ""


def _of_list(node: Node) -> list[Node] | None:
    items = node.get("items")
    return items.items if text(node, "kind").endswith("List") and items is not None else None
