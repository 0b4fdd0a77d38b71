"""Ids that changed, as far as Git shows it: what had the old address in Terraform has the new one now.

Nothing is guessed. A team and a service go by their file, which Git follows; a person by e-mail, id in PagerDuty or
name; a schedule by its name or layers; a policy by its name or steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.analysis.memo import once_a_catalog
from generator.analysis.pagerduty.addresses import Address, Part
from generator.analysis.pagerduty.changed import ChangedFile, asked, data_of, id_in, read_change, text_of
from generator.errors import UsageError
from generator.kinds.base import mapping, named
from generator.kinds.people import Person
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Change, History

FOLDERS = ("schedules", "alerts")
_IN_TEAM = (("schedule", "schedules", ("name", "layers")), ("policy", "escalations", ("name", "steps")))
_WORD = re.compile(r"[a-z0-9-]+")


class Rename(NamedTuple):
    """An id that became another one; `commit` is empty where that is not committed."""

    kind: str
    old: str
    new: str
    commit: str


@dataclass(frozen=True, slots=True)
class Past:
    """What Git knows: renames, the newest first, and people who are in no file any more."""

    renames: tuple[Rename, ...] = ()
    gone: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    """Team and person, where somebody who is gone was named in a team's file."""
    reason: str = ""
    """Why Git knows nothing; empty where it answers."""


@once_a_catalog
def past(catalog: Catalog, history: History) -> Past:
    """What became of ids until the present sources."""
    if not history.available:
        return Past(reason=history.reason)
    renames: list[Rename] = []
    gone: dict[str, None] = {}
    changes = history.changes(*FOLDERS)
    try:
        texts = history.contents(asked(changes))
    except UsageError:  # a partial clone: fetching is not for us to do
        return Past(reason="files of the past are missing here")
    for commit, each in groupby(changes, key=lambda change: change.commit):
        files = [read_change(change, texts, catalog) for change in each]
        found, lost = _of_commit([file for file in files if file is not None], commit)
        renames += found
        gone |= dict.fromkeys(lost)
    missing = tuple(sorted(ident for ident in gone if catalog.get(Person, ident) is None))
    return Past(tuple(renames), missing, tuple(dict.fromkeys(_left(changes, texts, missing))))


def _left(changes: Iterable[Change], texts: Mapping[str, bytes], gone: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The teams that have named people who are gone."""
    for change in changes if gone else ():
        team, text = id_in(change.old_path, "team"), text_of(texts, change.old_blob)
        words = frozenset(_WORD.findall(text or ""))
        yield from ((team, ident) for ident in gone if team is not None and ident in words)


def former(address: Address, rename: Rename) -> Address:
    """The address that a resource had before a rename; the same one where it has no part in it."""
    return Address(address.type, tuple(Part(part.kind, _former(part, rename)) for part in address.parts))


def _former(part: Part, rename: Rename) -> str:
    if part.kind == rename.kind and part.id == rename.new:
        return rename.old
    team, slash, key = part.id.partition("/")
    if rename.kind == "team" and part.kind in {"schedule", "policy"} and team == rename.new:
        return f"{rename.old}{slash}{key}"
    return part.id


def _of_commit(files: list[ChangedFile], commit: str) -> tuple[list[Rename], list[str]]:
    """The renames of one commit, those of files last: seen backwards, a schedule moves inside its team's new file."""
    renames: list[Rename] = []
    for file in files:
        if file.kind == "team" and file.new_id is not None and file.old is not None and not file.kept_its_keys:
            renames += (Rename(kind, old, new, commit) for kind, old, new in _in_team(file.new_id, file))
    people, lost = _people([file for file in files if file.kind == "people"])
    renames += (Rename("person", old, new, commit) for old, new in people)
    for file in files:
        if file.kind in {"team", "service"} and file.old_id and file.new_id and file.old_id != file.new_id:
            renames.append(Rename(file.kind, file.old_id, file.new_id, commit))
    return renames, lost


def _in_team(team: str, file: ChangedFile) -> Iterator[tuple[str, str, str]]:
    old, new = data_of(file.old), data_of(file.new)
    for kind, key, traits in _IN_TEAM:
        before, after = mapping(old.get(key)), mapping(new.get(key))
        for one, other in _pairs(before, after, traits)[0]:
            yield kind, f"{team}/{one}", f"{team}/{other}"


def _people(files: list[ChangedFile]) -> tuple[list[tuple[str, str]], list[str]]:
    """Of all files of people together: somebody may move from one to another."""
    if all(file.kept_its_keys for file in files):
        return [], []
    before = {key: each for file in files for key, each in _persons(file.old)}
    after = {key: each for file in files for key, each in _persons(file.new)}
    return _pairs(before, after, ("email", "pagerduty", "name"))


def _persons(text: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in data_of(text).items():
        person = named(value)
        email = person.get("email")
        yield key, {**person, "email": email.lower()} if isinstance(email, str) else person


def _pairs(
    before: Mapping[str, Any], after: Mapping[str, Any], traits: Iterable[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Keys that became others, by the first trait that only the two share; and those that became none."""
    gone, new = [key for key in before if key not in after], [key for key in after if key not in before]
    found: dict[str, str] = {}
    for trait in traits:
        for old in gone:
            alike = [each for each in new if _shares(before[old], after[each], trait) and each not in found.values()]
            twins = [each for each in gone if _shares(before[old], before[each], trait)]
            if old not in found and len(alike) == 1 and len(twins) == 1:
                found[old] = alike[0]
    return list(found.items()), [old for old in gone if old not in found]


def _shares(one: object, other: object, trait: str) -> bool:
    value = mapping(one).get(trait)
    return value is not None and value == mapping(other).get(trait)
