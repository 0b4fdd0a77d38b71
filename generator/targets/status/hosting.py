"""Files for the hosts: response headers, the domain, the logo. Hosts that do not know them serve them as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.analysis.status.settings import StatusSettings
from generator.artifacts import Artifact
from generator.settings import PATH
from generator.targets.rendering import header
from generator.targets.status.frame import Frame
from generator.targets.status.language import Language
from generator.targets.status.places import Place
from generator.targets.status.sources import Sources

_OPEN = "Access-Control-Allow-Origin: *"
_TYPES = {
    "history.atom": "application/atom+xml; charset=utf-8",
    "history.rss": "application/rss+xml; charset=utf-8",
    "calendar.ics": "text/calendar; charset=utf-8",
}
_ONCE = {
    "uptime.json": "application/json; charset=utf-8",
    "uptime.csv": "text/csv; charset=utf-8",
    "badge.svg": "image/svg+xml",
}


def hosting(
    around: Frame, settings: StatusSettings, languages: Sequence[Language], named: Sources
) -> Iterator[Artifact]:
    """`_headers`, `.nojekyll`, and where they are set `CNAME` and the logo."""
    yield Artifact.text("status/_headers", _headers(around, languages), named.base)
    yield Artifact("status/.nojekyll", b"", named.base)  # GitHub serves the folder as it is
    if settings.domain:
        yield Artifact.text("status/CNAME", f"{settings.domain}\n", (PATH,))
    if around.logo and not around.logo.address:
        yield Artifact(f"status/{around.logo.file}", around.logo.content, (around.logo.source,))


def _headers(around: Frame, languages: Sequence[Language]) -> str:
    """`_headers`, as Netlify, Cloudflare Pages and others read it. No path gets a header twice."""
    everywhere = (
        f"Content-Security-Policy: {around.policy}; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: public, max-age=60",
    )
    blocks = [("/*", everywhere), ("/api/*", (_OPEN, "Content-Type: application/json; charset=utf-8"))]
    for folder in (Place("", each.code, each.default).folder for each in languages):
        blocks += [(f"/{folder}{file}", (_OPEN, f"Content-Type: {kind}")) for file, kind in _TYPES.items()]
        blocks.append((f"/{folder}components/*", (_OPEN,)))
        feeds = [(file, kind) for file, kind in _TYPES.items() if file.startswith("history.")]
        blocks += [(f"/{folder}components/:id/{file}", (f"Content-Type: {kind}",)) for file, kind in feeds]
    blocks += [(f"/{file}", (_OPEN, f"Content-Type: {kind}")) for file, kind in _ONCE.items()]
    lines = [line for path, values in blocks for line in (path, *(f"  {value}" for value in values))]
    return "\n".join([header(["status"]), *lines, ""])
