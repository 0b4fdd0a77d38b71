"""Alertmanager's words as data: matchers, routes, receivers, inhibition. And its way of finding receivers.

What renders the configuration and what proves where an alert ends both work on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from generator.records import dataclass

NOBODY = "nobody-is-notified"
"""The receiver of alerts without a team, or of a team that says nowhere how to reach it: its name says what happens."""

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")


@dataclass(frozen=True, slots=True)
class Matcher:
    """A label with one of some values; with any value at all where none is named."""

    label: str
    values: tuple[str, ...] = ()
    unlike: bool = False
    """Whether it must have none of the values."""

    def matches(self, labels: Mapping[str, str]) -> bool:
        """As Alertmanager: a label that is not there is empty."""
        value = labels.get(self.label, "")
        return (value in self.values if self.values else bool(value)) is not self.unlike

    @property
    def operator(self) -> str:
        """One of `=`, `!=`, `=~`, `!~`."""
        alone = len(self.values) == 1
        return {(True, False): "=", (True, True): "!=", (False, False): "=~", (False, True): "!~"}[alone, self.unlike]

    @property
    def operand(self) -> str:
        """What stands behind the operator: a value, or a regular expression of RE2 (it has to match in full)."""
        if len(self.values) == 1:
            return self.values[0]
        return "|".join(_SPECIAL.sub(r"\\\g<0>", value) for value in self.values) or ".+"


@dataclass(frozen=True, slots=True)
class Route:
    """A branch. `receiver` None is the parent's; waits None are the parent's; mutes and hours are never inherited."""

    receiver: str | None = None
    matchers: tuple[Matcher, ...] = ()
    continues: bool = False
    group_wait: str | None = None
    repeat_interval: str | None = None
    muted: tuple[str, ...] = ()
    """Time intervals in which nothing is sent."""
    active: tuple[str, ...] = ()
    """Time intervals in which alone something is sent; empty: always."""
    routes: tuple[Route, ...] = ()
    why: str = ""
    """A comment."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an alert ends: a receiver, and when it is told."""

    receiver: str
    muted: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whoever is told. Texts are text, not yet templates; a slash keeps our names apart from people's own."""

    name: str
    team: str = ""
    pagerduty_key: str | None = None
    """The file with the integration key."""
    slack_key: str | None = None
    channel: str = ""
    mention: str = ""
    """Who is mentioned in the channel, in Slack's own form."""
    emails: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Integrations in Alertmanager's keys, from the settings."""

    @property
    def reaches(self) -> bool:
        """Whether it tells anybody."""
        return bool(self.pagerduty_key or self.slack_key or self.emails or self.extra)

    @property
    def by(self) -> tuple[str, ...]:
        """By what it tells them, in words."""
        return tuple(self._by())

    def _by(self) -> Iterator[str]:
        if self.pagerduty_key:
            yield "PagerDuty"
        if self.slack_key:
            yield f"Slack {self.channel}"
        for email in self.emails:
            yield f"e-mail {email}"
        for kind in self.extra:
            yield kind.removesuffix("_configs").replace("_", " ")


@dataclass(frozen=True, slots=True)
class Inhibition:
    """While an alert that fits `sources` fires, those that fit `targets` are silent, if `equal` labels are equal."""

    sources: tuple[Matcher, ...]
    targets: tuple[Matcher, ...]
    equal: tuple[str, ...]
    why: str

    def silences(self, source: Mapping[str, str], target: Mapping[str, str]) -> bool:
        """Whether one alert silences another; one that fits both sides never silences itself."""
        return (
            all(matcher.matches(source) for matcher in self.sources)
            and all(matcher.matches(target) for matcher in self.targets)
            and all(source.get(label, "") == target.get(label, "") for label in self.equal)
        )


def deliveries(route: Route, labels: Mapping[str, str], receiver: str = NOBODY) -> tuple[Delivery, ...]:
    """Where an alert with these labels ends below a route, in the deepest branches that fit; empty where none does."""
    for matcher in route.matchers:  # no generator: of hundreds of teams' routes all but one end here
        if not matcher.matches(labels):
            return ()
    receiver = route.receiver or receiver
    found: tuple[Delivery, ...] = ()
    for branch in route.routes:
        below = deliveries(branch, labels, receiver)
        found += below
        if below and not branch.continues:
            break
    return found or (Delivery(receiver, route.muted, route.active),)
