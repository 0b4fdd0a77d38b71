"""The API's answers, as saved: single things, pages of lists, or lists alone, in any order and mixture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from generator.documents.stream import Node, read_stream
from generator.importers.base import Given, Imported
from generator.importers.pagerduty.account import (
    Account,
    Layer,
    Policy,
    Restriction,
    Rule,
    Schedule,
    Service,
    Team,
    User,
)
from generator.importers.pagerduty.words import clock, ident, number, word

_PAIR = re.compile(rb"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_EXPECTED = "answers of /users, /teams, /schedules, /escalation_policies and /services are read"


def read_saved(given: Given, account: Account, imported: Imported) -> None:
    """Everything that a file holds."""
    stream = read_stream(given.path, _PAIR.sub(_joined, given.raw))
    imported.unreadable(stream)
    for document in stream.documents:
        if document.get("members") is not None and not ident(document):
            _members(document, given.path, account, imported)
            continue
        for kind, node in _things(document, imported):
            _READ[kind](node, account, imported)


def _joined(found: re.Match[bytes]) -> bytes:
    """JSON writes a character beyond the first 65,536 as two halves, which YAML does not put together."""
    high, low = (int(half, 16) for half in found.groups())
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()


def _things(document: Node, imported: Imported) -> Iterator[tuple[str, Node]]:
    """What a document holds, each with its kind."""
    if document.items is not None:
        for item in document.items:
            yield from _things(item, imported)
        return
    kind = word(document.get("type")).removesuffix("_reference")
    if kind in _READ or document.get("schedule_layers") is not None:
        yield kind or "schedule", document
        return
    found = False
    for plural, each in _LISTS.items():
        for node in (document.get(plural), document.get(each)):
            if node is not None:
                found = True
                yield from ((each, item) for item in (node.items if node.items is not None else [node]))
    if not found:
        imported.refused(document, "there is nothing of PagerDuty's in it", _EXPECTED)


def _user(node: Node, account: Account, imported: Imported) -> None:
    key = _key(node, "user", imported)
    if key and word(node.get("type")) != "user_reference":
        user = account.users.get(key)
        if user is None or not user.complete:
            named = word(node.get("name")) or word(node.get("summary"))
            account.users[key] = User(
                key, node, named, known_as=key, email=word(node.get("email")).lower() or None,
                zone=word(node.get("time_zone")) or None, role=word(node.get("role")) or None, complete=True,
            )  # fmt: skip
        _refer_teams(node.get("teams"), account)
        for team in _ids(node.get("teams")):
            account.members.setdefault((team, key), None)


def _team(node: Node, account: Account, imported: Imported) -> None:
    key = _key(node, "team", imported)
    if key:
        team = account.teams.setdefault(key, Team(key, node, known_as=key))
        team.name = word(node.get("name")) or word(node.get("summary")) or team.name
        team.description = _description(node)
        for member in _listed(node.get("members")):
            user = member.get("user")
            if user is not None:
                account.members[key, _person(user, account)] = word(member.get("role")) or None


def _members(node: Node, path: str, account: Account, imported: Imported) -> None:
    """Members of a team, in an answer that does not say of which: the file's name has to."""
    words = re.findall(r"[A-Z0-9]{4,}", PurePosixPath(path).stem)
    if len(words) != 1:
        said = "these are members, and nothing says of which team"
        imported.refused(node, said, "name the file by the team's id: members-PABC123.json")
        return
    for member in _listed(node.get("members")):
        user = member.get("user")
        if user is not None:
            account.members[words[0], _person(user, account)] = word(member.get("role")) or None


def _schedule(node: Node, account: Account, imported: Imported) -> None:
    key = _key(node, "schedule", imported)
    if not key:
        return
    known = account.schedules.get(key)
    layers = node.get("schedule_layers")
    if known is not None and (known.layers is not None or layers is None):
        return
    named = word(node.get("name")) or word(node.get("summary"))
    schedule = Schedule(key, node, named, known_as=key, zone=word(node.get("time_zone")), teams=_ids(node.get("teams")))
    schedule.description = _description(node)
    _refer_teams(node.get("teams"), account)
    if layers is not None:
        # The API lists the layer that wins first, and takes them back the other way round.
        found = [_layer(each, account, imported) for each in reversed(_listed(layers))]
        schedule.layers = [each for each in found if each is not None]
    account.schedules[key] = schedule


def _layer(node: Node, account: Account, imported: Imported) -> Layer | None:
    users = [each.get("user") or each for each in _listed(node.get("users"))]
    start = word(node.get("start"))
    turn = number(node.get("rotation_turn_length_seconds"))
    name = word(node.get("name"))
    if not start or turn is None:
        imported.refused(node, f"layer '{name}' was not imported: it has no start, or no length of a turn")
        return None
    return Layer(
        node,
        name,
        start,
        word(node.get("rotation_virtual_start")) or start,
        word(node.get("end")) or None,
        turn,
        [_person(user, account) for user in users],
        [found for each in _listed(node.get("restrictions")) if (found := restriction(each, imported)) is not None],
    )


def restriction(node: Node, imported: Imported) -> Restriction | None:
    """A restriction; what has no meaning is told."""
    start, length = clock(word(node.get("start_time_of_day"))), number(node.get("duration_seconds"))
    day = number(node.get("start_day_of_week"))
    weekly = word(node.get("type")) == "weekly_restriction"
    if start is None or length is None or length < 1 or (weekly and (day is None or not 1 <= day <= 7)):
        imported.refused(node, "a restriction was not imported: it has no start, length or day that means something")
        return None
    return Restriction(node, day - 1 if weekly and day is not None else None, start, length)


def _policy(node: Node, account: Account, imported: Imported) -> None:
    key = _key(node, "escalation policy", imported)
    if not key or word(node.get("type")).endswith("_reference"):
        return
    _refer_teams(node.get("teams"), account)
    handoff = word(node.get("on_call_handoff_notifications"))
    named = word(node.get("name")) or word(node.get("summary"))
    if handoff not in ("", "if_has_services"):
        imported.lost(node, f"policy '{named}' notifies of handoffs '{handoff}': that is not kept")
    account.policies.setdefault(
        key,
        Policy(
            key, node, named, known_as=key, loops=number(node.get("num_loops")) or 0, teams=_ids(node.get("teams")),
            rules=[_rule(each, named, account, imported) for each in _listed(node.get("escalation_rules"))],
            description=_description(node),
        ),
    )  # fmt: skip


def _rule(node: Node, policy: str, account: Account, imported: Imported) -> Rule:
    strategy = node.get("escalation_rule_assignment_strategy")
    kind = word(strategy) or word(strategy.get("type") if strategy is not None else None)
    if kind == "round_robin":
        said = f"a step of policy '{policy}' takes turns among its targets (round robin): here all of them are paged"
        imported.lost(strategy or node, said)
    targets = []
    for target in _listed(node.get("targets")):
        kind = word(target.get("type")).removesuffix("_reference")
        if kind in ("user", "schedule"):
            targets.append((kind, _person(target, account) if kind == "user" else ident(target)))
    return Rule(node, targets, number(node.get("escalation_delay_in_minutes")) or 30)


def _service(node: Node, account: Account, imported: Imported) -> None:
    key = _key(node, "service", imported)
    if key:
        named = word(node.get("name")) or word(node.get("summary"))
        policy = node.get("escalation_policy")
        used = ident(policy)
        account.services.setdefault(key, Service(key, node, named, known_as=key, policy=used or None))


def _person(node: Node, account: Account) -> str:
    """The key of a user who is referred to; their name is remembered in case nothing else tells it."""
    key = ident(node)
    named = word(node.get("name")) or word(node.get("summary"))
    if key and key not in account.users:
        account.users[key] = User(key, node, named, known_as=key, email=word(node.get("email")).lower() or None)
    return key


def _refer_teams(node: Node | None, account: Account) -> None:
    for each in _listed(node):
        key = ident(each)
        if key:
            account.teams.setdefault(key, Team(key, each, word(each.get("summary")), known_as=key))


def _key(node: Node, what: str, imported: Imported) -> str:
    key = ident(node)
    if not key:
        imported.refused(node, f"a {what} has no id of PagerDuty's: it was not imported")
    return key


def _description(node: Node) -> str | None:
    """What an answer says; null is none at all, and where it is not asked for nothing is known."""
    return next((word(value) for key, value in node.entries or () if key.text == "description"), None)


def _ids(node: Node | None) -> list[str]:
    return [key for each in _listed(node) if (key := ident(each))]


def _listed(node: Node | None) -> list[Node]:
    return [] if node is None else list(node.items or ())


_LISTS: Mapping[str, str] = {
    "users": "user",
    "teams": "team",
    "schedules": "schedule",
    "escalation_policies": "escalation_policy",
    "services": "service",
}
_READ: Mapping[str, Callable[[Node, Account, Imported], None]] = {
    "user": _user,
    "team": _team,
    "schedule": _schedule,
    "escalation_policy": _policy,
    "service": _service,
}
