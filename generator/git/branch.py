"""A branch that is written without a work tree: objects first, then the name, and only if nobody moved it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator.errors import TocsinError, UsageError
from generator.git.run import git, why_not
from generator.records import dataclass

_FILE = "100644"


class Entry(NamedTuple):
    """A file of a commit: Git's mode, type and id."""

    mode: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class BranchStore:
    """The branches of the repository around a folder."""

    root: Path
    _people: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def require(self, name: str) -> None:
        """Raises UsageError where there is no repository, the name is none, or somebody has the branch checked out."""
        status, _, complaint = self._git("rev-parse", "--git-dir")
        if status:
            raise UsageError(f"{self.root} is {why_not(complaint)}", "a branch needs a repository: git init")
        if self._git("check-ref-format", ref(name))[0]:
            raise UsageError(f"'{name}' is no name of a branch")
        _, head, _ = self._git("symbolic-ref", "--quiet", "HEAD")
        _, taken, _ = self._git("for-each-ref", "--format=%(worktreepath)", ref(name))
        if head.decode("utf-8", "replace").strip() == ref(name) or taken.strip():
            raise UsageError(f"branch {name} is checked out: it would change below somebody's hands", "name another")

    def tip(self, full: str) -> str | None:
        """The commit that a full name (`refs/heads/pages`) or an id leads to."""
        status, output, _ = self._git("rev-parse", "--verify", "--quiet", f"{full}^{{commit}}")
        return None if status else output.decode("ascii").strip()

    def contains(self, newer: str, older: str) -> bool:
        """Whether a commit is another one, or comes after it."""
        return not self._git("merge-base", "--is-ancestor", older, newer)[0]

    def entries(self, commit: str) -> dict[str, Entry]:
        """The files of a commit, by path."""
        output = self._asked("ls-tree", "-r", "-z", "--full-tree", commit)
        found = {}
        for line in output.split(b"\0"):
            about, tab, path = line.partition(b"\t")
            if tab:
                found[path.decode("utf-8", "surrogateescape")] = Entry(*about.decode("ascii").split(" "))
        return found

    def content(self, entry: Entry) -> bytes:
        """The content of a file."""
        return self._asked("cat-file", "blob", entry.id)

    def tree_of(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self._asked("rev-parse", "--verify", f"{commit}^{{tree}}").decode("ascii").strip()

    def write_files(self, files: Mapping[str, bytes]) -> dict[str, Entry]:
        """Objects of some files, as they are: no filter of Git's changes ends of lines."""
        with TemporaryDirectory(prefix="tocsin-branch-") as folder:
            for number, content in enumerate(files.values()):
                Path(folder, str(number)).write_bytes(content)
            names = "".join(f"{folder}/{number}\n" for number in range(len(files)))
            output = self._asked("hash-object", "-w", "--no-filters", "--stdin-paths", given=names.encode())
        return {path: Entry(_FILE, "blob", each) for path, each in zip(files, output.decode().split(), strict=True)}

    def write_tree(self, entries: Mapping[str, Entry]) -> str:
        """The id of a tree of these files: the deepest folders first, all of one depth at once."""
        levels: dict[int, dict[str, dict[str, Entry]]] = {0: {"": {}}}
        for path, entry in entries.items():
            folder, _, name = path.rpartition("/")
            levels.setdefault(_depth(folder), {}).setdefault(folder, {})[name] = entry
        for depth in range(max(levels), 0, -1):
            folders = levels.get(depth, {})
            for folder, tree in zip(folders, self._make_trees(list(folders.values())), strict=True):
                above, _, name = folder.rpartition("/")
                levels.setdefault(depth - 1, {}).setdefault(above, {})[name] = Entry("040000", "tree", tree)
        return self._make_trees([levels[0][""]])[0]

    def write_commit(self, tree: str, parent: str | None, message: str, now: datetime) -> str:
        """The id of a commit by whoever Git says is committing, at a time that is given."""
        parents = "" if parent is None else f"parent {parent}\n"
        who = (("author", "GIT_AUTHOR_IDENT"), ("committer", "GIT_COMMITTER_IDENT"))
        people = "".join(f"{role} {self._person(name)} {int(now.timestamp())} +0000\n" for role, name in who)
        text = f"tree {tree}\n{parents}{people}\n{message}\n"
        given = text.encode("utf-8", "surrogateescape")
        return self._asked("hash-object", "-t", "commit", "-w", "--stdin", given=given).decode("ascii").strip()

    def rewrite(self, commit: str, tree: str, parent: str, now: datetime) -> str:
        """The id of a commit as another one was, by its author and with its words, of another tree and parent."""
        head, _, message = self._asked("cat-file", "commit", commit).partition(b"\n\n")
        author = next(line for line in head.split(b"\n") if line.startswith(b"author "))
        who = f"committer {self._person('GIT_COMMITTER_IDENT')} {int(now.timestamp())} +0000"
        top = f"tree {tree}\nparent {parent}\n".encode() + author + b"\n" + who.encode("utf-8", "surrogateescape")
        given = top + b"\n\n" + message
        return self._asked("hash-object", "-t", "commit", "-w", "--stdin", given=given).decode("ascii").strip()

    def merged(self, ours: Entry, base: Entry, theirs: Entry) -> bytes | None:
        """The content of a file that two changed, line by line; None where both changed the same lines."""
        with TemporaryDirectory(prefix="tocsin-merge-") as folder:
            places = [Path(folder, str(number)) for number in range(3)]
            for place, entry in zip(places, (ours, base, theirs), strict=True):
                place.write_bytes(self.content(entry))
            status, output, _ = self._git("merge-file", "--stdout", *map(str, places))
        return None if status else output

    def move(self, name: str, commit: str, old: str | None, why: str = "tocsin publish") -> None:
        """Lets a branch lead to a commit, if it still leads where it did (None: nowhere); `why` is for the reflog."""
        before = old or "0" * len(commit)
        status, _, complaint = self._git("update-ref", "-m", why, ref(name), commit, before)
        if status:
            raise TocsinError(f"branch {name} was moved by somebody else meanwhile, or is locked ({complaint})")

    def remotes(self) -> list[str]:
        """The names of all remotes."""
        return self._asked("remote").decode("utf-8", "replace").split()

    def setting(self, key: str) -> str:
        """A value of Git's configuration; empty where there is none."""
        return self._git("config", "--get", key)[1].decode("utf-8", "replace").strip()

    def require_identity(self) -> None:
        """Raises UsageError where Git does not know who commits: before anything is written."""
        for variable in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            self._person(variable)

    def _person(self, variable: str) -> str:
        if variable in self._people:
            return self._people[variable]
        status, output, _ = self._git("-c", "user.useConfigOnly=true", "var", variable)
        if status:
            raise UsageError(
                "Git does not know who commits",
                "git config user.name 'Your name'; git config user.email you@example.com",
            )
        self._people[variable] = output.decode("utf-8", "surrogateescape").strip().rsplit(" ", 2)[0]
        return self._people[variable]

    def _make_trees(self, folders: Sequence[Mapping[str, Entry]]) -> list[str]:
        given = b"\0".join(b"".join(_lines(folder)) for folder in folders)
        # An empty tree is no input at all, and gives one tree all the same where it is the only one.
        batch = ("--batch",) if len(folders) > 1 else ()
        return self._asked("mktree", "-z", "--missing", *batch, given=given).decode("ascii").split()

    def _asked(self, *arguments: str, given: bytes = b"") -> bytes:
        status, output, complaint = self._git(*arguments, given=given)
        if status:
            raise TocsinError(f"git {arguments[0]} failed: {complaint}")
        return output

    def _git(self, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
        return git(self.root, *arguments, given=given)


def ref(name: str) -> str:
    """The full name of a branch."""
    return f"refs/heads/{name}"


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0


def _lines(folder: Mapping[str, Entry]) -> Iterator[bytes]:
    for name, entry in folder.items():
        yield f"{entry.mode} {entry.type} {entry.id}\t{name}".encode("utf-8", "surrogateescape") + b"\0"
