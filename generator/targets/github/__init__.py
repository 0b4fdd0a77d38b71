"""GitHub: workflows that keep the status page up to date, written among the repository's own files in `.github/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.analysis.status.settings import STATUS
from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.kinds.status import Component, Maintenance, StatusIncident
from generator.settings import PATH
from generator.targets.base import Target
from generator.targets.github.form import form
from generator.targets.github.places import places
from generator.targets.github.settings import GITHUB
from generator.targets.rendering import environment, yaml

FOLDER = ".github"


def render(catalog: Catalog, _context: Context) -> Iterator[Artifact]:
    """The workflow that publishes, and the one whose form posts."""
    templates = environment(Path(__file__).parent, {"text": text}).overlay(
        variable_start_string="[[", variable_end_string="]]"
    )
    settings, branch = catalog.settings.get(GITHUB), catalog.settings.get(STATUS).branch
    branches = list(dict.fromkeys([settings.branch, *([branch] if branch else [])]))
    common = {
        "install": settings.install,
        "branch": settings.branch,
        "branches": branches,
        "places": places(catalog),
    }
    about = (PATH,) if PATH in catalog.documents else ()
    published = templates.get_template("publish.yaml.j2").render(**common)
    yield Artifact.text("workflows/status-page.yaml", published, about)
    asked = form(catalog)
    posted = templates.get_template("post.yaml.j2").render(form=asked, sources=asked.sources, **common)
    yield Artifact.text("workflows/status-update.yaml", posted, (*asked.sources, *about))


def text(value: str) -> str:
    """A value of a workflow that stays text: `${{` in it would be an expression, which can read secrets."""
    return yaml(value.replace("${{", "${{ '${{' }}"))


def _applies(catalog: Catalog) -> bool:
    return any(catalog.all(kind) for kind in (Component, StatusIncident, Maintenance))


TARGET = Target(
    "github",
    "workflows for GitHub: publish the status page, post an update from a phone",
    render,
    _applies,
    default=False,
    folder=FOLDER,
)
