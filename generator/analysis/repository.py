"""Where the repository itself is seen in a browser: its commits, and a form for an issue that is filled in already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from generator.settings import Setting

if TYPE_CHECKING:
    from generator.catalog import Catalog

REPOSITORY = Setting[str | None](
    "repository",
    {
        "title": "Repository",
        "description": (
            "Address of this repository in a browser (GitHub, GitLab, Gitea, Forgejo); pages link to commits, and to "
            "a new issue that says which alert is too noisy. Default: no such links."
        ),
        "type": "string",
        "pattern": "^https?://[^\\s/]+/[^\\s?#]+$",
        "examples": ["https://github.com/example/reliability"],
    },
    lambda value: None if value is None else str(value).rstrip("/").removesuffix(".git"),
)


def commit_address(catalog: Catalog, commit: str) -> str | None:
    """Where a commit is shown; None where the settings do not say where the repository is."""
    base = catalog.settings.get(REPOSITORY)
    return None if base is None else f"{base}{_part(base)}/commit/{quote(commit)}"


def request_address(catalog: Catalog, request: str) -> str | None:
    """Where a pull request (`#123`) or a merge request (`!45`) is shown; None where the settings do not say it."""
    base, number = catalog.settings.get(REPOSITORY), request[1:]
    if base is None or not number.isdigit():
        return None
    host = urlsplit(base).hostname or ""
    words = {"gitlab": "-/merge_requests", "bitbucket": "pull-requests", "github": "pull", "azure": "pullrequest"}
    return f"{base}/{next((words[name] for name in words if name in host), 'pulls')}/{number}"


def issue_address(catalog: Catalog, title: str, body: str) -> str | None:
    """A form for a new issue with its title and text; None where the settings do not say where the repository is."""
    base = catalog.settings.get(REPOSITORY)
    if base is None:
        return None
    names = ("issue[title]", "issue[description]") if _part(base) else ("title", "body")
    fields: Mapping[str, str] = dict(zip(names, (title, body), strict=True))
    return f"{base}{_part(base)}/issues/new?{urlencode(fields, quote_via=quote)}"


def _part(base: str) -> str:
    """GitLab has a hyphen between a project and its pages."""
    return "/-" if "gitlab" in (urlsplit(base).hostname or "") else ""
