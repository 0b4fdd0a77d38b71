"""Ids made of titles: the name of a file, and an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from generator.errors import UsageError
from generator.findings import nearest

LONGEST = 60
"""Characters of an id's words at most."""


def slug(title: str) -> str:
    """The words of a title as an id: `Fallo al pagar (España)` → `fallo-al-pagar-espana`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    found = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(found) > LONGEST:
        found = found[:LONGEST].rpartition("-")[0] or found[:LONGEST]
    if not found:
        raise UsageError(f"no id can be made of the title '{title}'", "say one: --id checkout-errors")
    return found


def near(ident: str, known: Collection[str]) -> str:
    """A hint with the id that was probably meant, with its date or without; empty where none is near."""
    ids = {each[11:]: each for each in known} | {each: each for each in known}
    found = ids.get(nearest(ident, ids), "")
    return f"did you mean '{found}'?" if found else ""
