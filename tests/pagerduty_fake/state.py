"""Everything that an account holds, and its clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

from tests.pagerduty_fake.errors import not_found

Record = dict[str, Any]


@dataclass(slots=True)
class Request:
    """One call: what was asked for, and what came with it."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any = None
    ids: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """A parameter, the last one where it is there twice."""
        return self.query[name][-1] if self.query.get(name) else None

    def flag(self, name: str) -> bool:
        """A parameter that is true or false."""
        return self.one(name) == "true"

    def many(self, name: str) -> list[str]:
        """A parameter that may be there often: `team_ids[]`."""
        return self.query.get(f"{name}[]", [])


@dataclass
class State:
    """The account: collections of records by id. Tests may look at them and change them."""

    now: datetime | None = None
    """The clock; None is the machine's. An instant that is set stands still."""
    owner_zone: str = "America/Los_Angeles"
    """The zone of the token's owner, in which lists come; not the one that anybody would guess."""
    abilities: set[str] = field(default_factory=lambda: {"teams", "urgencies", "service_support_hours"})
    """What the account has bought; `round_robin` is not among it."""
    users: dict[str, Record] = field(default_factory=dict)
    teams: dict[str, Record] = field(default_factory=dict)
    members: dict[str, dict[str, str]] = field(default_factory=dict)
    """Team → user → role."""
    schedules: dict[str, Record] = field(default_factory=dict)
    overrides: dict[str, list[Record]] = field(default_factory=dict)
    """Schedule → overrides, in the order in which they were made: a later one wins."""
    policies: dict[str, Record] = field(default_factory=dict)
    services: dict[str, Record] = field(default_factory=dict)
    integrations: dict[str, dict[str, Record]] = field(default_factory=dict)
    """Service → integrations by id."""
    windows: dict[str, Record] = field(default_factory=dict)
    groupings: dict[str, Record] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    """The ids of what is made next, for tests that have to know them."""
    made: int = 0
    lock: RLock = field(default_factory=RLock)

    def clock(self) -> datetime:
        """The present, in UTC, to the second."""
        return (self.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of lists and of times without an offset."""
        return ZoneInfo(self.owner_zone)

    def new_id(self) -> str:
        """An id as the service makes them, a new one each time."""
        if self.ids:
            return self.ids.pop(0)
        self.made += 1
        number, digits = self.made + 36**5, ""
        while number:
            number, rest = divmod(number, 36)
            digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
        return f"P{digits}"

    def get(self, collection: dict[str, Record], ident: str) -> Record:
        """A record, or 404."""
        if ident not in collection:
            raise not_found()
        return collection[ident]


def shown(record: Record, *, kind: str, base: str) -> Record:
    """A record as the service shows it: keys that begin with `_` are its own business."""
    visible = {key: value for key, value in record.items() if not key.startswith("_")}
    path = f"/{base}/{record['id']}"
    return {
        **visible,
        "type": kind,
        "summary": record.get("name") or record.get("label") or record["id"],
        "self": f"https://api.pagerduty.example{path}",
        "html_url": f"https://example.pagerduty.example{path}",
    }


def reference_to(record: Record, *, kind: str, base: str) -> Record:
    """A reference to a record."""
    whole = shown(record, kind=f"{kind}_reference", base=base)
    return {key: whole[key] for key in ("id", "type", "summary", "self", "html_url")}
