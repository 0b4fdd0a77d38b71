"""Writes a repository of on-call schedules of any size: `python -m benchmarks.oncall DIR --schedules 200`.

A team of eight has one schedule, in one of four forms: all hours in weekly turns; days and nights; office hours with a
weekend; two zones that follow the sun. There is leave, and an override for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import write

PEOPLE = 8
ZONES = ("Europe/Madrid", "America/New_York", "America/Argentina/Buenos_Aires", "Asia/Tokyo", "Australia/Sydney")
COUNTRIES = ("ES", "US", "AR", "JP", "AU")


def corpus(schedules: int) -> dict[str, str]:
    """Path → text: a team, a service, leave and an override for each schedule."""
    files = {
        "tocsin.yaml": "name: On call\ntime_zone: Etc/UTC\nrunbooks: https://runbooks.example.com\n",
        "schedules/people.yaml": "".join(_person(number) for number in range(schedules * PEOPLE)),
    }
    files["runbooks/down.md"] = "# A service is down\n\n1. Look at it.\n\n    ```bash\n    kubectl get pods\n    ```\n"
    for team in range(schedules):
        first = team * PEOPLE
        files[f"schedules/team-{team:03}.yaml"] = _team(team)
        files[f"schedules/team-{team:03}.leave.yaml"] = f"- {{who: p{first}, from: 2026-12-24, until: 2026-12-27}}\n"
        files[f"schedules/team-{team:03}.overrides.yaml"] = (
            f"- {{who: p{first + 1}, from: 2026-12-24 09:00, until: 2026-12-24 17:00, why: leave}}\n"
        )
        files[f"alerts/service-{team:03}.yaml"] = _service(team)
    return files


def _person(number: int) -> str:
    place = number // PEOPLE % len(ZONES)
    return (
        f"p{number}: {{name: Person {number}, email: p{number}@example.com,"
        f" time_zone: {ZONES[place]}, country: {COUNTRIES[place]}}}\n"
    )


def _service(team: int) -> str:
    return (
        f"team: team-{team:03}\ndescription: Service number {team}\n"
        f'alerts:\n  - {{alert: Service{team:03}Down, expr: "service_{team}_down > 0", for: 5m, urgency: page,'
        " runbook: down, annotations: {summary: It is down}}\n"
    )


def _team(team: int) -> str:
    people = [f"p{team * PEOPLE + number}" for number in range(PEOPLE)]
    zone = ZONES[team % len(ZONES)]
    layers = "".join(f"      - {{{layer}}}\n" for layer in FORMS[team % len(FORMS)](people, zone))
    return (
        f"name: Team {team}\nlead: {people[0]}\nslack: '#team-{team:03}'\nschedules:\n  primary:\n"
        f"    time_zone: {zone}\n    layers:\n{layers}"
        "escalation:\n  loops: 2\n  steps:\n    - {page: primary, wait: 15m}\n    - {page: lead, wait: 15m}\n"
    )


def _layer(name: str, people: list[str], more: str = "", turn: str = "1w") -> str:
    return f"name: {name}, start: 2026-01-01 09:00, turn: {turn}, people: [{', '.join(people)}]{more}"


def _always(people: list[str], _zone: str) -> list[str]:
    return [_layer("Weekly", people)]


def _day_and_night(people: list[str], _zone: str) -> list[str]:
    return [
        _layer("Days", people[:4], ", hours: 09:00-21:00", turn="1d"),
        _layer("Nights", people[4:], ", hours: 21:00-09:00"),
    ]


def _office(people: list[str], _zone: str) -> list[str]:
    weekend = ", restrictions: [{from: fri 18:00, until: mon 09:00}]"
    return [
        _layer("Nights", people[:4], ", days: mon-fri, hours: 18:00-09:00"),
        _layer("Days", people[4:], ", days: mon-fri, hours: 09:00-18:00", turn="1d"),
        _layer("Weekends", people, weekend),
    ]


def _sun(people: list[str], zone: str) -> list[str]:
    other = ZONES[(ZONES.index(zone) + 2) % len(ZONES)]
    return [
        _layer("Rest", people),
        _layer("Here", people[:4], ", hours: 09:00-17:00", turn="1d"),
        _layer("There", people[4:], f", time_zone: {other}, hours: 09:00-17:00", turn="1d"),
    ]


FORMS: tuple[Callable[[list[str], str], list[str]], ...] = (_always, _day_and_night, _office, _sun)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.oncall", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schedules", type=int, default=200)
    arguments = parser.parse_args()
    files = corpus(arguments.schedules)
    write(files, arguments.folder)
    print(f"{len(files)} files in {arguments.folder}")


if __name__ == "__main__":
    main()
