"""The attributes of a Terraform block, read as what they are for; expressions that nobody can know are told."""

from __future__ import annotations

import re

from generator.documents.stream import Node
from generator.importers.base import Imported
from generator.importers.pagerduty.account import Layer, Restriction, Rule
from generator.importers.pagerduty.words import clock
from generator.importers.terraform import Attribute, Block, Reference, Scope, Unknown, Value

_ADDRESS = re.compile(r"(?P<key>(?:data\.)?pagerduty_\w+\.[\w-]+(?:\[[^\]]*\])?)(?:\.id)?")
_NOT_ID = re.compile(r"[^a-z0-9]+")


class Parts:
    """One block, or one inside it."""

    def __init__(self, block: Block, index: str, scope: Scope, imported: Imported, outer: Parts | None = None) -> None:
        self.block, self.scope, self.imported = block, scope, imported
        self.at = block.at
        if outer is None:
            prefix = "data." if block.type == "data" else ""
            self.key = f"{prefix}{'.'.join(block.labels)}{index}"
            self.ident: str | None = _NOT_ID.sub("-", f"{block.labels[1]} {index}".lower()).strip("-") or None
        else:
            self.key, self.ident = outer.key, None

    def within(self, block: Block) -> Parts:
        """A block inside this one."""
        return Parts(block, "", self.scope, self.imported, self)

    def text(self, name: str) -> str:
        """Text; empty where there is none, or none that is known."""
        value = self._value(name)
        return value if isinstance(value, str) else str(value) if type(value) is int else ""

    def description(self) -> str:
        """The description; the provider has one of its own where none is written."""
        return self.text("description") if "description" in self.block.attributes else "Managed by Terraform"

    def number(self, name: str) -> int | None:
        """A whole number, in quotes too."""
        value = self._value(name)
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value):
            return int(value)
        return value if type(value) is int else None

    def key_at(self, name: str) -> str:
        """What an attribute refers to; empty where nobody knows."""
        return self._key(name, self._value(name))

    def keys(self, name: str) -> list[str]:
        """What the items of a list refer to."""
        value = self._value(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        return [key for each in listed if (key := self._key(name, each))]

    def layer(self) -> Layer | None:
        """A layer of a schedule."""
        start, turn = self.text("start"), self.number("rotation_turn_length_seconds")
        name = self.text("name")
        if not start or turn is None:
            self.imported.refused(self.at, f"layer '{name}' of {self.key} was not imported: no start, or no turn")
            return None
        anchor, end, users = self.text("rotation_virtual_start"), self.text("end"), self.keys("users")
        found = [self.within(each).restriction() for each in self.block.inner("restriction")]
        for each in self.block.inner("dynamic"):
            said = f"restrictions of layer '{name}' of {self.key} are made by a dynamic block: they were not imported"
            self.imported.lost(each.at, said)
        known = [each for each in found if each is not None]
        return Layer(self.at, name, start, anchor or start, end or None, turn, users, known)

    def restriction(self) -> Restriction | None:
        """When a layer is on duty."""
        start, length = clock(self.text("start_time_of_day")), self.number("duration_seconds")
        day = self.number("start_day_of_week") or 0  # 0 is absent, for the provider too
        weekly = self.text("type") == "weekly_restriction"
        if start is None or not length or (weekly and not 1 <= day <= 7):
            self.imported.refused(self.at, f"a restriction of {self.key} was not imported: it means nothing")
            return None
        return Restriction(self.at, day - 1 if weekly else None, start, length)

    def rule(self, policy: str) -> Rule:
        """A step of a policy."""
        for each in self.block.inner("escalation_rule_assignment_strategy"):
            if self.within(each).text("type") == "round_robin":
                said = f"a step of policy '{policy}' takes turns among its targets: here all of them are paged"
                self.imported.lost(each.at, said)
        targets = []
        for each in self.block.inner("target"):
            part = self.within(each)
            kind, key = part.text("type").removesuffix("_reference") or "user", part.key_at("id")
            if key:
                targets.append((kind, key))
        return Rule(self.at, targets, self.number("escalation_delay_in_minutes") or 30)

    def _value(self, name: str) -> Value:
        attribute = self.block.attributes.get(name)
        value = self.scope.value(attribute)
        if isinstance(value, Unknown) and attribute is not None:
            self._tell(name, value.code, attribute)
            return None
        return value

    def _key(self, name: str, value: Value) -> str:
        attribute = self.block.attributes[name]
        if isinstance(value, Reference):
            found = _ADDRESS.fullmatch(value.address)
            if found is not None:
                return found["key"]
            self._tell(name, value.address, attribute)
        elif isinstance(value, Unknown):
            self._tell(name, value.code, attribute)
        return value if isinstance(value, str) else ""

    def _tell(self, name: str, code: str, attribute: Attribute) -> None:
        at = Node(attribute.at.path, attribute.at.line, attribute.at.column)
        hint = "write what it stands for, or save the API's JSON instead"
        self.imported.lost(at, f"{name} of {self.key} is not kept: nobody knows from the files what {code} is", hint)
