"""People as a source. Telephone numbers are never among what is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator import times
from generator.importers.base import Imported, Options
from generator.importers.pagerduty.account import User
from generator.importers.tree import Map
from generator.settings import TIME_ZONE

PEOPLE = "schedules/people.yaml"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ID = re.compile(r"[A-Z0-9]+")
_CALLED = frozenset({"read_only_user", "read_only_limited_user", "restricted_access"})
"""Roles that PagerDuty never calls."""


def put_people(new: Sequence[User], ids: Mapping[str, str], options: Options, imported: Imported) -> None:
    """Those whom the repository does not know yet, beside those whom it knows."""
    source = Map()
    zone = options.catalog.settings.get(TIME_ZONE) if options.catalog is not None else ""
    for user in sorted(new, key=lambda each: ids[each.key]):
        source.put(ids[user.key], _person(user, ids[user.key], zone, imported), at=user.at)
    if source:
        imported.add(PEOPLE, source)
    without = [user for user in new if not user.email]
    if without:
        names = ", ".join(ids[user.key] for user in without[:5]) + (" …" if len(without) > 5 else "")
        hint = "import GET /users too: Terraform leaves out whom it cannot know by e-mail"
        imported.lost(without[0].at, f"{len(without)} of the people have no e-mail in the files: {names}", hint)


def _person(user: User, ident: str, zone: str, imported: Imported) -> Map:
    out = Map()
    name = user.name or ident
    out.put("name", name)
    if user.email and _EMAIL.fullmatch(user.email):
        out.put("email", user.email)
    elif user.email:
        imported.lost(user.at, f"the e-mail of {name} is none: it is not kept")
    if user.known_as and _ID.fullmatch(user.known_as):
        out.put("pagerduty", user.known_as)
    if user.zone and user.zone != zone:
        try:
            times.zone(user.zone)
            out.put("time_zone", user.zone)
        except ValueError as refusal:
            imported.lost(user.at, f"the time zone of {name} is not kept: {refusal}")
    if user.role in _CALLED:
        imported.told(user.at, f"{name} is {user.role} in PagerDuty, which calls nobody of that role")
    return out
