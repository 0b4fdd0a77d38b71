"""Schedules that differ in names alone: teams copy each other's turns, so one year is calculated for all of a form."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.placed import overrides_of
from generator.analysis.oncall.shifts import Shift
from generator.kinds.absences import Override
from generator.kinds.team import Schedule
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog

T = TypeVar("T")
_shift = partial(tuple.__new__, Shift)


@dataclass(frozen=True, slots=True)
class Form:
    """A schedule as one with the same turns: the `first` of the catalog, and what its names are called here."""

    first: Schedule
    people: Mapping[str, str]
    layers: Mapping[str, str]
    overrides: Mapping[str, Override]

    def shifts(self, shifts: Iterable[Shift]) -> Iterator[Shift]:
        """Shifts of the first one with the names of here."""
        people, layers = self.people, self.layers
        for start, end, person, layer, turn, override in shifts:
            if layer is None or override is not None:
                here = None if override is None else self.overrides[override.id]
                yield _shift((start, end, people[person], None, turn, here))
            else:
                yield _shift((start, end, people[person], layers[layer], turn, None))

    def by_person(self, found: Mapping[str, T]) -> Mapping[str, T]:
        """What is known of the people of the first one, for those of here."""
        return {self.people[person]: each for person, each in found.items()}


def form_of(catalog: Catalog, schedule: Schedule) -> Form | None:
    """What a schedule has in common with an earlier one of the catalog; None where it is the first of its form."""
    return _forms(catalog).get(id(schedule))


def first_of(catalog: Catalog, schedule: Schedule) -> Schedule:
    """The schedule whose times are those of this one: an earlier one of the same form, or itself."""
    form = form_of(catalog, schedule)
    return schedule if form is None else form.first


@once_a_catalog
def _forms(catalog: Catalog) -> Mapping[int, Form]:
    """By the identity of schedules, which live as long as the catalog."""
    firsts: dict[Hashable, tuple[Schedule, _Names]] = {}
    found: dict[int, Form] = {}
    for schedule in catalog.all(Schedule):
        names = _Names(overrides_of(catalog, schedule))
        first, theirs = firsts.setdefault(_key(schedule, names), (schedule, names))
        if first is not schedule:
            found[id(schedule)] = Form(
                first,
                dict(zip(theirs.people, names.people, strict=True)),
                dict(zip(theirs.layers, names.layers, strict=True)),
                {was.id: here for was, here in zip(theirs.overrides, names.overrides, strict=True)},
            )
    return found


class _Names:
    """The names of a schedule, numbered as they come."""

    def __init__(self, overrides: tuple[Override, ...]) -> None:
        self.people: dict[str, int] = {}
        self.layers: dict[str, int] = {}
        self.overrides = overrides

    def person(self, name: str) -> int:
        """The number of somebody."""
        return self.people.setdefault(name, len(self.people))

    def layer(self, name: str) -> int:
        """The number of a layer's name."""
        return self.layers.setdefault(name, len(self.layers))


def _key(schedule: Schedule, names: _Names) -> Hashable:
    """All that shifts and gaps come from, with numbers for names."""
    layers = tuple(
        (
            names.layer(layer.name),
            (layer.start, layer.end, layer.anchor, layer.turn),
            (layer.zone_name, layer.restrictions, layer.shadow),
            tuple(map(names.person, layer.people)),
        )
        for layer in schedule.layers
    )
    overrides = tuple((names.person(each.who), each.from_text, each.until_text) for each in names.overrides)
    return schedule.zone_name, schedule.coverage, layers, overrides
