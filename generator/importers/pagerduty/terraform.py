"""Resources and data sources of the provider for PagerDuty, as `.tf` files have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.importers.base import Given, Imported
from generator.importers.pagerduty.account import Account, Policy, Schedule, Team, Thing, User
from generator.importers.pagerduty.parts import Parts
from generator.importers.terraform import Block, File, Reference, Scope, Value, read_hcl

_IMPORT = re.compile(r"[A-Z0-9]+(?:[:.][A-Z0-9]+)?")
_QUIET = frozenset({"terraform", "provider", "locals", "variable", "output", "moved", "removed", "check"})


def read_terraform(files: Iterable[Given], account: Account, imported: Imported) -> None:
    """All `.tf` files, which are one configuration."""
    found = [_file(given, imported) for given in files]
    blocks = [block for file in found for block in file.blocks]
    reader = _Reader(Scope(blocks), account, imported)
    for block in blocks:
        reader.block(block)


def _file(given: Given, imported: Imported) -> File:
    file = read_hcl(given.path, given.raw)
    imported.unreadable(file.stream)
    if file.text.startswith("#") and "tocsin" in file.text.partition("\n\n")[0]:
        file.stream.comments.clear()
    given.told_as(file.stream)
    return file


class _Reader:
    """Which block is what."""

    def __init__(self, scope: Scope, account: Account, imported: Imported) -> None:
        self.scope, self.account, self.imported = scope, account, imported

    def block(self, block: Block) -> None:
        """One block of a file."""
        if block.type == "import":
            self._import(block)
        elif block.type == "module":
            self.imported.lost(block.at, f"module {' '.join(block.labels)} is not read", "give its .tf files too")
        elif block.type in ("resource", "data") and len(block.labels) == 2:
            if block.labels[0].startswith("pagerduty_"):
                self._resource(block)
        elif block.type not in _QUIET:
            self.imported.lost(block.at, f"a block '{block.type}' is not read")

    def _import(self, block: Block) -> None:
        to, ident = (self.scope.value(block.attributes.get(name)) for name in ("to", "id"))
        if isinstance(to, Reference) and isinstance(ident, str) and _IMPORT.fullmatch(ident):
            self.account.others.setdefault(to.address, ident)
        else:
            self.imported.lost(block.at, "an import is not kept: nobody knows from the files of what, or which id")

    def _resource(self, block: Block) -> None:
        read = _READ.get(block.labels[0])
        if read is None:
            if block.type == "resource" and block.labels[0] not in _BESIDE:
                self.imported.lost(block.at, f"{'.'.join(block.labels)} is not kept: there is no source for it here")
            return
        for index, names in self._copies(block):
            with self.scope.knowing(names):
                read(self, block, index)

    def _copies(self, block: Block) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """One for each of `for_each` or `count`: what stands behind the address, and what is known then."""
        each, count = (self.scope.value(block.attributes.get(name)) for name in ("for_each", "count"))
        if isinstance(each, dict):
            yield from ((f'["{key}"]', {"each.key": key, "each.value": value}) for key, value in each.items())
        elif isinstance(each, list) and all(isinstance(item, str) for item in each):
            yield from ((f'["{item}"]', {"each.key": item, "each.value": item}) for item in each)
        elif type(count) is int and 0 <= count <= 1000:
            yield from ((f"[{number}]", {"count.index": number}) for number in range(count))
        elif each is None and count is None:
            yield "", {}
        else:
            said = f"{'.'.join(block.labels)} is made for each of something that the files do not say"
            self.imported.lost(block.at, f"{said}: it was not imported", "save the API's JSON instead")

    def parts(self, block: Block, index: str) -> Parts:
        """The block's attributes, and its address."""
        return Parts(block, index, self.scope, self.imported)


def _user(reader: _Reader, block: Block, index: str) -> None:
    part = reader.parts(block, index)
    email = part.text("email")
    reader.account.manages_users |= block.type == "resource"
    found = next((each for each in reader.account.users.values() if email and each.email == email.lower()), None)
    name, role, zone = part.text("name"), part.text("role"), part.text("time_zone")
    if found is not None:  # a data source beside the resource, or the API's answer
        reader.account.same[part.key] = found.key
        found.name, found.zone, found.role = found.name or name, found.zone or zone or None, found.role or role or None
        found.ident = found.ident or part.ident
        return
    user = User(part.key, part.at, name, part.ident, email=email.lower() or None, zone=zone or None, role=role or None)
    user.complete = block.type == "resource"
    reader.account.users[part.key] = user


def _team(reader: _Reader, block: Block, index: str) -> None:
    part = reader.parts(block, index)
    team = Team(part.key, part.at, part.text("name"), part.ident)
    team.description = part.description()
    found = _same(team, reader.account.teams, reader.account)
    if found is team:
        reader.account.teams[part.key] = team


def _membership(reader: _Reader, block: Block, index: str) -> None:
    part = reader.parts(block, index)
    user, team = part.key_at("user_id"), part.key_at("team_id")
    if user and team:
        reader.account.members[team, user] = part.text("role") or "manager"
        reader.account.memberships[part.key] = (team, user)


def _schedule(reader: _Reader, block: Block, index: str) -> None:
    part = reader.parts(block, index)
    if block.type == "data":
        _outside(part, reader)
        return
    schedule = Schedule(part.key, part.at, part.text("name"), part.ident, zone=part.text("time_zone"))
    schedule.teams = part.keys("teams")
    schedule.description = part.description()
    schedule.layers = [layer for each in block.inner("layer") if (layer := part.within(each).layer()) is not None]
    for each in block.inner("dynamic"):
        reader.imported.lost(each.at, f"layers of {part.key} are made by a dynamic block: they were not imported")
    found = _same(schedule, reader.account.schedules, reader.account)
    if isinstance(found, Schedule) and found is not schedule:
        found.layers = found.layers if found.layers is not None else schedule.layers
        return
    reader.account.schedules[part.key] = schedule


def _policy(reader: _Reader, block: Block, index: str) -> None:
    part = reader.parts(block, index)
    if block.type == "data":
        _outside(part, reader)
        return
    policy = Policy(part.key, part.at, part.text("name"), part.ident, loops=part.number("num_loops") or 0)
    policy.teams = part.keys("teams")
    policy.description = part.description()
    policy.rules = [part.within(each).rule(policy.name) for each in block.inner("rule")]
    for each in block.inner("dynamic"):
        reader.imported.lost(each.at, f"steps of {part.key} are made by a dynamic block: they were not imported")
    if _same(policy, reader.account.policies, reader.account) is policy:
        reader.account.policies[part.key] = policy


def _outside(part: Parts, reader: _Reader) -> None:
    """What Terraform only looks up by its name: known where the API's answers tell of it."""
    name = part.text("name")
    every: list[Thing] = [*reader.account.schedules.values(), *reader.account.policies.values()]
    found = next((each for each in every if each.name == name and each.key.isalnum()), None)
    if found is not None:
        reader.account.same[part.key] = found.key


def _same(thing: Thing, known: Mapping[str, Thing], account: Account) -> Thing:
    """The same thing from an answer of the API, which tells its id; else the thing itself."""
    found = next((each for each in known.values() if each.known_as and each.name == thing.name), None)
    if found is None:
        return thing
    account.same[thing.key] = found.key
    found.ident = found.ident or thing.ident
    return found


_READ: Mapping[str, Callable[[_Reader, Block, str], None]] = {
    "pagerduty_user": _user,
    "pagerduty_team": _team,
    "pagerduty_team_membership": _membership,
    "pagerduty_schedule": _schedule,
    "pagerduty_escalation_policy": _policy,
}
_BESIDE = frozenset(
    {
        "pagerduty_service",
        "pagerduty_service_integration",
        "pagerduty_maintenance_window",
        "pagerduty_user_contact_method",
        "pagerduty_user_notification_rule",
    }
)
