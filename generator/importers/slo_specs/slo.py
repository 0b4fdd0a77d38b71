"""SLOs as they were read, whatever the dialect, and the services that they are gathered into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from generator.documents.stream import Node
from generator.documents.yaml import shorten
from generator.importers.base import Imported, Options
from generator.importers.fields import keep_as_comment
from generator.importers.names import free
from generator.importers.slo_specs.names import ident, service_id
from generator.importers.slo_specs.reader import Notes, Said
from generator.importers.tree import List, Map
from generator.records import dataclass

ORDER = (
    *("name", "objective", "description", "critical", "alert", "runbook", "period", "sli", "group_by"),
    *("min_events", "for", "no_data", "severities", "labels", "annotations"),
)
"""The order in which the keys of an SLO are written."""
_SECRET = re.compile(r"secret|passw|token|credential|(?:api|access|private|auth)[-_]?key", re.IGNORECASE)
_Data = dict[str, Any]
"""Said, SaidNumber, True, and lists and maps of them, by key."""


@dataclass(frozen=True, slots=True)
class ReadSlo:
    """One SLO of a file, in our words; `service` and `name` are still as written there."""

    at: Node
    service: str
    name: str
    data: _Data
    """The keys of an SLO beside its name."""
    service_labels: dict[str, Said] = field(default_factory=dict)
    """Labels that the file gives to everything of the service."""
    service_description: str = ""
    notes: Notes | None = None
    """Its notes: what is not kept of it."""
    service_notes: Notes | None = None
    """Those of the service that it stands in."""


@dataclass(frozen=True, slots=True)
class Left:
    """An SLO that was not imported, for reasons that are told: it stays in the service's source as a comment."""

    at: Node
    service: str
    name: str


def gather(found: Iterable[ReadSlo | Left], options: Options, out: Imported) -> None:
    """One source for each service, SLOs in the order in which they were read."""
    by_id: dict[str, list[ReadSlo]] = {}
    left: dict[str, list[Left]] = {}
    names: dict[str, dict[str, None]] = {}
    told: set[int] = set()
    for each in found:
        service = options.service or service_id(each.service)
        if isinstance(each, Left):
            left.setdefault(service, []).append(each)
            continue
        _take_team(each, options, out, told)
        if not options.service:
            _tell_name(service, each, names.setdefault(service, {}), out)
        by_id.setdefault(service, []).append(each)
    owners = _owners(by_id)
    for service in sorted(by_id):
        source = _service(service, by_id[service], options, owners, out)
        _keep_left(source, left.get(service, ()))
        out.sources[f"{options.folder}/{service}.yaml"] = source


def _keep_left(source: Map, left: Iterable[Left]) -> None:
    slos = source.get("slos")
    for each in left:
        if isinstance(slos, List):
            keep_as_comment(slos, ident(each.name), each.at, without_secrets(each.at))


def _take_team(each: ReadSlo, options: Options, out: Imported, told: set[int]) -> None:
    """A label `team` is what `team:` of the service says: it cannot be both."""
    for labels, notes in ((each.service_labels, each.service_notes), (each.data.get("labels", {}), each.notes)):
        said = labels.pop("team", None)
        if said is not None and said.at is not None and said != options.team and id(said.at) not in told:
            told.add(id(said.at))
            why = f"label team: {said} is left out: every alert gets team from the service's team"
            hint = f"--team {options.team} was given" if options.team else f"import with --team {ident(said)}"
            (notes or Notes(out)).kept_out("team", said.at, said.at, why, hint)


def _tell_name(service: str, each: ReadSlo, names: dict[str, None], out: Imported) -> None:
    """Another name is told once; two names that become one id are worth a look."""
    if each.service in names:
        return
    said = shorten(each.service)
    if names:
        why = f"services '{shorten(next(iter(names)))}' and '{said}' both become '{service}': one source has both"
        out.lost(each.at, why, "rename one where they are two services")
    elif each.service != service:
        out.told(each.at, f"service '{said}' is called '{service}' here: ids are lower case, with hyphens")
    names[each.service] = None


def _service(service: str, read: Sequence[ReadSlo], options: Options, owners: Mapping[str, str], out: Imported) -> Map:
    shared = _common([each.service_labels for each in read])
    source, slos = Map(), List()
    if options.team:
        source.put("team", options.team)
    if description := next((each.service_description for each in read if each.service_description), ""):
        source.put("description", str(description), at=getattr(description, "at", None))
    if shared:
        source.put("labels", built(shared), at=next(iter(shared.values())).at)
    written: set[int] = set()
    for name, each, data in _slos(service, read, shared, owners, out):
        slo = slos.add(built({"name": name, **{key: data[key] for key in ORDER if key in data}}), at=each.at)
        _remark(slo, each.notes, written)
    source.put("slos", slos)
    for each in read:
        _remark(slos, each.service_notes, written)
    return source


def _remark(beside: Map | List, notes: Notes | None, written: set[int]) -> None:
    """What is not kept stays as a comment; once, although several SLOs come of one object."""
    if notes is None or id(notes) in written:
        return
    written.add(id(notes))
    for name, key, value in notes.remarks:
        keep_as_comment(beside, name, key, without_secrets(value))


def _slos(
    service: str, read: Sequence[ReadSlo], shared: Mapping[str, Said], owners: Mapping[str, str], out: Imported
) -> Iterator[tuple[str, ReadSlo, _Data]]:
    """Each SLO with its name here; one that was read before with the same content is not there twice."""
    families: dict[str, list[_Data]] = {}
    taken: set[str] = set()
    for each in read:
        data = _with_labels(each, shared)
        if (alert := data.get("alert")) and owners[alert] != service:
            why = (
                f"alert '{alert}' belongs to service '{owners[alert]}' already: this SLO's alert gets its default name"
            )
            out.lost(each.at, why, "an alert's name belongs to one service: write another under alert:")
            del data["alert"]
        wish = ident(each.name)
        family = families.setdefault(wish, [])
        if data in family:
            out.told(each.at, f"SLO '{each.name}' of '{each.service}' was read before, with the same content")
            continue
        family.append(data)
        name = free(wish, taken, len(family))
        taken.add(name)
        _tell_slo_name(name, each, out, clash=name != wish)
        yield name, each, data


def _tell_slo_name(name: str, each: ReadSlo, out: Imported, *, clash: bool) -> None:
    if clash:
        why = (
            f"SLO '{shorten(each.name)}' of '{shorten(each.service)}' is called '{name}' here: another one has its name"
        )
        out.lost(each.at, why, "give both a name of their own")
    elif name != each.name:
        out.told(each.at, f"SLO '{shorten(each.name)}' is called '{name}' here: names are lower case, with hyphens")


def _owners(by_id: Mapping[str, Sequence[ReadSlo]]) -> dict[str, str]:
    """To which service each alert's name belongs, whatever its case: the first one by id."""
    first: dict[str, str] = {}
    owners: dict[str, str] = {}
    for service in sorted(by_id):
        for each in by_id[service]:
            if alert := each.data.get("alert"):
                owners[alert] = first.setdefault(alert.lower(), service)
    return owners


def _common(maps: Sequence[Mapping[str, Said]]) -> dict[str, Said]:
    first, *others = maps
    return {key: value for key, value in first.items() if all(each.get(key) == value for each in others)}


def _with_labels(each: ReadSlo, shared: Mapping[str, Said]) -> _Data:
    """The SLO's data; labels that not the whole service has are its own."""
    own = {key: value for key, value in each.service_labels.items() if key not in shared}
    data = {key: value for key, value in each.data.items() if value not in ("", {}, [], None)}
    own |= data.get("labels", {})
    return data | ({"labels": own} if own else {})


def built(value: Any) -> Any:
    """Plain data as a tree that knows where its texts were written."""
    if isinstance(value, Mapping):
        made = Map()
        for key, each in value.items():
            made.put(key, built(each), at=getattr(each, "at", None))
        return made
    if isinstance(value, list):
        items = List()
        for each in value:
            items.add(built(each), at=getattr(each, "at", None))
        return items
    return str(value) if isinstance(value, Said) else value


def without_secrets(node: Node, name: str = "") -> Node:
    """The value with dots for what is called like a secret: a comment is no place for one."""
    if node.text is not None:
        return Node(node.path, node.line, node.column, "…", quoted=True) if _SECRET.search(name) else node
    entries = (
        None if node.entries is None else [(key, without_secrets(each, key.text or "")) for key, each in node.entries]
    )
    items = None if node.items is None else [without_secrets(each, name) for each in node.items]
    return Node(node.path, node.line, node.column, entries=entries, items=items)
