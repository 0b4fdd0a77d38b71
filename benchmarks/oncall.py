"""Writes a repository of on-call schedules of any size: `python -m benchmarks.oncall DIR --schedules 200`.

A team of eight has one schedule. `--turns weekly`: all hours in weekly turns, half of them with nights of others above.
`--turns hours`: weekly turns in office hours, days and nights, weekends, two zones after the sun. `--turns daily`,
the largest: the same with turns of a day by day, 132,000 shifts a year. `--turns unlike`: as `hours`, but hardly two
schedules are alike, and their people live everywhere and have working hours. There is leave, and an override for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import write

PEOPLE = 8
UNLIKE = "unlike"
ZONES = ("Europe/Madrid", "America/New_York", "America/Argentina/Buenos_Aires", "Asia/Tokyo", "Australia/Sydney")
Form = Callable[[list[str], str], list[str]]
"""The layers of a team by its people and its zone."""
COUNTRIES = ("ES", "US", "AR", "JP", "AU")


def corpus(schedules: int, turns: str = "daily") -> dict[str, str]:
    """Path → text: a team, a service, leave and an override for each schedule; `turns` is a key of `FORMS`."""
    files = {
        "tocsin.yaml": "name: On call\ntime_zone: Etc/UTC\nrunbooks: https://runbooks.example.com\n",
        "schedules/people.yaml": "".join(_person(number, turns) for number in range(schedules * PEOPLE)),
    }
    files["runbooks/down.md"] = "# A service is down\n\n1. Look at it.\n\n    ```bash\n    kubectl get pods\n    ```\n"
    for team in range(schedules):
        first = team * PEOPLE
        files[f"schedules/team-{team:03}.yaml"] = _team(team, turns)
        files[f"schedules/team-{team:03}.leave.yaml"] = f"- {{who: p{first}, from: 2026-12-24, until: 2026-12-27}}\n"
        files[f"schedules/team-{team:03}.overrides.yaml"] = (
            f"- {{who: p{first + 1}, from: 2026-12-24 09:00, until: 2026-12-24 17:00, why: leave}}\n"
        )
        files[f"alerts/service-{team:03}.yaml"] = _service(team)
    return files


def _person(number: int, turns: str) -> str:
    place = (number if turns == UNLIKE else number // PEOPLE) % len(ZONES)
    work = ", working_hours: {days: mon-fri, hours: 09:00-17:00}" if turns == UNLIKE else ""
    return (
        f"p{number}: {{name: Person {number}, email: p{number}@example.com,"
        f" time_zone: {ZONES[place]}, country: {COUNTRIES[place]}{work}}}\n"
    )


def _service(team: int) -> str:
    return (
        f"team: team-{team:03}\ndescription: Service number {team}\n"
        f'alerts:\n  - {{alert: Service{team:03}Down, expr: "service_{team}_down > 0", for: 5m, urgency: page,'
        " runbook: down, annotations: {summary: It is down}}\n"
    )


def _team(team: int, turns: str) -> str:
    people = [f"p{team * PEOPLE + number}" for number in range(PEOPLE)]
    zone = ZONES[team % len(ZONES)]
    forms = FORMS[turns]
    layers = "".join(f"      - {{{layer}}}\n" for layer in forms[team % len(forms)](people, zone))
    if turns == UNLIKE:
        layers = layers.replace("2026-01-01", f"2026-01-{team % 28 + 1:02}")
    return (
        f"name: Team {team}\nlead: {people[0]}\nslack: '#team-{team:03}'\nschedules:\n  primary:\n"
        f"    time_zone: {zone}\n    layers:\n{layers}"
        "escalation:\n  loops: 2\n  steps:\n    - {page: primary, wait: 15m}\n    - {page: lead, wait: 15m}\n"
    )


def _layer(name: str, people: Sequence[str], more: str = "", turn: str = "1w") -> str:
    return f"name: {name}, start: 2026-01-01 09:00, turn: {turn}, people: [{', '.join(people)}]{more}"


def _always(people: list[str], _zone: str) -> list[str]:
    return [_layer("Weekly", people)]


def _nights_of_others(people: list[str], _zone: str) -> list[str]:
    """All hours in weekly turns, and some nights of the week from another list."""
    return [_layer("Weekly", people[:5]), _layer("Nights", people[5:], ", days: mon-thu, hours: 22:00-07:00")]


def _workdays(people: list[str], _zone: str) -> list[str]:
    return [_layer("Workdays", people, ", days: mon-fri, hours: 09:00-17:00")]


def _day_and_night(turn: str) -> Form:
    return lambda people, _zone: [
        _layer("Days", people[:4], ", hours: 09:00-21:00", turn),
        _layer("Nights", people[4:], ", hours: 21:00-09:00"),
    ]


def _office(turn: str) -> Form:
    weekend = ", restrictions: [{from: fri 18:00, until: mon 09:00}]"
    return lambda people, _zone: [
        _layer("Nights", people[:4], ", days: mon-fri, hours: 18:00-09:00"),
        _layer("Days", people[4:], ", days: mon-fri, hours: 09:00-18:00", turn),
        _layer("Weekends", people, weekend),
    ]


def _sun(turn: str) -> Form:
    def layers(people: list[str], zone: str) -> list[str]:
        other = ZONES[(ZONES.index(zone) + 2) % len(ZONES)]
        return [
            _layer("Rest", people),
            _layer("Here", people[:4], ", hours: 09:00-17:00", turn),
            _layer("There", people[4:], f", time_zone: {other}, hours: 09:00-17:00", turn),
        ]

    return layers


FORMS: Mapping[str, Sequence[Form]] = {
    "weekly": (_always, _nights_of_others),
    "hours": (_workdays, _day_and_night("1w"), _office("1w"), _sun("1w")),
    UNLIKE: (_workdays, _day_and_night("1w"), _office("1w"), _sun("1w")),
    "daily": (_always, _day_and_night("1d"), _office("1d"), _sun("1d")),
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.oncall", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schedules", type=int, default=200)
    parser.add_argument("--turns", choices=FORMS, default="daily")
    arguments = parser.parse_args()
    files = corpus(arguments.schedules, arguments.turns)
    write(files, arguments.folder)
    print(f"{len(files)} files in {arguments.folder}")


if __name__ == "__main__":
    main()
