"""Action items: each has one owner and a due date, and gets done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.analysis.postmortems.actions import MEANT, STATUSES, ActionItem, action_items
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.people import Person
from generator.kinds.team import Team

_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_SEVERAL = re.compile(r"\s*(?:,|;|/|&|\+| and | y )\s*")


@check("action/no-owner", level="warning")
def no_owner(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An action item that is to be done has no owner.

    What everybody should do, nobody does. Write the id of one person of `schedules/people.yaml`. Asked of action items
    that are neither done nor dropped, once the incident is over.
    """
    bare = (item for item in _to_do(catalog) if not item.owner.strip(" -–—?"))
    yield from _lacking(bare, "owner", "has no owner", "write the id of one person")


@check("action/no-due", level="warning")
def no_due(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An action item that is to be done has no due date.

    Write a date as `2026-11-02`: P1 this week, P2 this month, P3 this quarter. Anything else ("next week") cannot
    become overdue, so nobody is ever told.
    """
    for item in _to_do(catalog):
        if item.due is None and item.due_text.strip(" -–—?"):
            yield _finding(item, "due", f"is due '{item.due_text}', which is no date", "write it as 2026-11-02")
    bare = (item for item in _to_do(catalog) if not item.due_text.strip(" -–—?"))
    yield from _lacking(bare, "due", "has no due date", "write a date as 2026-11-02")


@check("action/overdue", level="warning")
def overdue(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An action item was due, and is not done.

    Postmortems teach as much as their action items get done. Do it, agree on a new date with whoever waits for it, or
    say `DROPPED` and why.
    """
    today = context.now.date()
    for item in _to_do(catalog):
        if item.due is not None and item.due < today:
            late = (today - item.due).days
            said = f"was due on {item.due}, {late} day{'' if late == 1 else 's'} ago"
            yield _finding(item, "due", said, "do it, agree on a new date, or write DROPPED and why")


@check("action/unknown-owner", level="warning")
def unknown_owner(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The owner of an action item is nobody of `schedules/people.yaml`, is a team, or has left.

    An item is followed up with its owner: by id (`bob`, `@bob`) or by the whole name. A team is nobody in particular.
    Asked of action items that are neither done nor dropped, where the repository keeps people.
    """
    people = {each.id: each for each in catalog.all(Person)}
    if not people or catalog.broken.get("people"):
        return
    known = {*people, *(each.name.casefold() for each in people.values())}
    for item in _to_do(catalog):
        person = people.get(item.person or "")
        if person is not None and person.until is not None and person.until <= context.now:
            left = f"belongs to {person.name}, who left on {person.until:%Y-%m-%d}"
            yield _finding(item, "owner", left, "give it to somebody who is there")
        elif person is None and item.owner.strip(" -–—?"):
            words = [each.removeprefix("@").casefold() for each in _SEVERAL.split(item.owner) if each]
            if not all(word in known for word in words):
                yield _finding(item, "owner", _not_a_person(catalog, item), _hint(item, people))


def _not_a_person(catalog: Catalog, item: ActionItem) -> str:
    name = item.owner.removeprefix("@").casefold()
    if any(name in (team.id, team.name.casefold()) for team in catalog.all(Team)):
        return f"belongs to '{item.owner}', which is a team"
    return f"belongs to '{item.owner}', who is not in schedules/people.yaml"


def _hint(item: ActionItem, people: dict[str, Person]) -> str:
    return did_you_mean(item.owner.removeprefix("@"), people) or "write the id of one person"


@check("action/status", level="warning")
def status(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The status of an action item is none of TODO, DOING, DONE and DROPPED.

    Pages and reports count these four. What others use ("In progress", "Closed", "Hecho") is read as what it means; any
    other word counts as still to be done.
    """
    for item in action_items(catalog):
        written = _SIGNS.sub("", item.status_text)
        if written and written.upper() not in STATUSES:
            meant = item.status if item.status in MEANT else ""
            said = f"has the status '{written}'"
            yield _finding(item, "status", said, f"write {meant}" if meant else f"write one of {', '.join(STATUSES)}")


def _to_do(catalog: Catalog) -> Iterator[ActionItem]:
    """Those that somebody has to see to; while an incident lasts they are only collected."""
    return (each for each in action_items(catalog) if each.is_open and each.postmortem.status != "open")


def _lacking(items: Iterable[ActionItem], column: str, said: str, hint: str) -> Iterator[Finding]:
    """A finding for each; of a table that has no such column one, for all its rows."""
    tables: dict[tuple[object, ...], list[ActionItem]] = {}
    for item in items:
        if item.columns and column not in item.columns:
            tables.setdefault((item.ref.path, *item.ref.pointer[:3]), []).append(item)
        else:
            yield _finding(item, column, said, hint)
    for first, *rest in tables.values():
        more = f", nor have {len(rest)} more: their table has no such column" if rest else ""
        yield _finding(first, column, f"{said}{more}", f"add a column {column.capitalize()}, and {hint}")


def _finding(item: ActionItem, column: str, said: str, hint: str) -> Finding:
    short = item.action if len(item.action) <= 60 else f"{item.action[:59]}…"
    message = f"action item '{short}' {said}"
    return Finding(item.cell(column), message, hint, subject=f"{item.postmortem.id}/{short}")
