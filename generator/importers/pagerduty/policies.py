"""Escalation policies of a team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.importers.pagerduty.account import Policy, Rule
from generator.importers.tree import List, Map

if TYPE_CHECKING:
    from generator.importers.pagerduty.sources import Sources


_LOOPS = 9
"""PagerDuty knows no more."""


def put_policies(source: Map, policies: Sequence[Policy], sources: Sources, lead: str | None) -> None:
    """The first one is the team's own."""
    others = Map()
    for number, policy in enumerate(policies):
        team, key = sources.policies[policy.key]
        name = str(source.get("name") or team)
        default = f"{name} Escalation - {key}" if key else f"{name} Escalation"
        made = _Steps(policy, team, sources, lead).written(default)
        if made is None:
            said = f"policy '{policy.name}' was not imported: it calls nobody who was"
            sources.imported.refused(policy.at, said)
            policy.known_as = None
        elif number:
            others.put(key, made, at=policy.at)
        else:
            source.put("escalation", made, at=policy.at)
    if others:
        source.put("escalations", others)


class _Steps:
    """The steps of one policy, in the words of its team."""

    def __init__(self, policy: Policy, team: str, sources: Sources, lead: str | None) -> None:
        self.policy, self.team, self.sources, self.lead = policy, team, sources, lead

    def written(self, default: str) -> Map | None:
        """The policy; None where none of its steps calls somebody."""
        out, steps = Map(), List()
        if self.policy.name and self.policy.name != default:
            out.put("name", self.policy.name)
        if self.policy.told is not None:
            out.put("description", self.policy.told)
        loops = max(0, min(self.policy.loops, _LOOPS))
        if loops:
            out.put("loops", loops)
        for rule in self.policy.rules:
            called = list(dict.fromkeys(filter(None, (self._target(rule, *target) for target in rule.targets))))
            if called:
                step = steps.add(Map(), at=rule.at)
                step.put("page", called[0] if len(called) == 1 else _listed(called))
                step.put("wait", times.format_duration(timedelta(minutes=max(1, min(rule.minutes, 10**6)))))
            elif rule.targets:
                said = f"a step of policy '{self.policy.name}' is not kept: nobody of it was imported"
                self.sources.imported.lost(rule.at, said)
        return out if steps and out.put("steps", steps) else None

    def _target(self, rule: Rule, kind: str, key: str) -> str:
        """How a step names it; empty where nothing is known of it, which is told."""
        if kind == "user" and key in self.sources.people:
            person = self.sources.people[key]
            return "lead" if person == self.lead else person
        if kind == "schedule" and key in self.sources.schedules:
            team, name = self.sources.schedules[key]
            return name if team == self.team else f"{team}/{name}"
        said = f"a step of policy '{self.policy.name}' calls {kind} {key}, which was not imported"
        self.sources.imported.lost(rule.at, said)
        return ""


def _listed(values: Sequence[str]) -> List:
    out = List()
    for each in values:
        out.add(each)
    return out
