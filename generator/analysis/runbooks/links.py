"""Links of runbooks to files, pages and headings of this repository, and those that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from generator.analysis import addresses
from generator.analysis.memo import once_a_catalog
from generator.analysis.runbooks.outline import Outline, outline
from generator.catalog import Catalog
from generator.documents.slugs import slugify
from generator.findings import did_you_mean, nearest
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.team import Schedule, Team
from generator.records import dataclass

_CODE = re.compile(r"(`+)(?!`)[^`\n]+?\1(?!`)")
_LINK = re.compile(
    r"(?P<image>!)?\[(?P<text>(?:[^\[\]\n]|!?\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,300}\))?){0,300}?)\]"
    r"\([ \t]{0,9}(?P<target><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)"
)
_INNER = re.compile(r"(?P<image>!)\[[^\[\]\n]*\]\((?P<target>[^\s()<>]+)")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<target><[^<>\n]*>|\S+)")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\{\{|\{%|\$|<")

Exists = Callable[[str], bool]
"""Whether there is a file, by its path in the repository."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere: what it names, why that is nothing, and what was meant, where that can be told."""

    target: str
    line: int
    image: bool
    why: str
    meant: str = ""


def broken(catalog: Catalog, path: str, exists: Exists) -> Iterator[Broken]:
    """The links of a Markdown source that lead nowhere."""
    if "](" not in catalog.documents[path].body and "]:" not in catalog.documents[path].body:
        return
    for line, image, written in _links(outline(catalog, path)):
        if written and not _ELSEWHERE.match(written) and (found := _judged(catalog, path, written, exists)):
            yield Broken(written, line, image, *found)


def _links(found: Outline) -> Iterator[tuple[int, bool, str]]:
    for line, text in found.prose(found.first, found.last):
        if "](" not in text and "]:" not in text:
            continue
        bare = _CODE.sub("", text)
        for match in (*_LINK.finditer(bare), *_DEFINED.finditer(bare)):
            yield line, bool(match.groupdict().get("image")), match["target"].strip("<>").strip()
            for inner in _INNER.finditer(match.groupdict().get("text") or ""):
                yield line, True, inner["target"]


def _judged(catalog: Catalog, here: str, written: str, exists: Exists) -> tuple[str, str] | None:
    """Why a link leads nowhere, and what was meant; None where it leads somewhere."""
    raw, _, fragment = written.partition("#")
    bare = unquote(raw.partition("?")[0])
    if not bare:
        return _anchor(catalog, here, fragment) if fragment else None
    path = normpath(bare.lstrip("/") or "." if bare.startswith("/") else join(dirname(here), bare))
    if path.startswith(".."):
        return "it leads out of the repository", ""
    if path in catalog.documents:
        return _anchor(catalog, path, fragment) if fragment and path.endswith(".md") else None
    if path in catalog.unread or path in _pages(catalog) or _is_folder(catalog, path, bare) or exists(path):
        return None
    return "there is no such file", _nearest(catalog, here, path, bare, exists)


def _anchor(catalog: Catalog, path: str, written: str) -> tuple[str, str] | None:
    anchors, wanted = outline(catalog, path).anchors, unquote(written)
    if wanted in anchors or wanted.startswith((":~:", "fn:", "fnref:", "__")):
        return None
    slug = slugify(wanted)
    meant = slug if slug in anchors else nearest(slug, anchors)
    return f"no heading of {path} has that anchor", f"did you mean '#{meant}'?" if meant else ""


def _is_folder(catalog: Catalog, path: str, written: str) -> bool:
    """Folders that hold sources are there; of others nothing is known, so nothing is said."""
    return path in _folders(catalog) or (written.endswith("/") and path.partition("/")[0] not in _folders(catalog))


@once_a_catalog
def _folders(catalog: Catalog) -> frozenset[str]:
    parts = (path.split("/")[:-1] for path in catalog.documents)
    return frozenset({".", *("/".join(each[:end]) for each in parts for end in range(1, len(each) + 1))})


@once_a_catalog
def _pages(catalog: Catalog) -> frozenset[str]:
    """The pages of the site, as a link from the repository's root would name them."""
    found = [addresses.runbook_page(each.id) for each in catalog.all(Runbook)]
    found += [addresses.alert_page(each.name) for each in catalog.alerts]
    found += [addresses.service_page(each.id) for each in catalog.all(Service)]
    found += [addresses.postmortem_page(each.id) for each in catalog.all(Postmortem)]
    found += [addresses.schedule_page(each.id) for each in catalog.all(Schedule)]
    found += [addresses.team_page(each.id) for each in catalog.all(Team)]
    return frozenset(page.rstrip("/") for page in found)


def _nearest(catalog: Catalog, here: str, path: str, written: str, exists: Exists) -> str:
    """What was meant: the same name with its ending, one of that name elsewhere, or one that is nearly it."""
    if f"{path}.md" in catalog.documents or exists(f"{path}.md"):
        return f"did you mean '{written}.md'?"
    names = _by_name(catalog)
    name = path.rpartition("/")[2]
    if name in names:
        return f"did you mean {names[name]}?"
    if name.lower() in (lower := {each.lower(): each for each in names}):
        return f"did you mean '{lower[name.lower()]}'?"
    siblings = frozenset(each for each in names if names[each].startswith(f"{dirname(here)}/"))
    return did_you_mean(name, siblings)


@once_a_catalog
def _by_name(catalog: Catalog) -> dict[str, str]:
    return {path.rpartition("/")[2]: path for path in sorted(catalog.documents, reverse=True)}
