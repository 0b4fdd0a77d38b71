"""Names that follow from other names: of an SLO's alert, of an alert's runbook."""

from __future__ import annotations

import re
from functools import lru_cache


def is_address(runbook: str) -> bool:
    """Whether a runbook is given as an address elsewhere instead of a slug here."""
    return runbook.startswith(("https://", "http://"))


_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9]+")


def kebab_case(alert: str) -> str:
    """`TrWebHTTPErrors` → `tr-web-http-errors`: the slug of an alert's runbook unless it names one.

    Of a name without any Latin letter or digit, a slug that its bytes alone decide: it is never empty.
    """
    found = "-".join(word.lower() for word in _WORD.findall(alert))
    if found:
        return found
    from hashlib import sha256

    return f"alert-{sha256(alert.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@lru_cache(maxsize=1 << 16)
def camel_case(*parts: str) -> str:
    """`tr-web`, `latency` → `TrWebLatency`: the name of an SLO's alert unless it names one."""
    return "".join(word[:1].upper() + word[1:] for part in parts for word in _BETWEEN.split(part))
