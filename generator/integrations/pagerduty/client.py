"""The official client, kept from its faults: it retries 429 for ever, all network errors, and 5xx never."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

from generator.errors import UsageError
from generator.integrations.pagerduty.api import PagerDutyError, Record

INSTALL = "pip install 'tocsin[pagerduty]'"
LIMITED = 429
TRIES = 5
"""How often a call is made again: after 1, 2, 4, 8 and 16 seconds, or when PagerDuty says that it may."""
FIRST_WAIT = 1.0
LONGEST = 60.0
"""Seconds to wait at most when PagerDuty says how long."""
BROKEN = (500, 502, 503, 504)
_SAID = 300


class Client(Protocol):
    """What `Api` asks."""

    def asked(self, method: str, path: str, asked: Mapping[str, str] | None, body: Any) -> Record:
        """The answer of a call; PagerDutyError where there is none."""

    def close(self) -> None:
        """Closes the connections."""


def make_client(url: str, token: str, timeout: float) -> Client:
    """A client of the account at an address; `timeout` is in seconds, for one answer.

    Raises UsageError where the library is not installed.
    """
    try:
        from pagerduty import Error, RestApiV2Client
    except ImportError:
        raise UsageError("talking to PagerDuty takes its client library, which is not installed", INSTALL) from None

    class Patient(RestApiV2Client):  # type: ignore[misc,unused-ignore]
        """The client; its address may be that of a server on this machine, which tests use."""

        url = ""  # the library's own takes https alone; `connect` has judged the address

        def postprocess(self, response: Any, suffix: str | None = None) -> None:  # noqa: ARG002  # the library's
            """Waits as long as PagerDuty says; then comes the library's own wait."""
            if response.status_code == LIMITED:
                with suppress(ValueError):
                    time.sleep(min(max(float(response.headers.get("ratelimit-reset", "0")), 0.0), LONGEST))

    library: Any = Patient(token)
    library.url, library.timeout = url, timeout
    library.sleep_timer, library.max_http_attempts = FIRST_WAIT / 2, TRIES
    # It says on its own what it tries again; the commands say what they do.
    library.log = logging.getLogger("generator.pagerduty")
    library.log.addHandler(logging.NullHandler())
    library.log.propagate = False
    return _Client(library, Error, url)


class _Client:
    def __init__(self, library: Any, error: type[Exception], url: str) -> None:
        self._library, self._error, self._url = library, error, url

    def asked(self, method: str, path: str, asked: Mapping[str, str] | None, body: Any) -> Record:
        reads = method == "GET"
        # What changes something is tried once: a lost answer does not say that nothing was done.
        self._library.retry = {LIMITED: TRIES, **(dict.fromkeys(BROKEN, 2) if reads else {})}
        self._library.max_network_attempts = 2 if reads else 0
        given: dict[str, Any] = {"params": dict(asked)} if asked else {}
        if body is not None:
            given["json"] = body
        try:
            response = self._library.request(method, path, **given)
        except self._error as error:
            raise self._failed(error) from None
        return self._answer(response, method, path)

    def close(self) -> None:
        self._library.close()

    def _answer(self, response: Any, method: str, path: str) -> Record:
        status = response.status_code
        if not 200 <= status < 300:
            raise _refused(status, f"{method} {path}", _said(response))
        if not response.content:
            return {}
        try:
            answer = response.json()
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise PagerDutyError(f"{self._url} answers, but not as PagerDuty does", "is it the address of its API?")
        return answer

    def _failed(self, error: Exception) -> PagerDutyError:
        """The library's own message may hold the end of the token: it is not repeated."""
        response = getattr(error, "response", None)
        if response is not None:
            return _refused(response.status_code, "a call", _said(response))
        name = type(error.__cause__ or error).__name__
        late = "Timeout" in name
        why = "did not answer in time" if late else f"cannot be reached ({name})"
        hint = "--timeout gives it more seconds" if late else "is there a proxy or a wall in between? curl shows more"
        return PagerDutyError(f"{self._url} {why}", hint)


def _refused(status: int, call: str, said: str) -> PagerDutyError:
    why, hint = {
        401: ("PagerDuty refuses the token in PAGERDUTY_TOKEN", "is it of this account and region (service_region)?"),
        403: (f"PagerDuty forbids {call}", "the token may only read, or its user may not do that"),
        404: (f"PagerDuty has nothing for {call}", "is the id in schedules/pagerduty.ids.yaml of this account?"),
        LIMITED: ("PagerDuty says that too many calls are made", "try again in a minute"),
    }.get(status, (f"PagerDuty answers {call} with status {status}", ""))
    return PagerDutyError(f"{why}{': ' + said if said and status != 401 else ''}", hint)


def _said(response: Any) -> str:
    """The beginning of what PagerDuty says is wrong, on one line."""
    try:
        error = response.json()["error"]
        parts = [str(error.get("message") or ""), *(str(each) for each in error.get("errors") or ())]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    line = ", ".join(filter(None, parts))[:_SAID]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in line).split())
