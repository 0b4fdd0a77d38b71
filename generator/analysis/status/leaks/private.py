"""Hosts that only a private network knows: by their address, by the end of their name, by having one label."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from generator.analysis.status.leaks.leak import Leak

HINT = "leave out where it runs: say what customers notice"

_NUMBERS = re.compile(r"\d\.\d{1,3}\.\d")
_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_V4 = re.compile(r"(?<![\w.])(?P<host>(?:\d{1,3}\.){3}\d{1,3})(?![\w]|\.\d)(?:/\d{1,2}\b)?(?::\d{1,5}\b)?")
_V6 = re.compile(r"(?i)(?<![\w:.])(?P<host>(?:f[cd][0-9a-f]{2}|fe80)(?::[0-9a-f]{0,4}){2,7}|(?<=\[)::1(?=\]))(?![\w:])")
_VERSION = re.compile(r"(?i)(?:\bv|versi[o\u00f3]n(?:es|s)?|release|build|firmware|update|app|ios|android)[\s:.]*\Z")
"""Four numbers behind such a word are a version."""
BEFORE = 24
"""So many characters before a number are looked at for that."""
# In lower case alone: "It is fixed.Internal tests …" is a sentence.
_NAME = re.compile(
    r"(?<![\w.@*-])(?<!\w/)(?:[a-z0-9_][a-z0-9_-]*\.)+"
    r"(?:internal|local|localdomain|localhost|lan|intranet|corp|svc|home\.arpa|consul)(?![\w-]|\.\w)"
)
_CLOUD = re.compile(
    r"(?i)(?<![\w.@*-])(?:[a-z0-9-]+\.)+"
    r"(?:(?:rds|cache|elb|es|redshift)\.amazonaws\.com|(?:database|redis\.cache)\.windows\.net)\b"
)
_ENDS = re.compile(r"\.(?:internal|local|lan|intranet|corp|svc|home\.arpa|consul|amazonaws|windows)", re.IGNORECASE)
"""What one of the two has in it: looking for this first is faster than for a name that may begin anywhere."""
_ONE_LABEL = re.compile(r"(?i)://(?:[^\s/@]{0,200}@)?(?P<host>[a-z0-9_-]+)(?![\w-]|\.\w|:?[^\s/@]{0,200}@)")
_LOCALHOST = re.compile(r"(?i)\blocalhost:\d+")
_RANGES = frozenset({"10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"})
"""The same with everybody: whoever names one says nothing of their own."""
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_PUBLISHED = tuple(
    map(ipaddress.ip_network, ("0.0.0.0/8", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"))
)
"""Private by the letter, and nobody's: for examples, masks and "any address"."""


def private_hosts(text: str) -> Iterator[Leak]:
    """Each host, with what makes it private."""
    for pattern in (*([_V4] if _NUMBERS.search(text) else []), *([_V6] if _COLONS.search(text) else [])):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - BEFORE) : found.start()]
            if _is_private(found["host"]) and found.group() not in _RANGES and not _VERSION.search(before):
                yield Leak(*found.span(), found.group(), "an address of a private network", HINT)
    for pattern in (_NAME, _CLOUD) if _ENDS.search(text) else ():
        for found in pattern.finditer(text):
            yield Leak(*found.span(), found.group(), "a host of a private network", HINT)
    for found in _LOCALHOST.finditer(text) if "localhost:" in text.lower() else ():
        yield Leak(*found.span(), found.group(), "a host that is everybody's own machine", HINT)
    if "://" in text:
        for found in _ONE_LABEL.finditer(text):
            yield Leak(*found.span("host"), found["host"], "a host that only a private network knows", HINT)


def _is_private(written: str) -> bool:
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        return True
    return (found.is_private or found in _SHARED) and not any(found in each for each in _PUBLISHED)
