"""Holidays of people: the library's, the settings', where the person lives."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import holidays as library
import pytest

from generator.analysis.oncall.load.holidays import calendar, countries, holidays_of, regions, unknown
from generator.analysis.oncall.load.settings import ONCALL
from generator.kinds.people import Person
from tests.catalogs import make_catalog

PEOPLE = """\
ann: {country: AR, time_zone: America/Argentina/Buenos_Aires}
bea: {country: ES-MD, time_zone: Europe/Madrid}
cleo: Cleo
dan: {country: AR-C, time_zone: Etc/UTC}
"""
FILES = {"schedules/people.yaml": PEOPLE, "tocsin.yaml": "holidays: {AR: [2026-12-24], AR-C: [2026-12-31]}\n"}
DECEMBER = datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def days_of(who: str) -> list[tuple[int, str]]:
    catalog = make_catalog(FILES)
    person = catalog.get(Person, who)
    assert person is not None
    return [(each.day.day, each.name) for each in holidays_of(catalog, person, *DECEMBER)]


def test_those_of_the_country_and_those_that_the_settings_add():
    added = "day off by holidays of tocsin.yaml"
    assert days_of("ann") == [
        (7, "Bridge Public Holiday"),
        (8, "Immaculate Conception"),
        (24, added),
        (25, "Christmas Day"),
    ]
    assert days_of("dan") == [*days_of("ann"), (31, added)]
    assert days_of("cleo") == []


def test_a_region_has_its_own():
    catalog = make_catalog(FILES)
    assert date(2026, 5, 2) in calendar(catalog, "ES-MD", 2026, 2026).names
    assert date(2026, 5, 2) not in calendar(catalog, "ES", 2026, 2026).names


def test_a_holiday_lasts_from_midnight_to_midnight_where_the_person_lives():
    catalog = make_catalog(FILES)
    ann = catalog.get(Person, "ann")
    assert ann is not None
    christmas = holidays_of(catalog, ann, *DECEMBER)[-1]
    assert christmas.window.start == datetime(2026, 12, 25, 3, tzinfo=UTC)
    assert christmas.window.length == timedelta(days=1)
    assert holidays_of(catalog, ann, DECEMBER[1], DECEMBER[0]) == ()


def test_one_that_has_begun_elsewhere_counts_where_it_is_still_on():
    catalog = make_catalog(FILES)
    ann = catalog.get(Person, "ann")
    assert ann is not None
    late = datetime(2026, 12, 26, 2, tzinfo=UTC)
    assert [each.day.day for each in holidays_of(catalog, ann, late, late + timedelta(days=3))] == [25]


@pytest.mark.parametrize(
    ("place", "lost"),
    [("AR", ""), ("ES-MD", ""), ("GB-ENG", ""), ("ZZ", "the country ZZ"), ("ES-ZZ", "the region ZZ of ES")],
)
def test_what_the_library_does_not_know_is_said(place: str, lost: str):
    assert unknown(place) == lost


def test_of_a_region_that_is_not_known_the_country_s_count_and_of_no_country_only_weekends():
    catalog = make_catalog({})
    assert calendar(catalog, "ES-ZZ", 2026, 2026) == calendar(catalog, "ES", 2026, 2026)
    assert calendar(catalog, "ZZ", 2026, 2026).names == {}
    assert len(calendar(catalog, None, 2026, 2026).weekends) == 104


def test_a_weekend_on_which_the_state_lets_people_work_is_none():
    found = calendar(make_catalog({}), "CN", 2025, 2025)
    assert date(2025, 1, 26) not in found.weekends
    assert date(2025, 1, 19) in found.weekends


def test_countries_loaded_alone_say_the_same_as_all_of_the_library():
    """Importing one country without its package is ours; what it says must not depend on it."""
    catalog = make_catalog({})
    for code in countries():
        theirs = library.country_holidays(code, years=[2026, 2027], language="en_US")
        assert calendar(catalog, code, 2026, 2027).names == dict(theirs), code


def test_one_country_is_loaded_and_not_two_hundred_and_fifty():
    program = (
        "import sys\n"
        "from generator.analysis.oncall.load.holidays import unknown\n"
        "assert unknown('AR') == ''\n"
        "print(sum(name.startswith('holidays.countries') for name in sys.modules))\n"
        "import holidays.countries\n"
        "assert holidays.countries.Spain(years=2026)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 5


def test_the_environment_s_language_changes_no_name(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "es")
    assert calendar(make_catalog({}), "AR", 2030, 2030).names[date(2030, 12, 25)] == "Christmas Day"


@pytest.mark.parametrize("year", [1970, 2106])
def test_far_from_today_less_is_known_and_nothing_breaks(year: int):
    for code in countries():
        assert len(calendar(make_catalog({}), code, year, year + 1).weekends) > 100, code


def test_regions_are_named():
    assert "MD" in regions("ES-XX")
    assert regions("ZZ") == ()


@pytest.mark.parametrize(
    ("buckets", "message"),
    [
        ("a: 09:00-17:00", "a ends at 17:00 and a starts at 09:00, so they leave time between them"),
        ("a: 09:00-17:00, b: 16:00-09:00", "a ends at 17:00 and b starts at 16:00, so they overlap"),
        ("a: 00:00-24:00, b: 00:00-24:00", "these go around the clock more than once"),
        ("a: 09:00-09:00", "ends when it starts"),
        ("weekend: 00:00-24:00", "does not have the form of a key"),
    ],
)
def test_buckets_that_do_not_divide_the_day_are_found(buckets: str, message: str):
    catalog = make_catalog({"tocsin.yaml": f"oncall: {{buckets: {{{buckets}}}}}\n"})
    (finding,) = catalog.findings
    assert message in finding.message
    assert catalog.settings.get(ONCALL).names == ("business", "evening", "night", "weekend", "holiday")


@pytest.mark.parametrize("written", ["{AR: [2026-02-30]}", "{AR: [tomorrow]}", "{Argentina: []}", "{AR: 2026-12-24}"])
def test_holidays_that_mean_nothing_are_found(written: str):
    (finding,) = make_catalog({"tocsin.yaml": f"holidays: {written}\n"}).findings
    assert finding.where.pointer[0] == "holidays"
