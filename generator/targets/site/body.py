"""What people wrote, as it stands on its page: its title first, its links leading to pages."""

from __future__ import annotations

import re

from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.messages import marked
from generator.targets.markdown import escape, page
from generator.targets.site import links
from generator.targets.site.dialect import rewritten
from generator.targets.site.site import Nowhere, Site

_TITLES = {
    "danger": marked("Danger"),
    "info": marked("Important"),
    "note": marked("Note"),
    "tip": marked("Tip"),
    "warning": marked("Warning"),
}
_TITLE = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")


def body(site: Site, here: str, entity: Runbook | Postmortem) -> tuple[str, str]:
    """(title, the rest) of a source's Markdown; the title is Markdown as well."""
    document = site.catalog.document(entity)

    def resolve(target: str, line: int) -> str:
        why: list[str] = []

        def find(path: str) -> str | None:
            try:
                return site.find(path) or site.picture(here, path)
            except ValueError as reason:
                why.append(str(reason))
                return None

        there = links.target_on(here, document.path, target, find)
        if there is None:
            said = ": ".join(filter(None, (target, *why)))
            site.nowhere.append(Nowhere(document.path, document.body_line + line, said))
        return there or links.nowhere(target)

    text = links.rewrite(document.body.replace("\r\n", "\n"), resolve)
    match = _TITLE.match(text)
    written = match["title"] if match else escape(site.title(entity))
    title = written if entity.title is None else escape(entity.title)
    return title, rewritten(text[match.end() :] if match else text, _titles(site))


def _titles(site: Site) -> dict[str, str]:
    """What a box is called that has no title of its own."""
    return {kind: site.say(title) for kind, title in _TITLES.items()}


def titled(title: str, *blocks: str, text: str) -> str:
    """A page with blocks of ours between the title and the text of people."""
    # An indented first line would belong to the box above it.
    return page(f"# {title}", *blocks, text.strip())
