"""Ids of services for what is imported: from the names of files and objects, and the same for the same set of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OBJECT = re.compile(r"[-_.]?prometheusrules?\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:ya?ml|json|rules?|alerts?|slos?|tmpl|tpl|j2)\Z", re.IGNORECASE)
_TAIL = re.compile(r"-(?:rules?|alerts?|alerting|recording|records|slos?)\Z")
_WORDS = r"(?:prometheus|rules?|alerts?|alerting|recording|records|slos?|default|main|all)"
_GENERIC = re.compile(rf"{_WORDS}(?:-{_WORDS})*")
"""Names that say nothing of a service: the folder's does."""


def slug(text: str) -> str:
    """The text as an id; of text without any Latin letter or digit, an id that only its bytes decide."""
    flat = unicodedata.normalize("NFKD", _CAMEL.sub("-", text)).encode("ascii", "ignore").decode("ascii")
    found = re.sub(r"[^a-z0-9]+", "-", flat.lower()).strip("-")
    return found or "x-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def free(wish: str, taken: Container[str], number: int = 2) -> str:
    """The name, or with a number that nobody has, from `number` on: `latency-2` for the second of that name."""
    if wish not in taken:
        return wish
    number = max(number, 2)
    while f"{wish}-{number}" in taken:
        number += 1
    return f"{wish}-{number}"


def service_ids(names: Sequence[Sequence[str]]) -> list[str]:
    """One id for each name, given as (folder, …, folder, file or object).

    Files of one folder whose names differ only in words like `rules` and `alerts` get the same id. Where names of
    different folders meet, all of them take the folder's name in front, as often as it takes.
    """
    bases = [_base(name) for name in names]
    depth = [0] * len(names)
    while True:
        ids = [_long(base, depth[n]) for n, base in enumerate(bases)]
        homes = Counter(ident for ident, _ in {(each, bases[n].home) for n, each in enumerate(ids)})
        more = [n for n, each in enumerate(ids) if homes[each] > 1 and depth[n] < len(bases[n].folders)]
        if not more:
            return _numbered(ids, [base.home for base in bases])
        for n in more:
            depth[n] += 1


class _Base(NamedTuple):
    """The shortest id of a name, the folders that may go in front of it, and the folder as it is."""

    ident: str
    folders: tuple[str, ...]
    home: tuple[str, ...]


def _base(name: Sequence[str]) -> _Base:
    *folders, last = name
    found = last
    while _SUFFIX.search(found) and _SUFFIX.sub("", found):
        found = _SUFFIX.sub("", found)
    ident = slug(_OBJECT.sub("", found) or found)
    while _TAIL.search(ident):
        ident = _TAIL.sub("", ident)
    known = [slug(folder) for folder in folders if folder.strip("./")]
    while _GENERIC.fullmatch(ident) and known:
        ident = known.pop()
        ident = _TAIL.sub("", ident)
    return _Base(ident, tuple(known), tuple(folders))


def _long(base: _Base, depth: int) -> str:
    return "-".join([*base.folders[len(base.folders) - depth :], base.ident]) if depth else base.ident


def _numbered(ids: list[str], homes: Sequence[tuple[str, ...]]) -> list[str]:
    """Folders whose names are the same as ids and still differ get numbers, in the order given."""
    seen: dict[str, list[tuple[str, ...]]] = {}
    out = []
    for ident, home in zip(ids, homes, strict=True):
        known = seen.setdefault(ident, [])
        if home not in known:
            known.append(home)
        number = known.index(home)
        out.append(ident if not number else f"{ident}-{number + 1}")
    return out
