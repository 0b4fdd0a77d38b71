"""`tocsin new`: writes a source from its template, never over one that is there."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from generator import times
from generator.catalog import Catalog, load
from generator.commands.presets import PLAIN, PRESETS, QUERY, listed, stubs
from generator.commands.scaffold import checked_id, dated, fill, markdown_template, monday, title_of, titled, write_new
from generator.commands.status_branch import with_branch
from generator.commands.workspace import add_now, present, root_of
from generator.errors import Exit, UsageError
from generator.findings import did_you_mean
from generator.git import work_tree
from generator.kinds.names import camel_case
from generator.kinds.people import Person
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.status import Component
from generator.kinds.team import Team
from generator.settings import TIME_ZONE

EXAMPLES = f"""kinds:
  service NAME         alerts/NAME.yaml, and the runbook of its alert
  runbook SLUG         runbooks/SLUG.md
  schedule TEAM        schedules/TEAM.yaml: a team with its rotation and escalation
  postmortem SLUG      postmortems/<date>-SLUG.md
  incident SLUG        status/incidents/<date>-SLUG.yaml
  maintenance SLUG     status/maintenances/<date>-SLUG.yaml
  people PERSON        schedules/people.yaml        overrides TEAM      schedules/TEAM.overrides.yaml
  leave TEAM           schedules/TEAM.leave.yaml    components KEY      status/components.yaml
  severity-map         alerts/severity-map.yaml     pagerduty-ids       schedules/pagerduty.ids.yaml
  settings             tocsin.yaml

services to start from, with --from, and the metrics that they read:
{listed()}

examples:
  tocsin new service checkout --team payments
  tocsin new service checkout --from ingress-nginx
  tocsin new runbook checkout-high-error-rate --title "Checkout answers with errors"
  tocsin new runbook certificado-vence --lang es
  tocsin new postmortem checkout-errors --date 2026-10-14 --short
  tocsin new postmortem --incident 2026-10-14-checkout-errors --language es
  tocsin new maintenance database --date 2026-12-06"""


class Request(NamedTuple):
    """What is asked for, and what the repository has already."""

    root: Path
    catalog: Catalog
    ident: str
    title: str
    date: str
    moment: datetime
    arguments: argparse.Namespace


Written = dict[str, str]
"""Path → text."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("kind", metavar="KIND", help="the kind of source, see below")
    parser.add_argument("id", nargs="?", metavar="ID", help="its id: lower case letters, digits and single hyphens")
    parser.add_argument("--title", help="its title or name (default: made from the id)")
    parser.add_argument("--team", help="team of a service (default: the only one)")
    parser.add_argument("--from", dest="preset", choices=PRESETS, help="what measures a service, see below")
    parser.add_argument("--people", help="people of a rotation, by commas (default: everybody)")
    parser.add_argument("--lead", help="lead of a team (default: the last of the people)")
    parser.add_argument("--date", help="the date that the name starts with (default: today in UTC)")
    parser.add_argument(
        "--lang", "--language", choices=("en", "es"), default="en", help="language of a Markdown template"
    )
    parser.add_argument(
        "--incident", metavar="ID", help="the status incident whose title, updates, SLOs and on-call fill a postmortem"
    )
    parser.add_argument("--short", action="store_true", help="the short form of a postmortem")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Writes the source, and says what to do next."""
    if arguments.kind not in MAKERS:
        known = f"kinds are {', '.join(MAKERS)}"
        raise UsageError(f"there is no kind '{arguments.kind}'", did_you_mean(arguments.kind, MAKERS) or known)
    if arguments.incident is not None:
        arguments.id = _of_incident(arguments)
    if arguments.id is None and arguments.kind not in UNNAMED:
        raise UsageError(f"a {arguments.kind} needs an id", f"tocsin new {arguments.kind} ID")
    if arguments.preset is not None and arguments.kind != "service":
        raise UsageError(f"a {arguments.kind} has no presets", "--from says what measures a service")
    if arguments.lang != "en" and arguments.kind not in TRANSLATED:
        languages = f"only {', '.join(TRANSLATED)} have templates in other languages"
        raise UsageError(f"there is no {arguments.kind} template in '{arguments.lang}'", languages)
    root = root_of(arguments)
    files = MAKERS[arguments.kind](_request(arguments, root))
    first, *others = files
    if not write_new(root, first, files[first]):
        raise UsageError(f"{first} is there already: nothing was written", "add to it, or choose another id")
    print(f"wrote {first}")
    for path in others:
        print(f"wrote {path}" if write_new(root, path, files[path]) else f"kept {path}")
    print("fill it in, then: tocsin check")
    return Exit.WELL


def _of_incident(arguments: argparse.Namespace) -> str:
    """The id of a postmortem is that of its incident."""
    if arguments.kind != "postmortem":
        raise UsageError(f"a {arguments.kind} has no incident", "--incident ID fills in a postmortem")
    if arguments.id not in (None, arguments.incident) or arguments.date is not None:
        raise UsageError(
            "a postmortem has the id of its incident", f"tocsin new postmortem --incident {arguments.incident}"
        )
    return str(arguments.incident)


def _request(arguments: argparse.Namespace, root: Path) -> Request:
    moment = present(arguments)
    ident = checked_id(arguments.id) if arguments.id is not None else arguments.kind
    try:
        day = times.parse_date(arguments.date) if arguments.date else moment.date()
    except ValueError as refusal:
        raise UsageError(f"--date: {refusal}") from None
    if _starts_with_date(ident):
        day, ident = date.fromisoformat(ident[:10]), ident[11:]
    title = " ".join((arguments.title or title_of(ident)).split())
    return Request(root, load(with_branch(work_tree(root)).tree), ident, title, day.isoformat(), moment, arguments)


def _starts_with_date(ident: str) -> bool:
    try:
        date.fromisoformat(ident[:10])
    except ValueError:
        return False
    return len(ident) > 11 and ident[10] == "-"


def _service(asked: Request) -> Written:
    teams = [team.id for team in asked.catalog.all(Team)]
    team = asked.arguments.team or (teams[0] if len(teams) == 1 else None)
    camel, preset = camel_case(asked.ident), PRESETS.get(asked.arguments.preset, PLAIN)
    text = fill(preset.template, id=asked.ident, title=asked.title, team=team, camel=camel)
    files = {f"alerts/{asked.ident}.yaml": text}
    for slug, wrong, query in stubs(preset, asked.ident, camel):
        if asked.catalog.get(Runbook, slug) is None:
            written = _runbook_text(asked, f"{asked.title} {wrong}").replace(QUERY, query)
            files[f"runbooks/{slug}.md"] = written.replace("my-app", asked.ident)
    return files


def _runbook(asked: Request) -> Written:
    return {f"runbooks/{asked.ident}.md": _runbook_text(asked, asked.title)}


def _runbook_text(asked: Request, title: str) -> str:
    text = titled(markdown_template(asked.root, "runbooks", "runbook", asked.arguments.lang), title)
    return dated(text, asked.moment)


def _postmortem(asked: Request) -> Written:
    name = "postmortem-short" if asked.arguments.short else "postmortem"
    language = asked.arguments.lang
    text = markdown_template(asked.root, "postmortems", name, language)
    title = asked.title
    if asked.arguments.incident is not None:
        from generator.commands import new_postmortem

        known = new_postmortem.find(asked.catalog, asked.arguments.incident, asked.moment)
        text = new_postmortem.filled(asked.catalog, text, known, language)
        title = asked.arguments.title or new_postmortem.title(asked.catalog, known, language)
    text = titled(text, title)
    return {
        f"postmortems/{asked.date}-{asked.ident}.md": text.replace("YYYY-MM-DD", asked.date).replace(
            "AAAA-MM-DD", asked.date
        )
    }


def _schedule(asked: Request) -> Written:
    people = [person.id for person in asked.catalog.all(Person)]
    if asked.arguments.people:
        people = [checked_id(name.strip()) for name in asked.arguments.people.split(",")]
    lead = asked.arguments.lead or (people[-1] if people else "")
    text = fill(
        "new/schedule.yaml",
        id=asked.ident,
        title=f"{asked.title} Team",
        people=people,
        lead=lead,
        zone=asked.catalog.settings.get(TIME_ZONE),
        date=monday(date.fromisoformat(asked.date)).isoformat(),
    )
    return {f"schedules/{asked.ident}.yaml": text}


def _incident(asked: Request) -> Written:
    moment = asked.moment.strftime("%Y-%m-%d %H:%M")
    text = fill("new/incident.yaml", title=asked.title, moment=moment, component=_component(asked))
    return {f"status/incidents/{asked.date}-{asked.ident}.yaml": text}


def _maintenance(asked: Request) -> Written:
    from generator.commands.maintenance.plan import started

    component = _component(asked)
    planned = started(work_tree(asked.root), asked.catalog, f"{asked.date}-{asked.ident}", asked.title, component)
    return {f"status/maintenances/{planned.id}.yaml": planned.text}


def _component(asked: Request) -> str:
    return next((each.id for each in asked.catalog.all(Component) if not each.is_group), "")


def _components(asked: Request) -> Written:
    services = [service.id for service in asked.catalog.all(Service)]
    text = fill("new/components.yaml", id=asked.ident, title=asked.title, services=services, date=asked.date)
    return {"status/components.yaml": text}


def _plain(template: str, path: str) -> Callable[[Request], Written]:
    """A template that needs no more than id, title and zone."""

    def make(asked: Request) -> Written:
        zone = asked.catalog.settings.get(TIME_ZONE)
        return {path.format(id=asked.ident): fill(template, id=asked.ident, title=asked.title, zone=zone)}

    return make


UNNAMED = ("severity-map", "pagerduty-ids", "settings")
"""Kinds of which a repository has one source."""

TRANSLATED = ("runbook", "postmortem")

MAKERS: Mapping[str, Callable[[Request], Written]] = {
    "service": _service,
    "runbook": _runbook,
    "schedule": _schedule,
    "postmortem": _postmortem,
    "incident": _incident,
    "maintenance": _maintenance,
    "people": _plain("new/people.yaml", "schedules/people.yaml"),
    "overrides": _plain("new/overrides.yaml", "schedules/{id}.overrides.yaml"),
    "leave": _plain("new/leave.yaml", "schedules/{id}.leave.yaml"),
    "components": _components,
    "severity-map": _plain("new/severity-map.yaml", "alerts/severity-map.yaml"),
    "pagerduty-ids": _plain("new/pagerduty-ids.yaml", "schedules/pagerduty.ids.yaml"),
    "settings": _plain("new/settings.yaml", "tocsin.yaml"),
}
