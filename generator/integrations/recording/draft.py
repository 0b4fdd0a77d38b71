"""A change before it is a commit: what it really changes, whether that can be read, and how it looks."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime

from generator.catalog import load
from generator.errors import RefusedPath, UsageError
from generator.findings import Level
from generator.git import LIMIT, Memory, Tree
from generator.git.branch import BranchStore, Entry
from generator.git.messages import with_instance
from generator.git.overlay import FOLDERS
from generator.integrations.recording.change import Plan
from generator.records import dataclass
from generator.settings import PATH as SETTINGS


@dataclass(frozen=True, slots=True)
class Draft:
    """Only what differs from the tree it was planned for."""

    files: Mapping[str, bytes | None]
    message: str
    diff: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]


def drafted(tree: Tree, plan: Plan, *, anywhere: bool) -> Draft:
    """What the plan makes of a tree; not anywhere in it where the branch is for some folders only.

    Raises:
        UsageError: it cannot be done here, or would not be read.
    """
    change = plan(tree)
    for path in change.files:
        if not _inside(path):
            raise RefusedPath(f"'{path}' is no path of a source in this repository")
        if not anywhere and not path.startswith(FOLDERS):
            raise RefusedPath(f"{path} is not in {' or '.join(FOLDERS)}: the status branch holds nothing else")
    before = dict(tree.read(change.files))
    after = {path: None if text is None else text.encode() for path, text in sorted(change.files.items())}
    files = {path: content for path, content in after.items() if content != before.get(path)}
    _readable(tree, files)
    if not change.message.strip():
        raise UsageError("a commit needs a message")
    message = "".join(each if each.isprintable() or each == "\n" else " " for each in change.message).strip()
    return Draft(files, message, "".join(_diff(before, files)))


def _inside(path: str) -> bool:
    steps = path.split("/")
    return path.isprintable() and "\\" not in path and not {"", ".", "..", ".git"} & {step.lower() for step in steps}


def _readable(tree: Tree, files: Mapping[str, bytes | None]) -> None:
    """What hooks are for elsewhere: nothing is recorded that the next build would stumble over."""
    given = {path: content for path, content in files.items() if content is not None}
    for path, content in given.items():
        if len(content) > LIMIT:
            raise UsageError(f"{path} would be larger than a source may be (1 MiB)")
    settings = dict(tree.read([SETTINGS]))
    catalog = load(Memory({**settings, **given}))
    for finding in catalog.findings:
        if finding.where.path in given and finding.level is Level.ERROR:
            raise UsageError(f"{finding.where.path} could not be read afterwards: {finding.message}", finding.hint)


def _diff(before: Mapping[str, bytes], files: Mapping[str, bytes | None]) -> Iterator[str]:
    for path, content in files.items():
        old, new = before.get(path), content
        names = (f"a/{path}" if old is not None else "/dev/null", f"b/{path}" if new is not None else "/dev/null")
        for line in difflib.unified_diff(_lines(old), _lines(new), *names):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes | None) -> list[str]:
    lines = (content or b"").decode("utf-8", "replace").split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *filter(None, lines[-1:])]


def committed(  # what a commit is made of
    store: BranchStore,
    draft: Draft,
    entries: Mapping[str, Entry],
    parent: str | None,
    *,
    prefix: str,
    instance: str,
    now: datetime,
) -> str:
    """The id of a commit of the draft on top of another one. No branch leads there yet."""
    paths = {f"{prefix}{path}": content for path, content in draft.files.items()}
    for path in paths:
        _free(path, entries)
    given = {path: content for path, content in paths.items() if content is not None}
    new = {path: each._replace(mode=_mode(entries.get(path))) for path, each in store.write_files(given).items()}
    kept = {path: each for path, each in entries.items() if path not in paths}
    tree = store.write_tree(kept | new)
    return store.write_commit(tree, parent, with_instance(draft.message, instance), now)


def _free(path: str, entries: Mapping[str, Entry]) -> None:
    above = path
    while above:
        if above in entries and (above != path or not entries[above].mode.startswith("100")):
            raise RefusedPath(f"'{path}' cannot be written: {above} is no {'file' if above == path else 'folder'}")
        above = above.rpartition("/")[0]


def _mode(old: Entry | None) -> str:
    return old.mode if old is not None else "100644"
