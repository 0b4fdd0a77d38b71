"""Ids that changed, as far as Git shows it: what had the old address in Terraform has the new one now.

Nothing is guessed. A team and a service go by their file, which Git follows; a person by e-mail, id in PagerDuty or
name; a schedule by its name or layers; a policy by its name or steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.analysis.memo import once_a_catalog
from generator.analysis.pagerduty.addresses import Address, Part
from generator.documents import read_document
from generator.errors import UsageError
from generator.kinds import kind_of
from generator.kinds.base import mapping, named
from generator.kinds.people import Person

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Change, History

FOLDERS = ("schedules", "alerts")
_IN_TEAM = (("schedule", "schedules", ("name", "layers")), ("policy", "escalations", ("name", "steps")))
_WORD = re.compile(r"[a-z0-9-]+")
_KEY = re.compile(r"^\s*([a-z0-9-]+)\s*:", re.MULTILINE)


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


@dataclass(frozen=True, slots=True)
class _File:
    """A file before and after a change; None where it was not there."""

    kind: str
    old_id: str | None
    new_id: str | None
    old: str | None
    new: str | None

    @property
    def kept_its_keys(self) -> bool:
        """Whether no id inside can have changed: most changes end here, unread."""
        return sorted(_KEY.findall(self.old or "")) == sorted(_KEY.findall(self.new or ""))


@once_a_catalog
def past(catalog: Catalog, history: History) -> Past:
    """What became of ids until the present sources."""
    if not history.available:
        return Past(reason=history.reason)
    renames: list[Rename] = []
    gone: dict[str, None] = {}
    changes = history.changes(*FOLDERS)
    try:
        texts = history.contents(_asked(changes))
    except UsageError:  # a partial clone: fetching is not for us to do
        return Past(reason="files of the past are missing here")
    for commit, each in groupby(changes, key=lambda change: change.commit):
        files = [_file(change, texts, catalog) for change in each]
        found, lost = _of_commit([file for file in files if file is not None], commit)
        renames += found
        gone |= dict.fromkeys(lost)
    missing = tuple(sorted(ident for ident in gone if catalog.get(Person, ident) is None))
    return Past(tuple(renames), missing, tuple(dict.fromkeys(_left(changes, texts, missing))))


def _left(changes: Iterable[Change], texts: Mapping[str, bytes], gone: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The teams that have named people who are gone."""
    for change in changes if gone else ():
        team, text = _id(change.old_path, "team"), _text(texts, change.old_blob)
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


def _of_commit(files: list[_File], commit: str) -> tuple[list[Rename], list[str]]:
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


def _in_team(team: str, file: _File) -> Iterator[tuple[str, str, str]]:
    old, new = _data(file.old), _data(file.new)
    for kind, key, traits in _IN_TEAM:
        before, after = mapping(old.get(key)), mapping(new.get(key))
        for one, other in _pairs(before, after, traits)[0]:
            yield kind, f"{team}/{one}", f"{team}/{other}"


def _people(files: list[_File]) -> tuple[list[tuple[str, str]], list[str]]:
    """Of all files of people together: somebody may move from one to another."""
    if all(file.kept_its_keys for file in files):
        return [], []
    before = {key: each for file in files for key, each in _persons(file.old)}
    after = {key: each for file in files for key, each in _persons(file.new)}
    return _pairs(before, after, ("email", "pagerduty", "name"))


def _persons(text: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in _data(text).items():
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


def _asked(changes: Iterable[Change]) -> Iterator[str]:
    """The contents that have to be read: ids stand inside the files of teams and people."""
    for change in changes:
        if {_kind(change.old_path), _kind(change.new_path)} & {"team", "people"}:
            yield from (blob for blob in (change.old_blob, change.new_blob) if blob is not None)


def _file(change: Change, texts: Mapping[str, bytes], catalog: Catalog) -> _File | None:
    kind = _kind(change.new_path) or _kind(change.old_path)
    if kind not in {"team", "people", "service"}:
        return None
    old_id, new_id = (_id(path, kind) for path in (change.old_path, change.new_path))
    return _File(kind, old_id, new_id, _text(texts, change.old_blob), _new_text(change, texts, catalog))


def _new_text(change: Change, texts: Mapping[str, bytes], catalog: Catalog) -> str | None:
    """What is not committed yet is in the catalog."""
    document = None if change.commit else catalog.documents.get(change.new_path or "")
    return document.text if document is not None else _text(texts, change.new_blob)


def _text(texts: Mapping[str, bytes], blob: str | None) -> str | None:
    return None if blob is None or blob not in texts else texts[blob].decode("utf-8", "replace")


def _data(text: str | None) -> dict[str, Any]:
    """What a file said; nothing where it could not be read."""
    if not text:
        return {}
    document, _ = read_document("past.yaml", text.encode("utf-8"))
    return {} if document is None else {str(key): value for key, value in mapping(document.data).items()}


def _kind(path: str | None) -> str:
    kind = None if path is None else kind_of(path)
    return "" if kind is None else kind.name


def _id(path: str | None, kind: str) -> str | None:
    found = None if path is None else kind_of(path)
    return found.id_of(path) if found is not None and path is not None and found.name == kind else None
