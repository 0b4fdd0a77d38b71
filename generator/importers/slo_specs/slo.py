"""SLOs as they were read, whatever the dialect, and the services that they are gathered into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.documents.stream import Node
from generator.importers.base import Imported, Options
from generator.importers.slo_specs.names import free, ident, service_id
from generator.importers.slo_specs.reader import Said
from generator.importers.tree import List, Map

ORDER = (
    *("name", "objective", "description", "critical", "alert", "runbook", "period", "sli", "group_by"),
    *("min_events", "for", "no_data", "severities", "labels", "annotations"),
)
"""The order in which the keys of an SLO are written."""
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
    service_labels: Mapping[str, Said] = field(default_factory=dict)
    """Labels that the file gives to everything of the service."""
    service_description: str = ""


def gather(slos: Iterable[ReadSlo], options: Options, out: Imported) -> None:
    """One source for each service, SLOs in the order in which they were read."""
    by_id: dict[str, list[ReadSlo]] = {}
    for each in slos:
        service = options.service or service_id(each.service)
        _tell_name(service, each, by_id.setdefault(service, []), options, out)
        by_id[service].append(each)
    owners = _owners(by_id)
    for service in sorted(by_id):
        out.sources[f"{options.folder}/{service}.yaml"] = _service(service, by_id[service], options, owners, out)


def _tell_name(service: str, each: ReadSlo, others: Sequence[ReadSlo], options: Options, out: Imported) -> None:
    """Another name is told once; two names that become one id are worth a look."""
    if each.service in {service, *(other.service for other in others)} or options.service:
        return
    if others:
        why = f"services '{others[0].service}' and '{each.service}' both become '{service}': one source has both"
        out.lost(each.at, why, "rename one where they are two services")
    else:
        out.told(each.at, f"service '{each.service}' is called '{service}' here: ids are lower case, with hyphens")


def _service(service: str, read: Sequence[ReadSlo], options: Options, owners: Mapping[str, str], out: Imported) -> Map:
    shared = _common([each.service_labels for each in read])
    shared = {name: value for name, value in shared.items() if not (name == "team" and options.team)}
    source, slos = Map(), List()
    if options.team:
        source.put("team", options.team)
    if description := next((each.service_description for each in read if each.service_description), ""):
        source.put("description", description)
    if shared:
        source.put("labels", built(shared), at=next(iter(shared.values())).at)
    for name, each, data in _slos(service, read, shared, owners, out):
        _tell_team(data, each, options, out)
        slos.add(built({"name": name, **{key: data[key] for key in ORDER if key in data}}), at=each.at)
    source.put("slos", slos)
    return source


def _slos(
    service: str, read: Sequence[ReadSlo], shared: Mapping[str, Said], owners: Mapping[str, str], out: Imported
) -> Iterator[tuple[str, ReadSlo, _Data]]:
    """Each SLO with its name here; one that was read before with the same content is not there twice."""
    taken: dict[str, tuple[str, _Data]] = {}
    for each in read:
        data = _with_labels(each, shared)
        if (alert := data.get("alert")) and owners[alert] != service:
            why = (
                f"alert '{alert}' belongs to service '{owners[alert]}' already: this SLO's alert gets its default name"
            )
            out.lost(each.at, why, "an alert's name belongs to one service: write another under alert:")
            del data["alert"]
        wish = ident(each.name)
        if any(wish == ident(first) and data == other for first, other in taken.values()):
            out.told(each.at, f"SLO '{each.name}' of '{each.service}' was read before, with the same content")
            continue
        name = free(wish, taken)
        _tell_slo_name(name, each, out, clash=name != wish)
        taken[name] = (each.name, data)
        yield name, each, data


def _tell_slo_name(name: str, each: ReadSlo, out: Imported, *, clash: bool) -> None:
    if clash:
        why = f"SLO '{each.name}' of '{each.service}' is called '{name}' here: another one has its name"
        out.lost(each.at, why, "give both a name of their own")
    elif name != each.name:
        out.told(each.at, f"SLO '{each.name}' is called '{name}' here: names are lower case, with hyphens")


def _tell_team(data: _Data, each: ReadSlo, options: Options, out: Imported) -> None:
    """The label `team` comes from the team that the person named."""
    labels = {**each.service_labels, **data.get("labels", {})}
    said = labels.get("team")
    if options.team and said is not None:
        data["labels"] = {name: value for name, value in data.get("labels", {}).items() if name != "team"}
        if not data["labels"]:
            del data["labels"]
        if said != options.team:
            out.lost(said.at or each.at, f"label team: {said} gives way to --team {options.team}")


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
