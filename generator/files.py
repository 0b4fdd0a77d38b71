"""Replacing a file as a whole: a lowest layer, for what writes artifacts and what writes sources."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tocsin-"
"""How the names of unfinished files begin; a token follows."""

_TOKEN = re.compile(re.escape(TEMPORARY) + "[0-9a-f]{16}")

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def put(place: Path, content: bytes, mode: int | None = None) -> None:
    """Replaces a file as a whole: whoever reads it, or kills us, meets the old content or the new one.

    `mode` are its permissions; without it, those that new files get.
    """
    # Names as text: a build writes thousands of files, and a path object a step would double the time.
    temporary = os.path.join(os.path.dirname(place), f"{TEMPORARY}{secrets.token_hex(8)}")  # noqa: PTH118, PTH120
    try:
        with os.fdopen(_begun(temporary, place), "wb") as file:
            file.write(content)
            if mode is not None:
                os.fchmod(file.fileno(), mode)
        os.replace(temporary, place)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _begun(temporary: str, place: Path) -> int:
    """The open unfinished file; its folder is made where it is missing, and not asked for where it is there."""
    try:
        return os.open(temporary, _NEW, 0o666)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(temporary, _NEW, 0o666)


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is what a killed `put` left."""
    return _TOKEN.fullmatch(name) is not None
