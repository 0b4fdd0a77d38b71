"""Ids for what is imported: components by their names, incidents by their day and title; the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.catalog import Catalog
from generator.importers.names import free, slug
from generator.importers.status_page.page import Part
from generator.kinds.status import Component

LONGEST = 60
"""Letters of a slug: it is a file's name or a key, an address and a line in a list."""
_WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")


def component_ids(parts: list[Part], catalog: Catalog | None) -> dict[str, str]:
    """Key → id. What the repository knows by that name, at that place, keeps its id."""
    known = dict(_known(catalog)) if catalog is not None else {}
    given = _Given(known.values())
    found: dict[str, str] = {}
    for group, part in _all(parts):
        place = (group.name.lower() if group else "", part.name.lower())
        if place in known:
            found[part.key] = known[place]
            continue
        wish = _short(slug(part.name))
        if wish in given.taken and group is not None:
            wish = f"{_short(slug(group.name))}-{wish}"
        found[part.key] = given.give(wish)
    return found


def _all(parts: list[Part]) -> Iterator[tuple[Part | None, Part]]:
    """Those of the top first: where names meet, the one in a group takes the group's name in front."""
    yield from ((None, part) for part in parts)
    yield from ((part, each) for part in parts for each in part.parts)


def _known(catalog: Catalog) -> Iterator[tuple[tuple[str, str], str]]:
    names = {each.id: each.name.text().lower() for each in catalog.all(Component)}
    for each in catalog.all(Component):
        for name in each.name.values():
            yield (names.get(each.group or "", ""), name.lower()), each.id


class _Given:
    """Ids, each given once. Counting goes on where it stopped: a file may hold one name a hundred thousand times."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._next: dict[str, int] = {}

    def give(self, wish: str) -> str:
        """The id, or with a number that nobody has."""
        found = free(wish, self.taken, self._next.get(wish, 2))
        if found != wish:
            self._next[wish] = int(found.rpartition("-")[2]) + 1
        self.taken.add(found)
        return found


class EventIds:
    """Ids `<date>-<slug>` of incidents or maintenances, each given once."""

    def __init__(self) -> None:
        self._given = _Given()

    def give(self, at: datetime, wish: str) -> str:
        """The id of something that began at an instant (UTC); a whole id is kept where its date is right."""
        day = f"{at:%Y-%m-%d}"
        if not (_WHOLE.fullmatch(wish) and wish.startswith(day)):
            wish = f"{day}-{_short(slug(wish))}"
        return self._given.give(wish)


def _short(text: str) -> str:
    """Cut between words."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition("-")[0] or text[:LONGEST]
