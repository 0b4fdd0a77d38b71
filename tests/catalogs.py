"""Catalogs and contexts for tests, made from texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.catalog import Catalog, load
from generator.context import Context
from generator.git import History, Memory

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def make_catalog(files: Mapping[str, str | bytes]) -> Catalog:
    """The catalog of sources given as path → text."""
    return load(Memory({path: text.encode() if isinstance(text, str) else text for path, text in files.items()}))


def make_context(now: datetime = NOW, **more: Any) -> Context:
    """A context at a fixed instant, without history unless that or a `root` is given."""

    def no_history() -> History:
        if "root" in more:
            return History(Path(more["root"]))
        raise AssertionError("this test gave no history")

    return Context(now=now, **{"open_history": no_history, **more})
