"""The calls that are made, and what their answers are held to.

The official client does the talking. What it leaves to its user is done here: an end to waiting, the pages of lists,
no second try of what changes something, errors that say what to do, and no token in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from generator.errors import TocsinError
from generator.times import iso_utc

if TYPE_CHECKING:
    from generator.integrations.pagerduty.client import Client

Record = dict[str, Any]
PAGE = 100
LAST = 10_000
"""The API lists no further than this."""


class PagerDutyError(TocsinError):
    """PagerDuty cannot be asked, refuses, or answers with something else than was asked for."""


class Api:
    """One account, for a `with`: leaving it closes the connections. The first call loads the client."""

    def __init__(self, url: str, token: str, timeout: float = 20.0) -> None:
        self.url, self._token, self._timeout = url, token, timeout
        self._made: Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._made is not None:
            self._made.close()

    def users(self) -> Iterator[Record]:
        """Everybody."""
        return self._list("/users", "users")

    def teams(self) -> Iterator[Record]:
        """All teams, without their members."""
        return self._list("/teams", "teams")

    def members(self, team: str) -> Iterator[Record]:
        """Who is in a team: `user` and `role`."""
        return self._list(f"/teams/{team}/members", "members")

    def schedules(self) -> Iterator[Record]:
        """All schedules, without their layers."""
        return self._list("/schedules", "schedules", {"time_zone": "Etc/UTC"})

    def policies(self) -> Iterator[Record]:
        """All escalation policies."""
        return self._list("/escalation_policies", "escalation_policies")

    def services(self) -> Iterator[Record]:
        """All services."""
        return self._list("/services", "services")

    def schedule(self, ident: str, since: datetime | None = None, until: datetime | None = None) -> Record:
        """One schedule with its layers; with what it renders to between two instants, cut at both."""
        # Without a zone of one's own the answer is in the zone of the token's owner.
        asked = {"time_zone": "Etc/UTC"}
        if since is not None and until is not None:
            asked |= {"since": iso_utc(since), "until": iso_utc(until)}
        return self._record(self._ask("GET", f"/schedules/{ident}", asked), "schedule")

    def overrides(self, ident: str, since: datetime, until: datetime) -> list[Record]:
        """The overrides of a schedule that reach into a span, in full length."""
        asked = {"since": iso_utc(since), "until": iso_utc(until), "overflow": "true", "time_zone": "Etc/UTC"}
        return self._records(self._ask("GET", f"/schedules/{ident}/overrides", asked), "overrides")

    def add_override(self, ident: str, start: datetime, end: datetime, user: str) -> Record:
        """Somebody stands in."""
        who = {"id": user, "type": "user_reference"}
        body = {"override": {"start": iso_utc(start), "end": iso_utc(end), "user": who}}
        return self._record(self._ask("POST", f"/schedules/{ident}/overrides", body=body), "override")

    def remove_override(self, ident: str, override: str) -> None:
        """Takes an override away; one that runs is cut short."""
        self._ask("DELETE", f"/schedules/{ident}/overrides/{override}")

    def _list(self, path: str, key: str, asked: Mapping[str, str] | None = None) -> Iterator[Record]:
        """All pages of a list, each thing once though something was added meanwhile."""
        seen: set[str] = set()
        for offset in range(0, LAST, PAGE):
            answer = self._ask("GET", path, {**(asked or {}), "limit": str(PAGE), "offset": str(offset)})
            for record in self._records(answer, key):
                ident = str(record.get("id") or (record.get("user") or {}).get("id"))
                if ident not in seen:
                    seen.add(ident)
                    yield record
            if not answer.get("more"):
                return
        raise PagerDutyError(f"PagerDuty has more than {LAST:,} {key}, and lists no more of them")

    def _ask(self, method: str, path: str, asked: Mapping[str, str] | None = None, body: Any = None) -> Record:
        if self._made is None:
            from generator.integrations.pagerduty.client import make_client

            self._made = make_client(self.url, self._token, self._timeout)
        answer: Record = self._made.asked(method, path, asked, body)
        return answer

    def _record(self, answer: Record, key: str) -> Record:
        record = answer.get(key)
        if not isinstance(record, dict):
            raise PagerDutyError(f"{self.url} answers, but with no {key}", "is it the address of PagerDuty's API?")
        return record

    def _records(self, answer: Record, key: str) -> list[Record]:
        records = answer.get(key)
        if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
            raise PagerDutyError(f"{self.url} answers, but with no {key}", "is it the address of PagerDuty's API?")
        return records
