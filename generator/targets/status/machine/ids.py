"""Identities for machines. They come from ids and times in the sources alone: neither words nor addresses change them.

How they are made may never change: every subscriber would get everything anew.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from uuid import UUID, uuid5

from generator.targets.status.machine.text import unicode

_SPACE = UUID("6f0b2c0e-58a5-5f43-8f3f-5d1f2a2f7c11")
_LENGTH = 12


def short(*parts: str) -> str:
    """An id as Statuspage's are: twelve lower-case letters and digits."""
    return b32encode(sha256(_joined(parts).encode()).digest()).decode().lower()[:_LENGTH]


def urn(*parts: str) -> str:
    """An id for the whole world, for feeds: `urn:uuid:…`."""
    return uuid5(_SPACE, _joined(parts)).urn


def uid(*parts: str) -> str:
    """An id for the whole world, for calendars."""
    return f"{uuid5(_SPACE, _joined(parts))}@tocsin"


def _joined(parts: tuple[str, ...]) -> str:
    return unicode("\n".join(parts))
