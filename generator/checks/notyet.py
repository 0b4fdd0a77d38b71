"""Keys that the schemas accept and nothing reads yet: whoever writes one is told not to count on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Pointer, Ref
from generator.kinds import kind_of
from generator.records import dataclass
from generator.settings import PATH

ANY = "*"
"""In a way: every entry of a map or a list."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A key by its way (`*/until`), and what does not happen although it is written."""

    way: str
    absent: str


# Whoever makes one of these keys work takes its line out.
UNREAD: Mapping[str, tuple[Unread, ...]] = {}


@check("schema/not-yet", level="warning")
def not_yet(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A key is accepted, and does nothing yet.

    The form of the sources is settled before everything that they can say has its effect. Keep the key for later or
    leave it out, and until then see by hand to what it asks for; the message says what does not happen.

    Not named is a fact that is good to write down at once, though only what is to come reads it: `github` of a person.
    """
    for path, kind, data in _sources(catalog):
        for each in UNREAD.get(kind, ()):
            for pointer, value in _found(data, tuple(each.way.split("/"))):
                if value is not None:
                    yield Finding(
                        Ref(path, pointer, "key"),
                        f"{pointer[-1]} is accepted and does nothing yet: {each.absent}",
                        "keep it for later or leave it out, and do not count on it",
                    )


def _sources(catalog: Catalog) -> Iterator[tuple[str, str, object]]:
    """Path, kind and data of everything that could be read."""
    yield PATH, "settings", catalog.settings.values
    for path, document in catalog.documents.items():
        kind = kind_of(path)
        if kind is not None and path not in catalog.unread:
            yield path, kind.name, document.data


def _found(data: object, way: Pointer, here: Pointer = ()) -> Iterator[tuple[Pointer, object]]:
    """What is written at a way: its pointers and values."""
    if not way:
        yield here, data
        return
    for key, value in _entries(data):
        if way[0] in (ANY, key):
            yield from _found(value, way[1:], (*here, key))


def _entries(data: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(data, Mapping):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()
