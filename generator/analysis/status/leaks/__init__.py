"""What a text for the public must not say: addresses of inside, people, secrets.

Checks ask about what is written, commands about what somebody is about to say, before it is committed: what has once
been on a public page stays in feeds, mails and caches.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.analysis.status.leaks.addresses import inside_addresses
from generator.analysis.status.leaks.leak import Leak
from generator.analysis.status.leaks.people import people_named
from generator.analysis.status.leaks.secrets import secrets_written
from generator.catalog import Catalog
from generator.findings import Ref
from generator.kinds.base import Localized
from generator.kinds.status import Component, Maintenance, StatusIncident

__all__ = ["MOST", "Leak", "Public", "leaks", "public_texts"]

MOST = 20
"""So many of a sort are named in one text: a mebibyte may hold a hundred thousand, and nobody reads them."""
Public = Component | StatusIncident | Maintenance


def leaks(catalog: Catalog, text: str) -> tuple[Leak, ...]:
    """Everything in a public text (Markdown or plain) that should stay inside, in order, each once."""
    found: list[Leak] = []
    for sort in (secrets_written(text), people_named(catalog, text), inside_addresses(catalog, text)):
        for each in islice(sort, MOST):
            if not any(each.start < other.end and other.start < each.end for other in found):
                found.append(each)
    return tuple(sorted(found))


def public_texts(entity: Public) -> Iterator[tuple[Ref, str]]:
    """Every text of an entity that the status page shows, in every language, with its place."""
    match entity:
        case Component():
            yield from _localized(entity.ref.at("name"), entity.name)
            if entity.description is not None:
                yield from _localized(entity.ref.at("description"), entity.description)
        case StatusIncident():
            yield from _localized(entity.ref.at("title"), entity.title)
            if entity.postmortem is not None:
                yield entity.ref.at("postmortem"), entity.postmortem
        case Maintenance():
            yield from _localized(entity.ref.at("title"), entity.title)
            yield from _localized(entity.ref.at("message"), entity.message)
    for update in () if isinstance(entity, Component) else entity.updates:
        yield from _localized(update.ref.at("message"), update.message)


def _localized(ref: Ref, written: Localized) -> Iterator[tuple[Ref, str]]:
    for language, text in written.items():
        yield (ref.at(language) if language else ref), text
