"""`tocsin maintenance plan`: what is missing is asked for, and planned work is announced."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeVar

from generator import times
from generator.analysis.status.settings import STATUS
from generator.commands.maintenance.plan import Planned, plan_maintenance
from generator.commands.scaffold import checked_id
from generator.commands.status.asking import ask, can_ask
from generator.commands.status.carrying import Carrying, carry_out, key_of, require_ready
from generator.commands.status.ids import slug
from generator.commands.status.moments import said, written
from generator.commands.status.opened import Opened, opened
from generator.commands.status.public import ask_which, known_component, refuse_leaks, will_read
from generator.commands.status.speaking import Speaking, messages
from generator.commands.status.texts import TITLE_LIMIT, Texts, checked, given_titles
from generator.errors import Exit, UsageError
from generator.settings import LANGUAGES

T = TypeVar("T")


def run(arguments: argparse.Namespace) -> Exit:
    """Puts it together, shows it, and announces it."""
    here = opened(arguments)
    require_ready(here.root, here.catalog, arguments)
    zone = _zone(arguments.zone)
    title = _title(arguments, here)
    start = _asked("--from", arguments.start, "From", lambda text: said("--from", text, zone), _zone_words(zone))
    end = _end(arguments, start, zone)
    if end <= start:
        raise UsageError(f"it would end at {written(end)} UTC, and not after it begins", "--until is after --from")
    if end <= here.now:
        raise UsageError(f"it is over since {written(end)} UTC", "only what is still to come is announced")
    components = _components(arguments, here)
    about = Speaking(here.tree, here.catalog, "maintenance", components, title, public=True)
    message = messages(about, arguments)
    refuse_leaks(here.catalog, [*title.values(), *message.values()])
    given = arguments.id or slug(title[here.default])
    ident = checked_id(given if re.match(r"\d{4}-\d\d-\d\d-.", given) else f"{start:%Y-%m-%d}-{given}")
    planned = Planned(
        ident, title, message, start, end, components, here.default, mute=arguments.mute, budget=arguments.budget
    )
    lines = will_read(here.catalog, title, "scheduled", message, dict.fromkeys(components, "under_maintenance"))
    lines.append(f"  from {written(start)} until {written(end)} UTC ({times.words(end - start)})")
    branch = here.catalog.settings.get(STATUS).branch
    key = key_of("maintenance", "plan", ident, planned.text)
    return carry_out(
        Carrying(
            here.root, here.tree, here.now, branch, lambda tree: plan_maintenance(tree, planned), key, tuple(lines)
        ),
        arguments,
    )


def _title(arguments: argparse.Namespace, here: Opened) -> Texts:
    titles = given_titles(arguments, here.catalog)
    if titles:
        return titles if here.default in titles else {here.default: next(iter(titles.values())), **titles}
    if not can_ask():
        raise UsageError("the title is missing", '--title "Database upgrade"')
    found = {here.default: checked(ask(f"Title, as customers see it [{here.default}]"), "title", TITLE_LIMIT)}
    for code in here.catalog.settings.get(LANGUAGES)[1:]:
        text = ask(f"Title [{code}]", needed=False)
        found |= {code: checked(text, "title", TITLE_LIMIT)} if text else {}
    return found


def _end(arguments: argparse.Namespace, start: datetime, zone: tzinfo) -> datetime:
    if arguments.length is not None:
        return start + _length(arguments.length)

    def read(text: str) -> datetime:
        return said("--until", text, zone) if "-" in text else start + _length(text)

    return _asked("--until", arguments.end, "Until, or for how long", read, "2026-12-06 04:00, or 1h")


def _length(text: str) -> timedelta:
    try:
        return times.parse_duration(text.strip())
    except ValueError as refusal:
        raise UsageError(f"--for: {refusal}") from None


def _asked(option: str, given: str | None, label: str, read: Callable[[str], T], example: str) -> T:
    """What an option says; asked for, until it can be read, where it is not given."""
    if given is not None:
        return read(given)
    if not can_ask():
        raise UsageError(f"{option} is missing", f"{option} {example}")
    while True:
        try:
            return read(ask(f"{label} ({example})"))
        except UsageError as refusal:
            print(refusal.message)


def _components(arguments: argparse.Namespace, here: Opened) -> tuple[str, ...]:
    if arguments.component:
        return tuple(dict.fromkeys(known_component(here.catalog, each) for each in arguments.component))
    return tuple(ask_which(here.catalog)) if can_ask() else ()


def _zone(name: str | None) -> tzinfo:
    try:
        return UTC if name is None else times.zone(name)
    except ValueError as refusal:
        raise UsageError(f"--zone: {refusal}") from None


def _zone_words(zone: tzinfo) -> str:
    return f"as 2026-12-06 03:00, in {zone}"
