"""Where pages are: the addresses stand in alerts, bookmarks and chats, so they are fixed here and never change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator.kinds.runbook import Runbook
from generator.records import dataclass
from generator.settings import Setting

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert

_URL: Mapping[str, Any] = {"type": "string", "pattern": "^https?://[^\\s]+$"}


@dataclass(frozen=True, slots=True)
class RunbookSite:
    """The internal site. Each of `sections` lists the headings that count as one and the same section.

    None stands for the default (`analysis.runbooks.sections`), an empty one for no section at all.
    """

    url: str | None = None
    sections: tuple[tuple[str, ...], ...] | None = None


def _written(value: Any) -> dict[str, Any]:
    """Plain text is short for `{url: …}`."""
    return {"url": value} if isinstance(value, str) else dict(value or {})


def _runbooks(value: Any) -> RunbookSite:
    written = _written(value)
    sections = written.get("sections")
    return RunbookSite(written.get("url"), None if sections is None else tuple(tuple(names) for names in sections))


def _setting(properties: Mapping[str, Any], title: str, description: str, example: str) -> dict[str, Any]:
    url = {"title": "Address", "description": description, "examples": [example], **_URL}
    return {
        "title": title,
        "description": f"{description} Plain text is short for {{url: …}}.",
        "examples": [example],
        "oneOf": [
            url,
            {
                "title": title,
                "description": "The address, and more about the site.",
                "type": "object",
                "additionalProperties": False,
                "properties": {"url": url, **properties},
                "examples": [{"url": example}],
            },
        ],
    }


def _text(title: str, description: str, example: str) -> dict[str, Any]:
    return {"title": title, "description": description, "type": "string", "minLength": 1, "examples": [example]}


RUNBOOKS = Setting[RunbookSite](
    "runbooks",
    _setting(
        {
            "sections": {
                "title": "Sections",
                "description": "Headings that every runbook needs; each entry lists names for the same section, and []"
                " asks for none. Default: Quick diagnosis, Mitigation actions and Escalation, or Meaning, Impact,"
                " Diagnosis and Mitigation, in English or Spanish.",
                "type": "array",
                "items": {
                    "title": "Section",
                    "description": "Names of one section, any of which will do.",
                    "type": "array",
                    "minItems": 1,
                    "items": _text("Heading", "A heading as it stands in the runbook.", "Mitigation"),
                    "examples": [["Mitigation actions", "Mitigation"]],
                },
                "examples": [[["Quick diagnosis", "Diagnosis"], ["Mitigation actions", "Mitigation"], ["Escalation"]]],
            }
        },
        "Runbook site",
        "Address under which the internal site with the runbooks is served; alerts link to it.",
        "https://runbooks.example.com",
    ),
    _runbooks,
)


_LONGEST = 150
"""Bytes in the name of a folder; file systems end at 255, and some at fewer."""


def runbook_page(slug: str) -> str:
    """The page of a runbook, relative to the site."""
    return f"runbooks/{slug}/"


def alert_page(name: str) -> str:
    """The page of an alert: names differ in more than case, so lower case keeps them apart.

    Names may be any text: what no folder can be called becomes a hyphen, and what is too long for one is cut.
    """
    folder = re.sub(r"[^\w.:-]+", "-", name.lower()).lstrip(".") or "-"
    if len(folder.encode()) > _LONGEST:
        folder = f"{folder.encode()[:_LONGEST].decode(errors='ignore')}-{sha256(name.encode()).hexdigest()[:8]}"
    return f"alerts/{folder}/"


def service_page(ident: str) -> str:
    """The page of a service."""
    return f"services/{ident}/"


def schedule_page(ident: str) -> str:
    """The page of a schedule, by its id `<team>/<key>`."""
    return f"schedules/{ident}/"


def team_page(ident: str) -> str:
    """Who answers when for a team, above the pages of its schedules."""
    return f"schedules/{ident}/"


def postmortem_page(ident: str) -> str:
    """The page of a postmortem."""
    return f"postmortems/{ident}/"


def address(catalog: Catalog, page: str) -> str | None:
    """The whole address of a page of the internal site; None where the settings do not say where that is served."""
    base = catalog.settings.get(RUNBOOKS).url
    return None if base is None else f"{base.rstrip('/')}/{quote(page)}"


def runbook_url(catalog: Catalog, alert: NamedAlert) -> str | None:
    """Where an alert's runbook is read.

    The address elsewhere, where it names one; the alert's own page, where it has no runbook (which is a finding, and
    still no reason to lead somebody at 3 am to an error page); None where the site's address is not set.
    """
    if alert.external_runbook:
        return alert.runbook
    if catalog.get(Runbook, alert.runbook) is None:
        return address(catalog, alert_page(alert.name))
    return address(catalog, runbook_page(alert.runbook))
