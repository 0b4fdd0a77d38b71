"""From a tree to a catalog, in one pass: read, find the kind, validate, type, index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from generator import settings as settings_module
from generator.catalog.catalog import ANY, Catalog
from generator.documents import Document, Schema, read_document
from generator.errors import SettingsError
from generator.findings import Finding, Level, Ref, Related
from generator.kinds import KINDS, Entity, Invalid, Kind, kind_of
from generator.kinds.base import ID, mapping
from generator.kinds.foreign import foreign_keys
from generator.kinds.names import kebab_case
from generator.kinds.rules import Alert
from generator.records import dataclass
from generator.resources import schema
from generator.settings import DECLARED, Settings

if TYPE_CHECKING:
    from generator.git import Tree

SOURCE_FOLDERS = ("alerts", "schedules", "runbooks", "postmortems", "status", "remediations")
EDITOR_LOCK = ".#"
"""How the links start that Emacs puts beside a file while it is edited."""
DATED = ("postmortem", "incident", "maintenance")


def load(tree: Tree, kinds: tuple[Kind, ...] = KINDS) -> Catalog:
    """Reads every source of a tree.

    Raises:
        SettingsError: `tocsin.yaml` cannot be read at all.
    """
    loading = _Loading(kinds)
    paths = tree.list()
    loading.settings = _settings(tree, paths, loading)
    wanted = {path: kind for path in paths if (kind := kind_of(path, kinds)) is not None}
    for path, raw in tree.read(wanted):
        loading.add(wanted[path], path, raw)
    for path, reason in tree.refused():
        loading.refused(path, reason)
    return loading.catalog()


@dataclass(slots=True)
class _Loading:
    """What has been read so far."""

    kinds: tuple[Kind, ...]
    settings: Settings = field(default_factory=Settings)
    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[type[Entity], dict[str, Entity]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def add(self, kind: Kind, path: str, raw: bytes) -> None:
        """One source: everything that is wrong with it is a finding, and the rest of the tree goes on."""
        document, findings = read_document(path, raw)
        if not kind.required:
            findings = [each for each in findings if each.check != "source/empty"]
        self.findings += findings
        if document is None:
            if findings:
                self.refuse(kind, path)
            return
        self.documents[path] = document
        problems = [*_name(kind, path), *_validator(kind.name).findings(document, _ours(kind, document))]
        self.findings += problems
        if any(each.level is Level.ERROR for each in problems):
            self.refuse(kind, path)
            return
        try:
            entities = list(kind.parse(document, self.settings))
        except Invalid as invalid:
            self.refuse(kind, path, replace(invalid.finding, check="schema/value"))
            return
        for entity in entities:
            if not self._index(entity) and entity.ref.pointer == ():
                break  # the source as a whole is another one's double: so is all in it, and saying it once is enough

    def refuse(self, kind: Kind, path: str, finding: Finding | None = None) -> None:
        """Remembers that a source says nothing, and why."""
        self.findings += [finding] if finding else []
        self.broken.setdefault(kind.name, set()).add(kind.id_of(path) or "")
        self.unread.add(path)

    def refused(self, path: str, reason: str) -> None:
        """What the tree does not give. A folder may have held anything of its kinds: none of that is missing."""
        finding = Finding(Ref(path), f"{path} {reason}", check="source/refused")
        kind = kind_of(path, self.kinds)
        if path.rpartition("/")[2].startswith(EDITOR_LOCK):
            return
        if kind is not None:
            self.refuse(kind, path, finding)
        elif _may_hold_sources(path):
            self.findings.append(finding)
            self.unread.add(path)
            for each in self.kinds:
                if each.example.startswith(f"{path.partition('/')[0]}/"):
                    self.broken.setdefault(each.name, set()).add(ANY)

    def _index(self, entity: Entity) -> bool:
        """Whether the entity may be known by its id. Alerts of one service may share one: warning and critical."""
        known = self.entities.setdefault(type(entity), {})
        first = known.setdefault(entity.id, entity)
        if first is entity:
            return True
        if isinstance(entity, Alert):
            known[f"{entity.id}#{len(known)}"] = entity
            return True
        self.findings.append(_double(entity, first))
        return False

    def catalog(self) -> Catalog:
        return Catalog(
            settings=self.settings,
            documents=self.documents,
            entities=self.entities,
            findings=tuple(self.findings),
            broken={kind: frozenset(ids) for kind, ids in self.broken.items()},
            unread=frozenset(self.unread),
        )


def _ours(kind: Kind, document: Document) -> object:
    """The data that is for us to judge: what other tools read in the same front matter is left out."""
    slips = {pointer[0] for pointer in document.flow_nulls if pointer}
    if foreign := foreign_keys(kind, document.data, slips):
        return {key: value for key, value in mapping(document.data).items() if key not in foreign}
    return document.data


def _double(entity: Entity, first: Entity) -> Finding:
    """Of two entities with one id, the later one is found, at its name."""
    what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(entity).__name__).lower()
    steps = entity.ref.pointer
    elsewhere = first.ref.path != entity.ref.path
    return Finding(
        entity.ref.at("name") if steps and isinstance(steps[-1], int) else entity.ref.key(),
        f"{what} '{entity.id}' is defined {f'in {first.ref.path}' if elsewhere else 'in this file'} already",
        "rename one of the two: an id belongs to one source" if elsewhere else "rename one of the two",
        (Related(first.ref, "it is defined here first"),),
        check="source/duplicate-id",
        subject=entity.id,
    )


def _may_hold_sources(path: str) -> bool:
    """Whether a path that is no source lies where sources do; templates and README.md never are."""
    folder, *rest = path.split("/")
    return folder in SOURCE_FOLDERS and "templates" not in rest and not (rest and rest[-1].startswith("README."))


def _name(kind: Kind, path: str) -> Iterable[Finding]:
    """A file's name is its id, and ids are written one way."""
    ident = kind.id_of(path) or ""
    if not ID.fullmatch(ident):
        plain = "-".join(part for part in "".join(c if c.isalnum() else "-" for c in ident).split("-") if part)
        # A runbook is often called as its alert is: then its id is the one that the alert leads to.
        wanted = kebab_case(plain) if kind.shared and plain.isascii() else plain.lower()
        yield Finding(
            Ref(path),
            f"the file's name is the id, and '{ident}' is none: lower case letters, digits and single hyphens",
            f"rename it to {path[: path.rindex('/') + 1]}{wanted}{path[path.rindex('.') :]}"
            if wanted and wanted.isascii()
            else "",
            check="source/name",
        )
    elif kind.name in DATED and not (len(ident) > 11 and _is_date(ident[:10]) and ident[10] == "-"):
        yield Finding(
            Ref(path),
            f"a {kind.title.lower()} is named <date>-<slug>, and '{ident}' is not",
            f"for example {kind.example}",
            check="source/name",
        )


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@cache
def _validator(kind: str) -> Schema:
    return Schema(kind, schema(kind))


def _settings(tree: Tree, paths: tuple[str, ...], loading: _Loading) -> Settings:
    """The settings of the same tree; keys that mean nothing are findings and count as absent."""
    for path, raw in tree.read([settings_module.PATH] if settings_module.PATH in paths else []):
        document, findings = read_document(path, raw)
        if document is None and [each.check for each in findings] == ["source/empty"]:
            return Settings()
        if document is None or not isinstance(document.data, dict):
            said = findings[0].message if findings else "it is not a map of settings"
            span = (findings[0].where.span if findings else None) or None
            place = f"{path}:{span.line}:{span.column}" if span else path
            raise SettingsError(f"{place}: settings cannot be read: {said}")
        loading.documents[path] = document
        loading.findings += findings
        problems = _problems(document, document.data)
        loading.findings += problems
        bad = {each.where.pointer[0] for each in problems if each.where.pointer}
        return Settings({key: value for key, value in document.data.items() if key not in bad})
    reason = dict(tree.refused()).get(settings_module.PATH)
    if reason is not None:
        raise SettingsError(f"{settings_module.PATH} {reason}: settings cannot be read")
    return Settings()


def _problems(document: Document, data: dict[str, Any]) -> list[Finding]:
    contents = settings_module.schema(DECLARED)
    shipped = schema("settings")["properties"]
    contents["properties"] = {**shipped, **contents["properties"]}
    problems = Schema("settings", contents).findings(document)
    for key, setting in DECLARED.items():
        if key in data and not any(each.where.pointer[:1] == (key,) for each in problems):
            try:
                setting.read(data[key])
            except ValueError as refusal:
                problems.append(Finding(Ref(document.path, (key,)), str(refusal), check="schema/value"))
    return problems
