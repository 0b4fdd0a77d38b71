"""What the setting `status.logo` leads to: a picture, and of which sort, by its content and not by its name."""

from __future__ import annotations

import re

from generator.git import LIMIT

_SVG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<svg[\s>]", re.DOTALL)
_ACTIVE = re.compile(
    rb"<\s*(?:\w+:)?(?:script|foreignObject|iframe|embed|object)\b|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE
)
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"RIFF", "image/webp"))


def picture_type(content: bytes) -> str | None:
    """Its media type; None for what is too large, empty or no SVG, PNG or WebP."""
    if not content or len(content) > LIMIT:
        return None
    if content.startswith(b"RIFF") and content[8:12] != b"WEBP":
        return None
    signed = next((mime for sign, mime in _SIGNS if content.startswith(sign)), None)
    return signed or ("image/svg+xml" if _SVG.match(content[:4096]) else None)


def is_active(content: bytes) -> bool:
    """Whether an SVG holds what would run, were it opened by itself; on the page it never does."""
    return picture_type(content) == "image/svg+xml" and _ACTIVE.search(content) is not None
