"""Front matter that other tools share: what of it is not for us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Related
from generator.kinds import KINDS
from generator.kinds.foreign import foreign_keys, own_keys

SHOWN = 8
PLACES = 3


@check("source/foreign-key", level="note")
def foreign_key(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Front matter of runbooks or postmortems has keys that mean nothing here.

    `weight` of Hugo, `sidebar_label` of Docusaurus, `layout` of Jekyll: they may stay, and nobody here reads them. This
    is said once for all runbooks and once for all postmortems, so that a wish that nobody grants is not overlooked. A
    key that is nearly one of ours (`reviewd`) is an error, `schema/unknown-key`.
    """
    for kind in KINDS:
        found = {
            path: keys
            for path, document in catalog.documents.items()
            if kind.shared and kind.id_of(path) and (keys := foreign_keys(kind, document.data))
        }
        if found:
            yield _finding(kind.title.lower(), found, ", ".join(sorted(own_keys(kind))))


def _finding(what: str, found: dict[str, tuple[str, ...]], known: str) -> Finding:
    count = Counter(key for keys in found.values() for key in keys)
    names = [key for key, _ in sorted(count.items(), key=lambda each: (-each[1], each[0]))]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    whose = f"{len(found)} {what}s have" if len(found) > 1 else f"a {what} has"
    word = "a key that means" if len(names) == 1 else "keys that mean"
    first, *rest = ((path, found[path][0]) for path in sorted(found))
    return Finding(
        Ref(first[0], (first[1],), "key"),
        f"{whose} {word} nothing here: {', '.join(names[:SHOWN])}{more}",
        f"nothing has to be done; known here: {known}",
        tuple(Related(Ref(path, (key,), "key"), f"'{key}'") for path, key in rest[:PLACES]),
        subject=f"{what}s",
    )
