"""`tocsin incident open`: the record from the first minute, and the public face where customers are told."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.severity import proposed_severity
from generator.analysis.status.incidents import OPERATIONAL
from generator.analysis.status.settings import STATUS
from generator.commands.incident.opening import First, record_text
from generator.commands.incident.plan_face import Words
from generator.commands.incident.plan_open import Opening, plan_open
from generator.commands.incident.plan_record import cell_text
from generator.commands.new_postmortem_text import TEXTS
from generator.commands.scaffold import checked_id, markdown_template
from generator.commands.status.asking import ask, can_ask, choose, confirm
from generator.commands.status.carrying import Carrying, carry_out, key_of, require_ready
from generator.commands.status.ids import slug
from generator.commands.status.moments import said
from generator.commands.status.opened import Opened, opened
from generator.commands.status.public import ask_components, component_statuses, refuse_leaks, will_read
from generator.commands.status.speaking import Speaking, messages
from generator.commands.status.texts import TITLE_LIMIT, Texts, checked, given_titles
from generator.errors import Exit, UsageError
from generator.findings import did_you_mean
from generator.git.branch import BranchStore
from generator.kinds.people import Person
from generator.kinds.rules import Alert
from generator.kinds.status import Component
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog.named_alerts import NamedAlert


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of an incident that is being opened."""

    arguments: argparse.Namespace
    here: Opened
    public: bool
    title: Texts
    severity: str | None
    components: Mapping[str, str]
    at: datetime
    started: datetime

    @property
    def id(self) -> str:
        """`<date>-<slug>`, by the UTC date."""
        given = self.arguments.id or slug(self.title[next(iter(self.title))])
        day = f"{self.at:%Y-%m-%d}"
        return checked_id(given if re.match(r"\d{4}-\d\d-\d\d-.", given) else f"{day}-{given}")


def run(arguments: argparse.Namespace) -> Exit:
    """Puts it together, shows it, and opens it."""
    here = opened(arguments)
    require_ready(here.root, here.catalog, arguments)
    begun = _begun(arguments, here)
    status = arguments.status
    affected = [each for each, word in begun.components.items() if word != OPERATIONAL]
    about = Speaking(here.tree, here.catalog, status, affected, begun.title, public=begun.public)
    words = Words(status, _words(about, arguments, begun), begun.components, here.default)
    if begun.public:
        refuse_leaks(here.catalog, [*begun.title.values(), *words.texts.values()])
    path = f"postmortems/{begun.id}.md"
    opening = Opening(
        begun.id, begun.title, words, begun.at, _record(begun, words, path), arguments.impact, public=begun.public
    )
    shown = (
        will_read(here.catalog, begun.title, status, words.texts, words.components)
        if begun.public
        else [f"For the team alone: {path}. --public tells customers, later too."]
    )
    key = key_of("incident", "open", begun.id, status, dict(words.texts), dict(words.components))
    branch = here.catalog.settings.get(STATUS).branch
    plan = lambda tree: plan_open(tree, opening)  # noqa: E731  # what it closes over is complete here
    return carry_out(Carrying(here.root, here.tree, here.now, branch, plan, key, tuple(shown)), arguments)


def _begun(arguments: argparse.Namespace, here: Opened) -> Beginning:
    alerts = [_alert(here, name) for name in arguments.alert]
    public = arguments.public or (not arguments.private and can_ask() and not arguments.yes and _asked_public())
    _entitle(arguments, public=public)
    title = _title(arguments, here, public=public)
    severity = here.severity(arguments.severity) or _proposed(here, alerts)
    if severity is None and can_ask():
        severity = choose("How severe is it?", {each.id: each.description for each in here.catalog.severities})
    components = component_statuses(here.catalog, arguments.component)
    if components and not public:
        raise UsageError("components change for customers, who are told nothing", "--public tells them")
    if public and not components and can_ask():
        components = ask_components(here.catalog, {})
    at = here.now if arguments.at is None else said("--at", arguments.at)
    started = at if arguments.started is None else said("--started", arguments.started)
    if at > here.now:
        raise UsageError(f"--at {arguments.at} is still to come", "leave it out: it is opened now")
    if started > at:
        raise UsageError("it cannot have been noticed before it started", "--started is not after --at, or now")
    return Beginning(arguments, here, public, title, severity, components, at, started)


def _entitle(arguments: argparse.Namespace, *, public: bool) -> None:
    """One text alone is the title, where customers are told nothing or the message is said otherwise."""
    otherwise = arguments.message_given is not None or arguments.template is not None
    if arguments.title is None and arguments.message is not None and (otherwise or not public):
        arguments.title, arguments.message = arguments.message, None


def _asked_public() -> bool:
    return confirm("Do customers notice it, and shall the status page say so?", default=False)


def _title(arguments: argparse.Namespace, here: Opened, *, public: bool) -> Texts:
    titles = given_titles(arguments, here.catalog)
    if titles:
        return titles if here.default in titles else {here.default: next(iter(titles.values())), **titles}
    if not can_ask():
        raise UsageError("the title is missing", '--title "Errors at checkout"')
    label = "Title, as customers see it" if public else "Title"
    found = {here.default: checked(ask(f"{label} [{here.default}]"), "title", TITLE_LIMIT)}
    for code in here.catalog.settings.get(LANGUAGES)[1:] if public else ():
        text = ask(f"{label} [{code}]", needed=False)
        found |= {code: checked(text, "title", TITLE_LIMIT)} if text else {}
    return found


def _alert(here: Opened, name: str) -> NamedAlert:
    known = here.catalog.alerts_by_name
    if name not in known:
        raise UsageError(f"there is no alert '{name}'", did_you_mean(name, known) or "tocsin check names what is there")
    return known[name]


def _proposed(here: Opened, alerts: list[NamedAlert]) -> str | None:
    """The highest severity that the alerts propose; what an SLO's alert proposes depends on how fast it burns."""
    rules = (rule for alert in alerts for rule in alert.rules if isinstance(rule, Alert))
    found = (rule.severity or proposed_severity(here.catalog, rule.urgency) for rule in rules)
    return min(filter(None, found), default=None)


def _words(about: Speaking, arguments: argparse.Namespace, begun: Beginning) -> Texts:
    """What is said first. Of an incident that customers do not read of, it may be nothing."""
    given = arguments.message is not None or arguments.message_given or arguments.languages or arguments.template
    if begun.public or given:
        return messages(about, arguments)
    text = ask("What is known so far, for the record", needed=False) if can_ask() and not arguments.yes else ""
    return {begun.here.default: text} if text else {}


def _record(begun: Beginning, words: Words, path: str) -> str:
    here, arguments = begun.here, begun.arguments
    language = arguments.record_language or (here.default if here.default in TEXTS else "en")
    name = "postmortem-short" if _is_small(begun) else "postmortem"
    template = markdown_template(here.root, "postmortems", name, language)
    text = words.texts.get(language) or next(iter(words.texts.values()), "")
    texts = TEXTS[language]
    status = texts.statuses.get(words.status, words.status)
    first = texts.update.format(status=status) + cell_text(text) if begun.public else cell_text(text)
    title = begun.title.get(language) or begun.title[here.default]
    people = _who(here)
    services = () if arguments.alert else _services(begun)
    known = First(
        title, begun.started, begun.at, begun.severity, arguments.alert, people, services, first if text else ""
    )
    return record_text(template, path, known)


def _is_small(begun: Beginning) -> bool:
    """Whether the short form does: what nobody is called for; else as it was asked for."""
    if begun.arguments.form is not None:
        return bool(begun.arguments.form == "short")
    found = next((each for each in begun.here.catalog.severities if each.id == begun.severity), None)
    return found is not None and found.urgency != "page"


def _who(here: Opened) -> tuple[str, ...]:
    """Whoever opens it, where their address in Git is that of a person."""
    address = os.environ.get("GIT_AUTHOR_EMAIL") or BranchStore(here.root).setting("user.email")
    found = (each.id for each in here.catalog.all(Person) if each.email and each.email.lower() == address.lower())
    return tuple(found)[:1] if address else ()


def _services(begun: Beginning) -> tuple[str, ...]:
    """The services behind the components that are affected."""
    found = (begun.here.catalog.get(Component, each) for each in begun.components)
    return tuple(dict.fromkeys(service for each in found if each is not None for service in each.services))
