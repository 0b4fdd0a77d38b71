"""Why an alert exists: the commit that first wrote its name, and the postmortem that asked for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.postmortems.actions import action_items
from generator.kinds.postmortem import Postmortem
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog, NamedAlert
    from generator.git import History
    from generator.git.additions import Addition

FOLDER = "alerts"
PARTIAL = "Git does not have all of the history (a partial clone)"
_ALERT = re.compile(r"""\balert["']?[ \t]*:[ \t]*(.+)""")
_NAME = re.compile(r"""\bname["']?[ \t]*:[ \t]*(.+)""")
_QUOTED = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'""")
_WORDS = re.compile(r"[\w:]+")
_IDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an alert comes from. `commit` is None where nothing is committed yet, or nothing is known."""

    commit: Addition | None = None
    merge: Addition | None = None
    """The merge with which the branch got the commit, where there was one."""
    postmortem: Postmortem | None = None
    """The one that asked for it: the commit names it, or its action items or its text name the alert.

    One in which the alert fired did not ask for it, but in an action item: the alert was there, perhaps elsewhere.
    """

    @property
    def request(self) -> str:
        """The pull or merge request in which it came: `#123`, `!45`; empty where the commits name none."""
        return next((each.request for each in (self.merge, self.commit) if each and each.request), "")

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who read it, as the trailers of commit and merge say."""
        return tuple(dict.fromkeys(name for each in (self.commit, self.merge) if each for name in each.reviewers))


@dataclass(frozen=True, slots=True)
class Origins:
    """The origin of every alert by its name; `reason` says why no commit is known, where none can be."""

    by_name: Mapping[str, Origin] = field(default_factory=dict)
    reason: str = ""


@once_a_catalog
def origins(catalog: Catalog, history: History) -> Origins:
    """Of every alert, from one reading of the log and one of the postmortems."""
    reason, found = history.reason, {}
    try:
        found = commits(catalog, history)
    except OSError:
        reason = PARTIAL
    merged = history.merges({each.commit for each in found.values()})
    named, asked = _named_by(catalog), _asked_by(catalog)
    by_name = {each.name: _origin(catalog, each, found, merged, named, asked) for each in catalog.alerts}
    return Origins(by_name, reason)


def commits(catalog: Catalog, history: History) -> dict[str, Addition]:
    """Name of an alert → the commit that wrote it first."""
    names = {alert.name for alert in catalog.alerts}
    slos = {(alert.service.id, alert.slo.name): alert.name for alert in catalog.alerts if alert.slo is not None}

    def find(path: str, line: str) -> Iterator[str]:
        for value in _values(_ALERT, line):
            if value in names:
                yield value
        for value in _values(_NAME, line):
            if alert := slos.get((PurePosixPath(path).stem, value)):
                yield alert

    return {str(name): addition for name, addition in history.additions((FOLDER,), find).items()}


def _values(key: re.Pattern[str], line: str) -> tuple[str, ...]:
    """What a line of YAML may say behind a key: in quotes, to the end, or to the end of an entry in braces."""
    match = key.search(line)
    if match is None or line.lstrip().startswith("#"):
        return ()
    rest = match[1].strip()
    if quoted := _QUOTED.match(rest):
        return ((quoted[1] or quoted[2] or "").replace("''", "'").replace('\\"', '"'),)
    plain = rest.partition(" #")[0].rstrip()
    return tuple(dict.fromkeys((plain, re.split(r"[,}]", plain)[0].rstrip())))


def _origin(
    catalog: Catalog,
    alert: NamedAlert,
    found: Mapping[str, Addition],
    merged: Mapping[str, Addition],
    named: Mapping[str, list[Postmortem]],
    asked: Mapping[str, list[Postmortem]],
) -> Origin:
    commit = found.get(alert.name)
    if commit is None:
        return Origin(postmortem=next(iter(asked.get(alert.name, ())), None))
    by_id = (catalog.get(Postmortem, ident) for ident in _IDS.findall(commit.message))
    written = commit.time.date().isoformat()
    before = (each for index in (asked, named) for each in reversed(index.get(alert.name, ())) if each.date <= written)
    return Origin(
        commit, merged.get(commit.commit), next((each for each in (*by_id, *before) if each is not None), None)
    )


def _asked_by(catalog: Catalog) -> dict[str, list[Postmortem]]:
    """Name of an alert → the postmortems with an action item that names it, oldest first."""
    return _index(catalog, ((item.postmortem, item.action) for item in action_items(catalog)))


def _named_by(catalog: Catalog) -> dict[str, list[Postmortem]]:
    """Name of an alert → the postmortems whose text names it, without having fired then, oldest first."""
    every = sorted(catalog.all(Postmortem), key=lambda each: each.id)
    found = _index(catalog, ((each, catalog.document(each).body) for each in every))
    return {name: [each for each in named if name not in each.alerts] for name, named in found.items()}


def _index(catalog: Catalog, texts: Iterator[tuple[Postmortem, str]]) -> dict[str, list[Postmortem]]:
    names: Collection[str] = catalog.alerts_by_name
    found: dict[str, list[Postmortem]] = {}
    for postmortem, text in texts:
        for word in dict.fromkeys(_WORDS.findall(text)):
            if word in names and postmortem not in found.setdefault(word, []):
                found[word].append(postmortem)
    return found
