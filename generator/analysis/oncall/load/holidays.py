"""Public holidays of people: by their country or region, from a library, and the days that the settings add."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator import times
from generator.analysis.memo import once_a_catalog
from generator.analysis.oncall.clock import from_wall, to_wall
from generator.analysis.oncall.load.settings import HOLIDAYS
from generator.analysis.windows import Window
from generator.records import dataclass

if TYPE_CHECKING:
    from holidays import HolidayBase

    from generator.catalog import Catalog
    from generator.kinds.people import Person

SATURDAY = 5
_DAY = timedelta(days=1)
_NAME = "holidays"
_LIBRARY = f"{_NAME}.countries"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A person's day off: its name in English, and its time from midnight to midnight where the person lives."""

    day: date
    name: str
    window: Window


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of some years in one country or region."""

    names: Mapping[date, str]
    """Public holidays, those on weekends too."""
    weekends: frozenset[date]
    """Days of the country's weekend on which nobody has to work."""


def holidays_of(catalog: Catalog, person: Person, start: datetime, end: datetime) -> tuple[Holiday, ...]:
    """The holidays of a person that reach into the time between two instants, in order; none without a country."""
    if person.country is None or start >= end:
        return ()
    return holidays_in(catalog, person.time_zone, person.country, start, end)


@once_a_catalog
def holidays_in(catalog: Catalog, zone: str, country: str, start: datetime, end: datetime) -> tuple[Holiday, ...]:
    """The holidays of everybody who lives in one zone and has a country's."""
    first, last = _days(zone, start, end)
    names = calendar(catalog, country, first.year, last.year).names
    days = [day for day in names if first <= day <= last]
    found = (Holiday(day, names[day], day_in(zone, day)) for day in sorted(days))
    return tuple(each for each in found if each.window.start < end and each.window.end > start)


def day_in(zone_name: str, day: date) -> Window:
    """A calendar day in a zone: from one midnight to the next, 23 to 25 hours."""
    zone = times.zone(zone_name)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (the wall clock's)
    return Window(from_wall(midnight, zone), from_wall(midnight + _DAY, zone))


@once_a_catalog
def calendar(catalog: Catalog, country: str | None, first: int, last: int) -> Calendar:
    """The days off in a country from one year to another, both included; weekends alone for None.

    A region that the library does not know has its country's; of a country that it does not know only the settings'
    days are known, and Saturday and Sunday are its weekend.
    """
    span = (date(first, 1, 1) + n * _DAY for n in range((date(last, 12, 31) - date(first, 1, 1)).days + 1))
    known = None if country is None else _known(country, first, last)
    names = {} if known is None else dict(known.items())
    weekends = frozenset(day for day in span if (_saturday(day) if known is None else _off(known, day)))
    for day in () if country is None else _written(catalog, country):
        names.setdefault(day, f"day off by {HOLIDAYS.key} of tocsin.yaml")
    return Calendar(names, weekends)


def unknown(country: str) -> str:
    """What of `AR` or `ES-MD` the library does not know, in words; empty where it knows all."""
    code, _, region = country.partition("-")
    entity = _entity(code)
    if entity is None:
        return f"the country {code}"
    return f"the region {region} of {code}" if region and not _has_region(entity, region) else ""


def regions(country: str) -> tuple[str, ...]:
    """The regions of a country whose holidays the library knows; none of a country that it does not know."""
    entity = _entity(country.partition("-")[0])
    return () if entity is None else tuple(entity.subdivisions)


def countries() -> tuple[str, ...]:
    """The countries whose holidays the library knows, by two letters, sorted."""
    return tuple(sorted(_modules()))


def _known(country: str, first: int, last: int) -> HolidayBase | None:
    """What the library says, in English: without a language it would ask the environment for one."""
    code, _, region = country.partition("-")
    entity = _entity(code)
    if entity is None:
        return None
    subdivision = region if region and _has_region(entity, region) else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of many countries it knows nothing before or after some year
        found: HolidayBase = entity(years=range(first, last + 1), subdiv=subdivision, expand=False, language="en_US")
    return found


def _written(catalog: Catalog, country: str) -> Iterator[date]:
    written = catalog.settings.get(HOLIDAYS)
    for key in dict.fromkeys((country.partition("-")[0], country)):
        yield from sorted(written.get(key, ()))


def _has_region(entity: Any, region: str) -> bool:
    return region in entity.subdivisions or region in getattr(entity, "_deprecated_subdivisions", ())


@cache
def _entity(code: str) -> Any:
    """The library's class of a country, or None."""
    module = _modules().get(code)
    if module is None:
        return None
    from importlib import import_module

    with _package_left_out():
        return getattr(import_module(f"{_LIBRARY}.{module}"), code)


@cache
def _modules() -> Mapping[str, str]:
    # Its version is asked of the files of all packages that are installed, which takes a third of the import.
    with _module_left_out(f"{_NAME}.version", __version__=""):
        from holidays.registry import COUNTRIES

    return {code: module for module, names in COUNTRIES.items() for code in names if len(code) == 2}


@contextmanager
def _module_left_out(name: str, **contents: object) -> Iterator[None]:
    """While something is imported, a module is only what is said of it here; one that is there already stays."""
    if name in sys.modules:
        yield
        return
    module = ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module
    try:
        yield
    finally:
        sys.modules.pop(name, None)


def _package_left_out() -> AbstractContextManager[None]:
    """Imports a country alone: its package imports all 250 of them, which takes five times as long as all the rest."""
    if _LIBRARY in sys.modules:
        return nullcontext()
    from importlib.util import find_spec

    spec = find_spec(_LIBRARY)
    return _module_left_out(_LIBRARY, __path__=list((spec and spec.submodule_search_locations) or ()))


def _saturday(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _off(known: HolidayBase, day: date) -> bool:
    """Whether a day is of the weekend there, and no working day that the state has moved onto it."""
    return known.is_weekend(day) and day not in known.weekend_workdays


def _days(zone_name: str, start: datetime, end: datetime) -> tuple[date, date]:
    """The first and the last calendar day of a span in a zone."""
    zone = times.zone(zone_name)
    return to_wall(start.astimezone(UTC), zone).date(), to_wall(end.astimezone(UTC), zone).date()
