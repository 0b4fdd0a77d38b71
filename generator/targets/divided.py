"""Lists of any length as pages of a bearable one: a phone at 3 am loads a page of some dozens of kilobytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from posixpath import basename, dirname
from typing import TypeVar

from generator.artifacts import Page
from generator.messages import Speech
from generator.records import dataclass
from generator.targets.markdown import escape, link, page, table

MOST = 20_000
"""Characters of Markdown; as HTML a table has two or three times as many."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: the path of its page, its title, the way in the navigation, and the language of the site."""

    path: str
    title: str
    in_nav: tuple[str, ...] | None
    language: Speech


def divided(  # what a list is: where it stands, and how its entries are named and shown
    place: Place,
    entries: Sequence[T],
    shown: Callable[[str, Sequence[T]], str],
    name: Callable[[T], str],
    sources: Callable[[T], Iterable[str]],
    *above: str,
    most: int = MOST,
) -> Iterator[Page]:
    """A page with all entries, or where that would be too long, a page of links and a page a part.

    `shown` gives the Markdown of some entries on a page, `name` what an entry is found by (entries are in that order),
    and `above` are blocks over the list, or over the links. `most` is less where the site makes much of little
    Markdown: drawings.
    """
    path, title, in_nav, say = place.path, place.title, place.in_nav, place.language.say
    every = _sources(entries, sources)
    parts = list(_parts(path, entries, shown, most))
    if len(parts) < 2:
        yield Page(path, title, page(f"# {escape(title)}", *above, shown(path, entries)), every, in_nav)
        return
    addresses = [f"{dirname(path)}/~{number}/{basename(path)}" for number in range(1, len(parts) + 1)]
    rows = [
        (link(_span(part, name), address.removeprefix(f"{dirname(path)}/")), str(len(part)))
        for address, part in zip(addresses, parts, strict=True)
    ]
    yield Page(
        path,
        title,
        page(f"# {escape(title)}", *above, table((say("From and to"), say("Entries")), rows)),
        every,
        in_nav,
    )
    for address, part in zip(addresses, parts, strict=True):
        heading = f"{title}: {_span(part, name)}"
        text = page(f"# {escape(heading)}", link(title, f"../{basename(path)}"), shown(address, part))
        yield Page(address, heading, text, _sources(part, sources))


def _parts(
    path: str, entries: Sequence[T], shown: Callable[[str, Sequence[T]], str], most: int
) -> Iterator[Sequence[T]]:
    """Runs of entries; one that is too long by itself is a run of its own."""
    first, length = 0, 0
    for index, entry in enumerate(entries):
        size = len(shown(path, [entry]))
        if index > first and length + size > most:
            yield entries[first:index]
            first, length = index, 0
        length += size
    if entries[first:]:
        yield entries[first:]


def _span(part: Sequence[T], name: Callable[[T], str]) -> str:
    first, last = name(part[0]), name(part[-1])
    return first if first == last else f"{first} – {last}"


def _sources(entries: Iterable[T], sources: Callable[[T], Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({path for entry in entries for path in sources(entry)}))
