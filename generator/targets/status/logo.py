"""The logo: a picture of the repository, in the page where it is small and a file beside it where not.

It is shown by an `img` element, in which no script of an SVG runs and nothing is loaded. What is no picture is not
taken: the page shows the name.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import field
from pathlib import PurePosixPath

from generator.analysis.status.logo import picture_type
from generator.context import Context
from generator.records import dataclass

INLINE = 4096
"""Bytes up to which it is part of every page."""


@dataclass(frozen=True, slots=True)
class Logo:
    """`address` is a `data:` address; None for a picture that is a file of its own."""

    file: str
    """Its name in the root of the page, where it is a file."""
    content: bytes = field(repr=False)
    address: str | None
    source: str

    def src(self, root: str) -> str:
        """The address on a page, from which `root` leads to the root."""
        return self.address or root + self.file


def logo(path: str | None, context: Context) -> Logo | None:
    """The picture at a path of the repository; None where there is none that can be shown."""
    content = context.read_bytes(path) if path else None
    mime = picture_type(content) if content else None
    if not path or content is None or mime is None:
        return None
    address = f"data:{mime};base64,{b64encode(content).decode()}" if len(content) <= INLINE else None
    return Logo(f"logo{PurePosixPath(path).suffix.lower()}", content, address, path)
