"""What of a PagerDuty account is imported, whichever files told of it. Everything knows where it was said."""

from __future__ import annotations

from dataclasses import field

from generator.documents.stream import Node
from generator.records import dataclass


@dataclass(slots=True, eq=False)
class Thing:
    """Something with a name. `key` is what others refer to it by: its id in PagerDuty, or its address in Terraform."""

    key: str
    at: Node
    name: str = ""
    ident: str | None = None
    """The id that it has to get here, where its address in Terraform says so."""
    known_as: str | None = None
    """Its id in PagerDuty."""
    description: str | None = None
    """None where the files do not say, empty where they say that there is none."""

    @property
    def told(self) -> str | None:
        """The description that has to be written down, or the first plan would change it."""
        return None if (self.description or "").startswith("Kept by tocsin in ") else self.description


@dataclass(slots=True, eq=False)
class User(Thing):
    """Somebody. `complete`: more is known than that somebody referred to them."""

    email: str | None = None
    zone: str | None = None
    role: str | None = None
    complete: bool = False


@dataclass(slots=True, eq=False)
class Team(Thing):
    """A team."""


@dataclass(slots=True, eq=False)
class Restriction:
    """When a layer is on duty: every day, or on one day of the week (0 is Monday), from a time for so many seconds."""

    at: Node
    day: int | None
    start: int
    """Seconds after midnight."""
    length: int


@dataclass(slots=True, eq=False)
class Layer:
    """A layer of a schedule. Instants are as written; `turn` is in seconds."""

    at: Node
    name: str
    start: str
    anchor: str
    end: str | None
    turn: int
    users: list[str]
    restrictions: list[Restriction] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Schedule(Thing):
    """A schedule; its layers bottom first. `layers` None: they were not among what was said."""

    zone: str = ""
    teams: list[str] = field(default_factory=list)
    layers: list[Layer] | None = None


@dataclass(slots=True, eq=False)
class Rule:
    """A step of a policy: (`user` or `schedule`, key), and minutes until the next."""

    at: Node
    targets: list[tuple[str, str]]
    minutes: int


@dataclass(slots=True, eq=False)
class Policy(Thing):
    """An escalation policy."""

    loops: int = 0
    teams: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Service(Thing):
    """A service, and the policy that it uses."""

    policy: str | None = None


@dataclass(slots=True)
class Account:
    """All of it, by key, in the order of the files."""

    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    members: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """(team, user) → the role there, where it is known."""
    memberships: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of Terraform's memberships, by address."""
    manages_users: bool = False
    """Whether Terraform makes users, instead of looking them up."""
    others: dict[str, str] = field(default_factory=dict)
    """Ids of what is no thing of these, by address: they are kept as they are."""
    same: dict[str, str] = field(default_factory=dict)
    """Keys that mean a thing with another key: a user whom Terraform names and the API too."""
