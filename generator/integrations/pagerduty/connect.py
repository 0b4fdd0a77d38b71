"""Where the account is and who asks. The token comes from the environment alone, and is never repeated."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from generator.analysis.pagerduty.settings import PAGERDUTY
from generator.catalog import Catalog
from generator.errors import UsageError
from generator.integrations.pagerduty.api import Api

TOKEN = "PAGERDUTY_TOKEN"  # noqa: S105  # where a token is, not one
URL = "PAGERDUTY_API_URL"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
REGIONS = {"us": "https://api.pagerduty.com", "eu": "https://api.eu.pagerduty.com"}


def connect(catalog: Catalog, timeout: float = 20.0) -> Api:
    """The account's API; nothing is asked yet. `timeout` is in seconds, for one answer.

    Raises UsageError without a token, or without the client library.
    """
    token = os.environ.get(TOKEN, "").strip()
    if not token or not token.isprintable() or not token.isascii() or " " in token:
        raise UsageError(
            f"there is no token: {TOKEN} is not set, or holds no token",
            "make one in PagerDuty under Integrations > API Access Keys; read-only does for all but push --apply",
        )
    return Api(_address(catalog), token, timeout)


def _address(catalog: Catalog) -> str:
    written = os.environ.get(URL, "")
    if not written:
        return REGIONS[catalog.settings.get(PAGERDUTY).service_region]
    try:
        parts = urlsplit(written)
        known = bool(parts.hostname) and not parts.query and "@" not in parts.netloc
        local = parts.hostname in LOOPBACK
    except ValueError:
        known, local, parts = False, False, urlsplit("")
    if not known or not written.isprintable() or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise UsageError(f"{URL} is no address that a token could be sent to", "https://api.eu.pagerduty.com")
    return written.rstrip("/")
