"""The site as one archive: unpacked anywhere it works from the folder, search and all, without server or network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.artifacts import Artifact
from generator.catalog import Catalog
from generator.context import Context
from generator.targets.base import Target

PATH = "offline/site.zip"


def render(catalog: Catalog, context: Context) -> Iterator[Artifact]:
    """The archive; in it everything lies below `site/`."""
    from generator.targets.site.builder import build
    from generator.targets.site.pages import all_pages
    from generator.targets.site.site import Site

    files = list(build(catalog, context, all_pages(Site(catalog, context)), offline=True))
    sources = {source for file in files for source in file.sources}
    yield Artifact(PATH, _archive(files, context), tuple(sorted(sources)), uses_now=True)


def _archive(files: Iterable[Artifact], context: Context) -> bytes:
    """Every file with the time of the build: an archive says when it was made, and the same sources give the same."""
    content, when = BytesIO(), context.now.timetuple()[:6]
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for file in files:
            entry = ZipInfo(file.path, when)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
    return content.getvalue()


TARGET = Target(
    name="offline",
    summary="the runbook site as one archive that works from a folder",
    render=render,
    applies=lambda catalog: bool(catalog.entities),
    default=False,
)
