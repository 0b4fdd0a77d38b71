"""A busy day on the status page, rendered once for all tests of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.git import History
from generator.targets.status import TARGET
from tests.analysis.status.status_sources import catalog, component, incident, maintenance, update
from tests.browser import chromium, open_page, serve_folder
from tests.catalogs import NOW, make_context

__all__ = ["chromium", "open_page", "serve_folder"]


def busy(**settings: object) -> Catalog:
    """Two open incidents, one that is over, maintenance past, present and to come."""
    return catalog(
        component("website", {"en": "Website", "es": "Sitio web"}, description="Shop", since="2025-01-01"),
        component("api", "API", is_group=True),
        component("rest", "REST API", group="api"),
        component("hooks", "Webhooks", group="api", since="2026-10-02"),
        incident(
            "2026-10-14-checkout",
            update("2026-10-14 13:12", "investigating", {"website": "partial_outage"}, "We *look* into it."),
            update("2026-10-14 13:40", "resolved", None, {"en": "It is over.", "es": "Se acabó."}),
            title={"en": "Errors at checkout", "es": "Errores al pagar"},
            postmortem="https://example.com/blog/checkout",
        ),
        incident(
            "2026-11-24-api",
            update("2026-11-24 10:00", "investigating", {"rest": "major_outage"}, "First words."),
            update("2026-11-24 11:00", "identified", {"rest": "partial_outage"}, "Second words."),
            update("2026-11-24 13:00", "resolved", None, "Words of the future."),
            title="Errors in the API",
        ),
        incident("2026-11-25-later", update("2026-11-25 10:00", "investigating"), title="Unheard of"),
        maintenance("2026-11-10-old", "2026-11-10 03:00", "2026-11-10 04:00", ["hooks"], title="Old work"),
        maintenance("2026-11-24-now", "2026-11-24 11:30", "2026-11-24 14:00", ["hooks"], title="Present work"),
        maintenance("2026-12-06-next", "2026-12-06 03:00", "2026-12-06 04:00", ["website"], title="Next work"),
        **{"name": "Example", "languages": ["en", "es"], "time_zone": "America/Argentina/Buenos_Aires", **settings},
    )


def outside_git(now: datetime = NOW, **more: Any) -> Context:
    """A context of a folder without history, unless the test has one."""
    return make_context(now, **{"open_history": lambda: History(Path("/")), **more})


def artifacts(sources: Catalog, **context: Any) -> list[Artifact]:
    """What the target makes of sources."""
    return list(TARGET.render(sources, outside_git(**context)))


def render(sources: Catalog, **context: Any) -> dict[str, str]:
    """The text of every file, by its path below `status/`."""
    made = artifacts(sources, **context)
    return {each.path.removeprefix("status/"): each.content.decode("utf-8", "replace") for each in made}


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """The files of the busy day."""
    return render(busy())


def write(files: dict[str, str], folder: Path) -> Path:
    """The files on disk, as `build` writes them."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
