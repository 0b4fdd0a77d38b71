"""Names for what findings are about, made from places: they stay when lines move and entries are added or sorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.findings import Ref, Step
from generator.kinds import kind_of

if TYPE_CHECKING:
    from generator.catalog import Catalog

NAMES = ("name", "alert", "record", "who", "title", "description", "at", "from", "page", "by", "expr", "burn_rate")
"""Keys by whose value people know an item of a list, the best first."""
LONG = 60


def subject_of(catalog: Catalog, where: Ref) -> str:
    """`cart/CartDown/annotations/summary` for a place in alerts/cart.yaml: the source's id, then names and keys."""
    document = catalog.documents.get(where.path)
    kind = kind_of(where.path)
    ident = (kind.id_of(where.path) if kind else None) or where.path.removesuffix(".yaml")
    return "/".join([ident, *_names(document.data if document else None, where.pointer)])


def _names(data: object, pointer: tuple[Step, ...]) -> Iterator[str]:
    """Keys as they are, items of lists by name; the key of a list says nothing beside the name of its item."""
    for index, step in enumerate(pointer):
        below = pointer[index + 1 : index + 2]
        data = _at(data, step)
        if isinstance(step, int):
            yield _name(data, step)
        elif not (isinstance(data, list) and below and isinstance(below[0], int)):
            yield step


def _at(data: object, step: Step) -> object:
    if isinstance(data, Mapping):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _name(item: object, position: int) -> str:
    if isinstance(item, Mapping):
        found = next((item[key] for key in NAMES if isinstance(item.get(key), str | int | float)), None)
    else:
        found = item if isinstance(item, str | int | float) else None
    return f"#{position + 1}" if found is None else " ".join(str(found).split())[:LONG]
