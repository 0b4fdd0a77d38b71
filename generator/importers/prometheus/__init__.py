"""`tocsin import prometheus`: rule files and PrometheusRule objects, rule by rule as they are.

One file or object is one service, unless the person names one for all. Every rule goes into `groups:` of its service,
so that names, order, interval and limit of the groups stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.names import service_ids
from generator.importers.prometheus.find import Unit, units
from generator.importers.prometheus.groups import put_groups
from generator.importers.prometheus.urgency import Severities
from generator.importers.sizes import parts
from generator.importers.tree import List, Map


def read(files: Sequence[Given], options: Options) -> Imported:
    """The services of the files."""
    imported = Imported()
    found = [unit for file in files for unit in units(file, imported)]
    severities = Severities()
    for ident, own in _by_service(found, options).items():
        groups = List()
        for unit in own:
            put_groups(groups, unit, imported, severities)
        _put_service(ident, groups, own[0], options, imported)
    severities.tell(imported)
    return imported


def _put_service(ident: str, groups: List, first: Unit, options: Options, imported: Imported) -> None:
    divided = parts(groups)
    for number, part in enumerate(divided, 1):
        source = Map()
        if options.team:
            source.put("team", options.team)
        source.put("groups", part, at=first.groups)
        name = ident if number == 1 else f"{ident}-{number}"
        imported.sources[f"{options.folder}/{name}.yaml"] = source
    if len(divided) > 1:
        names = f"{ident}, {ident}-2" + (" …" if len(divided) > 2 else "")
        said = f"service {ident} has more rules than one source may hold: they are divided into {names}"
        imported.told(first.groups, said, "rename the files by what is in them")


def _by_service(found: Sequence[Unit], options: Options) -> dict[str, list[Unit]]:
    """The units of each service, in the order of the files."""
    ids = [options.service] * len(found) if options.service else service_ids([unit.name for unit in found])
    out: dict[str, list[Unit]] = {}
    for ident, unit in zip(ids, found, strict=True):
        out.setdefault(ident or "", []).append(unit)
    return out


IMPORTER = Importer(
    "prometheus",
    "Prometheus rule files and PrometheusRule objects",
    read,
    (".yaml", ".yml", ".json", ".rules"),
)
