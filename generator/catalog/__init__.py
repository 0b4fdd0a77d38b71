"""The catalog: every source of a tree, read, validated, typed and linked.

`load` never raises on what people wrote: what cannot be read or means nothing becomes a finding, and the rest is there.
"""

from __future__ import annotations

from generator.catalog.catalog import Catalog
from generator.catalog.load import load
from generator.catalog.named_alerts import NamedAlert

__all__ = ["Catalog", "NamedAlert", "load"]
