"""When an escalation policy has one person alone: every step that has anybody calls the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.coverage.gaps import ahead, held
from generator.analysis.oncall.forms import first_of, form_of
from generator.analysis.oncall.load.coming import coming_windows
from generator.analysis.paths import steps
from generator.analysis.windows import Windows, clip, subtraction, union
from generator.kinds.people import Person
from generator.kinds.team import EscalationPolicy, Schedule

if TYPE_CHECKING:
    from generator.catalog import Catalog


def alone_on_path(catalog: Catalog, policy: EscalationPolicy, now: datetime) -> Mapping[str, Windows]:
    """Who is the only one that a policy calls, and when, from now on over the coming year; by their ids, sorted."""
    targets = [target for step in steps(catalog, policy) for target in step.targets]
    schedules = list({target.id: target for target in targets if isinstance(target, Schedule)}.values())
    named = {target.id for target in targets if isinstance(target, Person)}
    if len(named) > 1:
        return {}
    everybody: Mapping[str, Windows] = (
        dict.fromkeys(named, (ahead(now),)) if named else _on_call(catalog, schedules, now)
    )
    others = ((person, [_others(catalog, each, person, now) for each in schedules]) for person in sorted(everybody))
    found = {person: subtraction(everybody[person], union(*not_theirs)) for person, not_theirs in others}
    return {person: clip(windows, *ahead(now)) for person, windows in found.items() if windows}


def _on_call(catalog: Catalog, schedules: Iterable[Schedule], now: datetime) -> dict[str, Windows]:
    found: dict[str, list[Windows]] = {}
    for schedule in schedules:
        for person, windows in coming_windows(catalog, schedule, now).items():
            found.setdefault(person, []).append(windows)
    return {person: union(*sets) for person, sets in found.items()}


def _others(catalog: Catalog, schedule: Schedule, person: str, now: datetime) -> Windows:
    """When somebody else is on call on a schedule."""
    form = form_of(catalog, schedule)
    there = person if form is None else next((who for who, here in form.people.items() if here == person), None)
    return _without(catalog, first_of(catalog, schedule), there, now)


@once_a_catalog
def _without(catalog: Catalog, schedule: Schedule, person: str | None, now: datetime) -> Windows:
    theirs = () if person is None else coming_windows(catalog, schedule, now).get(person, ())
    return subtraction(held(catalog, schedule, now), theirs)
