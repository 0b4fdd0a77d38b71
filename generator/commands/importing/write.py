"""What an import brings into the repository: sources, stubs of runbooks, and what people are told about it."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.catalog import Catalog
from generator.commands.importing.merge import merged
from generator.commands.importing.stubs import stubs
from generator.commands.scaffold import write_new
from generator.edit import write_source
from generator.errors import Exit
from generator.findings import Finding, Level, Ref, Span
from generator.importers import Given, Imported
from generator.importers.clashes import tell_clashes
from generator.importers.comments import attach
from generator.importers.prove import prove
from generator.importers.tree import List, Map
from generator.importers.write import render
from generator.kinds import Entity, kind_of
from generator.kinds.service import Service
from generator.kinds.team import Team
from generator.reporters.text import block, count

KINDS: dict[str, type[Entity]] = {"service": Service, "team": Team}
"""Entities that one source each is about."""
NEXT = """\
next:
  tocsin check                       what it thinks of them; --fix mends what has one right form
  tocsin check --baseline            lives with what is there today, so that only what is new is told
  tocsin build --target prometheus   the rule files
"""


class Writing:
    """One run: what it writes and says."""

    def __init__(
        self,
        root: Path,
        catalog: Catalog,
        imported: Imported,
        given: Sequence[Given],
        arguments: argparse.Namespace,
        next_steps: str = "",
    ) -> None:
        self.root, self.catalog, self.imported, self.arguments = root, catalog, imported, arguments
        self.given = given
        self.then = next_steps or NEXT
        self.written = 0
        self.merged: dict[str, str] = {}
        """Sources that are there already, with what is new in them."""

    def run(self) -> Iterator[str]:
        """Writes, and gives the lines of the report."""
        self.tell_comments()
        tell_clashes(self.imported, self.catalog)
        texts = self.texts()
        if self.arguments.stub_runbooks:
            texts |= stubs({path: self.imported.sources[path] for path in texts}, self.catalog, self.root)
        for path, text in texts.items():
            yield from self.put(path, text)
        for path, text in self.merged.items():
            yield from self.replace(path, text)
        yield from map(block, sorted(self.imported.notes, key=lambda each: each.sort_key))
        yield self.summary()

    def tell_comments(self) -> None:
        """Comments go beside what they are about; of files that nothing came of, they stay there."""
        streams = [each.stream for each in self.given if each.is_yaml]
        for stream in attach(self.imported.sources.values(), streams):
            first = stream.comments[0]
            said = f"nothing was imported from this file: {count(len(stream.comments), 'comment')} stayed in it"
            self.imported.told(Ref(stream.path, span=Span(first.line, first.column)), said)

    def texts(self) -> dict[str, str]:
        """Path → text of all that can be written."""
        out = {}
        sources: dict[str, Map | List] = {**self.imported.sources, **self.imported.lists}
        for path, source in sources.items():
            text = render(source)
            if not prove(path, text, source, self.imported):
                continue
            if isinstance(source, Map) and path in self.imported.added and os.path.lexists(self.root / path):
                self.merged |= {path: whole} if (whole := merged(self.root, path, source, self.imported)) else {}
            elif self.is_free(path, text):
                out[path] = text
        return out

    def is_free(self, path: str, text: str) -> bool:
        """Whether nothing stands in the way of a source; what does is kept, and told."""
        ident, kind = Path(path).stem, kind_of(path)
        name = "" if kind is None else kind.name
        entity = KINDS.get(name)
        known = None if entity is None else self.catalog.get(entity, ident)
        taken = known.ref.path if known is not None else path if os.path.lexists(self.root / path) else ""
        if not taken:
            return True
        if not _holds(self.root / taken, text):
            what = f"{name} {ident}" if entity is not None else f"the file of {name}"
            hint = "move what is new by hand: --dry-run in an empty folder shows it"
            if entity is Service:
                hint = "import under another --service, or move the rules by hand"
            self.imported.refused(Ref(taken), f"{what} is there already: it was kept as it is", hint)
        return False

    def put(self, path: str, text: str) -> Iterator[str]:
        """Writes one file, or shows it."""
        self.written += 1
        if self.arguments.dry_run:
            lines = difflib.unified_diff([], text.splitlines(keepends=True), "/dev/null", f"b/{path}")
            yield from lines
        elif write_new(self.root, path, text):
            yield f"wrote {path}\n"

    def replace(self, path: str, text: str) -> Iterator[str]:
        """Writes a source that has something more now, or shows what."""
        self.written += 1
        if self.arguments.dry_run:
            before = (self.root / path).read_text(encoding="utf-8").splitlines(keepends=True)
            yield from difflib.unified_diff(before, text.splitlines(keepends=True), f"a/{path}", f"b/{path}")
        else:
            write_source(self.root, path, text)
            yield f"added to {path}\n"

    def summary(self) -> str:
        """The last line."""
        notes = {level: sum(each.level is level for each in self.imported.notes) for level in Level}
        lost = notes[Level.ERROR] + notes[Level.WARNING]
        verb = "would be written" if self.arguments.dry_run else "written"
        kept = f"{count(lost, 'thing')} not kept" if lost else "everything kept"
        return f"{count(self.written, 'file')} {verb}, {kept}, {count(notes[Level.NOTE], 'note')}\n"

    @property
    def next_steps(self) -> str:
        """What to do now, for people: it is no part of the report."""
        if not self.written or self.arguments.dry_run:
            return ""
        return self.then

    @property
    def status(self) -> Exit:
        """1 where something could not be kept."""
        return Exit.FINDINGS if any(_is_lost(each) for each in self.imported.notes) else Exit.WELL


def _holds(path: Path, text: str) -> bool:
    """Whether the same import has been made before: a file of just this text is there."""
    try:
        return not path.is_symlink() and path.read_bytes() == text.encode()
    except OSError:
        return False


def _is_lost(note: Finding) -> bool:
    return note.level is not Level.NOTE
