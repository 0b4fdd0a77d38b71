"""Names of other tools made into ids, always the same way."""

from __future__ import annotations

from generator.importers.names import slug

LONGEST = 100
"""Characters of an id: it becomes the name of a file, with an ending, on every system."""
TAKEN = {"severity-map"}
"""Files of that name in alerts/ are no service."""


def ident(name: str) -> str:
    """The id that a name becomes; never empty."""
    return slug(name[:1000])[:LONGEST].strip("-")


def service_id(name: str) -> str:
    """The id of a service."""
    found = ident(name)
    return f"{found}-service" if found in TAKEN else found
