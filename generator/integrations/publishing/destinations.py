"""Where a target can be brought: `/srv/runbooks`, `ssh://host/srv/status`, `branch:pages`."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

from generator.records import dataclass

FORMS = "a destination is a folder, ssh://[user@]host[:port]/path, or branch:name"

# What begins with a dash would be an option to ssh; what is left out here means something to a shell or to ssh.
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9]+)?")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@+-]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BRANCH = re.compile(r"[^\s~^:?*\[\\\x00-\x1f\x7f+-]([^\s~^:?*\[\\\x00-\x1f\x7f])*")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Host:
    """A folder of another machine, over ssh. `path` is absolute, or relative to the home folder of the user there."""

    host: str
    path: PurePosixPath
    user: str = ""
    port: int | None = None

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"ssh://{user}{host}{port}{'' if self.path.is_absolute() else '/~/'}{self.path}"


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the repository."""

    name: str

    def __str__(self) -> str:
        return f"branch:{self.name}"


Destination: TypeAlias = Folder | Host | Branch


def parse(text: str, base: Path) -> Destination:
    """The destination that is meant; a folder is relative to `base`, and `~` is the home folder.

    Raises:
        ValueError: it is none, with a plain sentence that repeats no password.
    """
    if not text.strip() or not text.isprintable():
        raise ValueError(FORMS)
    if text.startswith("ssh://"):
        return _host(text)
    if text.startswith("branch:"):
        return _branch(text.removeprefix("branch:"))
    scheme = _SCHEME.match(text)
    if scheme is not None:
        raise ValueError(f"nothing can be published to {scheme[1]}: {FORMS}")
    if text.startswith("-"):
        raise ValueError(f"'{text}' looks like an option: write ./{text} for a folder of that name")
    # Not resolved: a symlink stays one, and is refused later.
    return Folder(Path(os.path.normpath(base / os.path.expanduser(text))))  # noqa: PTH111  # Path's raises for ~nobody


def _host(text: str) -> Host:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(f"an ssh destination cannot be read: {FORMS}") from None
    host, user = parts.hostname or "", unquote(parts.username or "")
    if parts.password is not None:
        raise ValueError(f"the destination ssh://…@{host} holds a password: ssh takes keys, and no file holds secrets")
    if not _HOST.fullmatch(_as_written(parts)):
        raise ValueError("an ssh destination names no host that can be one: ssh://[user@]host[:port]/path")
    if user and not _USER.fullmatch(user):
        raise ValueError(f"an ssh destination on {host} names no user that can be one: ssh://[user@]host[:port]/path")
    if parts.query or parts.fragment:
        raise ValueError(f"the path on {host} has '?' or '#' in it: write %3F or %23")
    return Host(_as_written(parts), _path(unquote(parts.path), host), user, port)


def _as_written(parts: SplitResult) -> str:
    """The host with its case: an alias of ssh's own configuration may have some."""
    written = parts.netloc.rpartition("@")[2]
    return written[1:].partition("]")[0] if written.startswith("[") else written.partition(":")[0]


def _path(path: str, host: str) -> PurePosixPath:
    home = path.startswith("/~/")
    steps = [step for step in (path[2:] if home else path).split("/") if step]
    if not path.isprintable() or any(step in (".", "..") for step in steps):
        raise ValueError(f"the path on {host} has steps or characters that a folder has not")
    if len(steps) < (1 if home else 2):
        raise ValueError(f"the path on {host} has to be a folder of its own in another one, as /srv/runbooks")
    if steps[0].startswith(("-", "~")):
        raise ValueError(f"the path on {host} begins with '{steps[0][0]}': write /~/folder, or the whole path")
    return PurePosixPath(*([] if home else ["/"]), *steps)


def _branch(name: str) -> Branch:
    if not _BRANCH.fullmatch(name) or "@{" in name or ".." in name or name.startswith("refs/"):
        raise ValueError(f"'{name}' is no name of a branch: branch:pages is one")
    return Branch(name)
