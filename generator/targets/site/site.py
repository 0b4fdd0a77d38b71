"""What the pages share: where each of them is, and how one thing is named and linked from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import TypeVar, cast
from urllib.parse import quote

from generator import times
from generator.analysis import addresses
from generator.analysis.oncall import Shift, whole_shifts
from generator.analysis.origins import Origins, origins
from generator.artifacts import PageFile
from generator.catalog import Catalog, NamedAlert
from generator.context import Context
from generator.kinds.people import Person
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.severity_map import Severity
from generator.kinds.team import Schedule, Team
from generator.messages import Speech, speech
from generator.records import dataclass
from generator.settings import LANGUAGES
from generator.targets.markdown import escape, link
from generator.targets.site import links
from generator.targets.site.drafts import Drafts
from generator.targets.site.pictures import is_picture, picture

HOME, ALERTS, SERVICES, RUNBOOKS, ON_CALL, POSTMORTEMS, SEVERITIES, HEALTH, WAYS, TAGS = (
    "index.md",
    "alerts/index.md",
    "services/index.md",
    "runbooks/index.md",
    "schedules/index.md",
    "postmortems/index.md",
    "severities/index.md",
    "health/index.md",
    "map/index.md",
    "tags/index.md",
)
T = TypeVar("T")
AHEAD = timedelta(weeks=4)
"""How far into the future shifts are shown."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A link in a source that leads to no page."""

    path: str
    line: int
    target: str


@dataclass(frozen=True)
class Site:
    """The catalog as pages; paths of pages are relative to the folder of Markdown."""

    catalog: Catalog
    context: Context
    nowhere: list[Nowhere] = field(default_factory=list)
    """Links that lead nowhere, as found while pages are made."""
    files: dict[str, dict[str, PageFile]] = field(default_factory=dict)
    """Page → the pictures on it by their paths in the site, as found while pages are made."""
    with_pictures: set[str] = field(default_factory=set)
    """Pages that show pictures, or would where these could be shown."""
    _once: dict[tuple[object, ...], object] = field(default_factory=dict)

    @cached_property
    def drafts(self) -> Drafts:
        """The pages that were written before, and still say what is so."""
        return Drafts(self)

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What many pages say alike, made for the first of them."""
        if key not in self._once:
            self._once[key] = make()
        return cast("T", self._once[key])

    # ── words ──

    @cached_property
    def speech(self) -> Speech:
        """The language of the site: the first of the repository's."""
        return speech(self.catalog.settings.get(LANGUAGES)[0])

    def say(self, text: str, /, **values: object) -> str:
        """A message in the language of the site; values are Markdown."""
        return self.speech.say(text, **values)

    def words(self, duration: timedelta) -> str:
        """A duration for people."""
        return self.speech.duration(duration)

    def both(self, names: Iterable[str]) -> str:
        """`Alice and Bob`."""
        first, *more = names or ("",)
        for other in more:
            first = self.say("{first} and {second}", first=first, second=other)
        return first

    def then(self, steps: Iterable[str]) -> str:
        """`Alice, then Bob`."""
        first, *more = steps or ("",)
        for other in more:
            first = self.say("{first}, then {second}", first=first, second=other)
        return first

    def moment(self, instant: datetime, zone: tzinfo) -> str:
        """An instant on a zone's clock, readable for the page's script as well."""
        return f"{{time {times.iso_utc(instant)} {self.speech.moment(instant, zone)}}}"

    # ── places ──

    def alert(self, name: str) -> str:
        """The page of an alert."""
        return _index(addresses.alert_page(name))

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Path of a source → its page."""
        catalog = self.catalog
        found = {each.ref.path: _index(addresses.runbook_page(each.id)) for each in catalog.all(Runbook)}
        found |= {each.ref.path: _index(addresses.postmortem_page(each.id)) for each in catalog.all(Postmortem)}
        found |= {each.ref.path: _index(addresses.service_page(each.id)) for each in catalog.all(Service)}
        found |= {each.ref.path: ON_CALL for each in catalog.all(Team)}
        return found | {each.ref.path: SEVERITIES for each in catalog.all(Severity)}

    def find(self, path: str) -> str | None:
        """The page of a source, or of an address of this site; None where there is none."""
        return self.sources.get(path) or (f"{path}/index.md" if f"{path}/index.md" in self._pages else None)

    def picture(self, here: str, path: str) -> str:
        """The file of the site that shows a picture of the repository on a page.

        Raises ValueError, with the reason in words, where it cannot be shown.
        """
        if not is_picture(path):
            raise ValueError
        self.with_pictures.add(here)
        if path not in self._pictures:
            self._pictures[path] = picture(path, self.context.read_bytes(path))
        found = self._pictures[path]
        if isinstance(found, str):
            raise ValueError(found)  # noqa: TRY004  # the type tells a reason from a picture
        self.files.setdefault(here, {})[found.path] = found
        return found.path

    @cached_property
    def _pictures(self) -> dict[str, PageFile | str]:
        return {}

    @cached_property
    def origins(self) -> Origins:
        """Why each alert exists."""
        return origins(self.catalog, self.context.history)

    @cached_property
    def _pages(self) -> frozenset[str]:
        alerts = (self.alert(alert.name) for alert in self.catalog.alerts)
        return frozenset([*self.sources.values(), *alerts])

    @cached_property
    def alerts_of(self) -> Mapping[str, tuple[NamedAlert, ...]]:
        """Id of a service → its alerts."""
        found: dict[str, list[NamedAlert]] = {}
        for alert in self.catalog.alerts:
            found.setdefault(alert.service.id, []).append(alert)
        return {service: tuple(alerts) for service, alerts in found.items()}

    @cached_property
    def services_of(self) -> Mapping[str, list[Service]]:
        """Id of a team → its services."""
        found: dict[str, list[Service]] = {}
        for service in self.catalog.all(Service):
            found.setdefault(service.team or "", []).append(service)
        return found

    @cached_property
    def past(self) -> Mapping[str, tuple[Postmortem, ...]]:
        """Name of an alert → the postmortems that name it, newest first."""
        found: dict[str, list[Postmortem]] = {}
        for postmortem in sorted(self.catalog.all(Postmortem), key=lambda each: each.id, reverse=True):
            for name in postmortem.alerts:
                found.setdefault(name, []).append(postmortem)
        return {name: tuple(each) for name, each in found.items()}

    # ── links; `here` is the page that they stand on ──

    def link(self, here: str, text: str, page: str) -> str:
        """A link to a page."""
        return link(text, quote(links.relative(here, page)))

    def alert_link(self, here: str, alert: NamedAlert) -> str:
        """To an alert's page."""
        return self.link(here, alert.name, self.alert(alert.name))

    def service_link(self, here: str, ident: str) -> str:
        """To a service's page; its id alone where there is no such service."""
        known = self.catalog.get(Service, ident)
        return escape(ident) if known is None else self.link(here, ident, _index(addresses.service_page(ident)))

    def runbook_link(self, here: str, alert: NamedAlert) -> str:
        """To an alert's runbook, here or elsewhere; empty where it has none."""
        if alert.external_runbook:
            return link(self.say("runbook"), alert.runbook)
        runbook = self.catalog.get(Runbook, alert.runbook)
        return self.link(here, self.title(runbook), self.sources[runbook.ref.path]) if runbook else ""

    def schedule_link(self, here: str, schedule: Schedule) -> str:
        """To a schedule's page."""
        return self.link(here, schedule.name, _index(addresses.schedule_page(schedule.id)))

    def team_link(self, here: str, ident: str | None) -> str:
        """To a team among those on call; empty without a team."""
        team = self.catalog.get(Team, ident)
        return escape(ident or "") if team is None else self.link(here, team.name, _index(addresses.team_page(team.id)))

    def person(self, ident: str) -> str:
        """A person's name, one tap from a letter to them."""
        known = self.catalog.get(Person, ident)
        if known is None:
            return escape(ident)
        return link(known.name, f"mailto:{quote(known.email, safe='@')}") if known.email else escape(known.name)

    def title(self, entity: Runbook | Postmortem) -> str:
        """The title of a runbook or postmortem: that of front matter, else its first heading, else its id."""
        return entity.title or self.catalog.document(entity).markdown.title or entity.id

    # ── time ──

    @cached_property
    def _ahead(self) -> dict[str, tuple[Shift, ...]]:
        return {}

    def shifts(self, schedule: Schedule) -> tuple[Shift, ...]:
        """The present shift and those of the coming weeks, whole."""
        if schedule.id not in self._ahead:
            now = self.context.now
            self._ahead[schedule.id] = whole_shifts(self.catalog, schedule, now, now + AHEAD)
        return self._ahead[schedule.id]

    def present(self, schedule: Schedule) -> tuple[Shift | None, Shift | None]:
        """Who is on call when the site is built, and who is next."""
        now, ahead = self.context.now, self.shifts(schedule)
        later = [shift for shift in ahead if shift.start > now]
        return next((shift for shift in ahead if shift.start <= now), None), later[0] if later else None


def _index(address: str) -> str:
    """The file that becomes the page of an address. A folder each: a runbook may be called `index`."""
    return f"{address}index.md"
