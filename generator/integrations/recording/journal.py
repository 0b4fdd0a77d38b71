"""What was begun: a file for each change, in Git's folder, from before anything moves until all of it is done.

Whoever is killed and starts again finds there under which name the change is known (the trailer of its commit), and
from which commit to which the work tree was on its way.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from generator.files import is_unfinished, put
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """A change that was begun."""

    key: str
    """What names it for whoever starts the same command again."""
    instance: str
    """What names it in history. The same words said a second time are another operation."""
    branch: str
    subject: str
    push: bool
    top: str = ""
    """The work tree that is on its way, and from which commit to which; empty where none is."""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """The operations of a repository."""

    folder: Path

    def begin(self, key: str, branch: str, *, push: bool) -> tuple[Operation, bool]:
        """The operation of that key, and whether it was begun before. Nothing is written yet."""
        for found in self.all():
            if found.key == key and found.branch == branch:
                return found, True
        name = f"{sha256(key.encode()).hexdigest()[:12]}-{secrets.token_hex(6)}"
        return Operation(key, name, branch, "", push), False

    def all(self) -> tuple[Operation, ...]:
        """Every operation that is not done; a file that cannot be read is none."""
        try:
            names = sorted(path for path in self.folder.iterdir() if path.suffix == ".json")
        except OSError:
            return ()
        return tuple(found for path in names if (found := _read(path)) is not None)

    def write(self, operation: Operation) -> None:
        """Notes how far it is."""
        put(self._place(operation), json.dumps(asdict(operation)).encode())

    def abandon(self, operation: Operation) -> None:
        """It cannot be done; what is on its way already is finished by the next command."""
        if not any(found.new for found in self.all() if found.instance == operation.instance):
            self.drop(operation)

    def drop(self, operation: Operation) -> None:
        """It is done. Where nothing is left, the folder goes too."""
        self._place(operation).unlink(missing_ok=True)
        with suppress(OSError):
            for path in self.folder.iterdir():
                if is_unfinished(path.name):
                    path.unlink()
            self.folder.rmdir()
            self.folder.parent.rmdir()

    def noted(self, operation: Operation) -> float:
        """When it was last written, in seconds since 1970, by the clock of the file system."""
        try:
            return self._place(operation).stat().st_mtime
        except OSError:
            return 0.0

    def _place(self, operation: Operation) -> Path:
        return self.folder / f"{operation.instance}.json"


def _read(path: Path) -> Operation | None:
    try:
        return Operation(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
