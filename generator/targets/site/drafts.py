"""Pages as they were written last in this process: while `tocsin serve` runs, those that say the same are not again.

What a page says follows from the few sources that its module names here, and from a frame: all sources but services,
runbooks and postmortems, which of those there are, and who is on call. So a word in a runbook changes few pages, and
whatever is in the frame changes all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.artifacts import Page
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.team import Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.targets.site.site import Nowhere, Site

_MANY = (Service, Runbook, Postmortem)
"""The kinds of which there are thousands."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page, and the links on it that lead nowhere."""

    made_from: bytes
    page: Page
    nowhere: tuple[Nowhere, ...]


_LAST: dict[str, _Draft] = {}
"""Path of a page → how it was written last."""


@dataclass(frozen=True)
class Drafts:
    """The pages of one site as they are written, or taken over."""

    site: Site
    _made: dict[str, _Draft] = field(default_factory=dict)

    def page(self, path: str, sources: Iterable[str], write: Callable[[], Page], *facts: object) -> Page:
        """A page: as it was, where its sources and `facts` (what else it says; their `repr` counts) are what they were.

        One with pictures is always written: they are files of the repository, but no sources.
        """
        site, key = self.site, self._key(sources, facts)
        last = _LAST.get(path)
        if last is not None and last.made_from == key:
            site.nowhere.extend(last.nowhere)
            self._made[path] = last
            return last.page
        before = len(site.nowhere)
        page = write()
        if path not in site.with_pictures:
            self._made[path] = _Draft(key, page, tuple(site.nowhere[before:]))
        return page

    def keep(self) -> None:
        """For the next site, in place of what was kept before."""
        _LAST.clear()
        _LAST.update(self._made)

    def _key(self, sources: Iterable[str], facts: tuple[object, ...]) -> bytes:
        texts = [self.site.catalog.documents[path].text for path in dict.fromkeys(sources)]
        return _digest([self._frame.hex(), *texts, repr(facts)])

    @cached_property
    def _frame(self) -> bytes:
        return _digest(self._framed())

    def _framed(self) -> Iterator[str]:
        catalog, site = self.site.catalog, self.site
        many = {each.ref.path for kind in _MANY for each in catalog.all(kind)}
        yield site.speech.code
        yield from (f"{path}\0{each.text}" for path, each in sorted(catalog.documents.items()) if path not in many)
        yield repr(sorted(site.sources.items()))
        yield repr([(alert.name, alert.service.id, alert.runbook) for alert in catalog.alerts])
        yield repr([site.present(schedule) for schedule in catalog.all(Schedule)])


def _digest(texts: Iterable[str]) -> bytes:
    found = sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        found.update(len(content).to_bytes(8, "big") + content)
    return found.digest()
