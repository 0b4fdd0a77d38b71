"""The accent colour, made readable: darker on the light theme, lighter on the dark one, until WCAG AA holds."""

from __future__ import annotations

import re

from generator.analysis.status.settings import ACCENT

LIGHT, DARK = "#f4f5f7", "#181c22"
"""The less favourable background of each theme for text in the accent colour."""
_READABLE = 4.6
_STEPS = 32
Rgb = tuple[int, int, int]


def readable(colour: str, background: str) -> str:
    """The colour, mixed with as little black or white as makes text of it readable on the background."""
    written = colour if re.fullmatch(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", colour) else ACCENT
    start, behind = _parse(written), _parse(background)
    end = (0, 0, 0) if _luminance(behind) > 0.5 else (255, 255, 255)  # light or dark
    mixes = (_mix(start, end, step / _STEPS) for step in range(_STEPS + 1))
    found = next(mixed for mixed in mixes if _contrast(mixed, behind) >= _READABLE or mixed == end)
    return "#" + "".join(f"{part:02x}" for part in found)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, from 1 to 21."""
    return _contrast(_parse(one), _parse(other))


def _parse(colour: str) -> Rgb:
    digits = colour[1:]
    if len(digits) == 3:  # #rgb
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _mix(start: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(start, end, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
