"""What a kind of source is, and what all entities read from sources have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.findings import Finding, Ref, Step
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Invalid(Exception):
    """A value that the schema allows and that still means nothing (the 31st of February)."""

    def __init__(self, where: Ref, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(where, message, hint)


class Reference(NamedTuple):
    """A link as written: from a place in a source to an entity of some kind, by id."""

    where: Ref
    to: str
    """What it should lead to: `team`, `person`, `schedule`, `escalation`, `runbook`, `service`, `slo`, `alert`,
    `component`."""
    id: str
    said: str
    """The start of a sentence about it: "alert CartDown names"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Something that a source describes: it knows its id and its place, never a line number."""

    ref: Ref
    id: str

    def finding(self, *steps: Step, message: str, hint: str = "", key: bool = False) -> Finding:
        """A finding at a place inside this entity (its beginning without steps)."""
        where = self.ref.key(*steps) if key else self.ref.at(*steps)
        return Finding(where, message, hint, subject=self.id)

    def references(self) -> Iterator[Reference]:
        """The links that this entity writes down."""
        return iter(())


Parse = Callable[["Document", "Settings"], Iterable[Entity]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: where it lives, its schema, and how a valid document becomes entities.

    `pattern` matches whole repository-relative paths; its group `id`, where it has one, is the id of the source.
    """

    name: str
    title: str
    pattern: re.Pattern[str]
    parse: Parse
    example: str
    """A path such a source may have."""
    globs: tuple[str, ...] = ()
    """The same paths as `pattern` for editors, whose globs know `**` and a `!` in front; none for Markdown."""
    required: bool = True
    """Whether an empty file is a mistake."""
    shared: bool = False
    """Whether keys of other tools may stand beside ours: front matter of Markdown is read by site builders, too."""

    def id_of(self, path: str) -> str | None:
        """The id that a path gives its source; None where the path is not of this kind."""
        match = self.pattern.fullmatch(path)
        return None if match is None else match.groupdict().get("id") or self.name


def source_path(folder: str, suffix: str = r"\.ya?ml") -> re.Pattern[str]:
    """Sources directly or deeper inside a folder, named by their id.

    Templates and README.md are never sources, nor is Hugo's page about a folder.
    """
    return re.compile(rf"{folder}/(?!(?:.*/)?templates/)(?:[^/]+/)*(?P<id>(?!README\.|_index\.md)[^/]+?){suffix}")


class Localized(Mapping[str, str]):
    """A text by language; plain text stands for every language."""

    __slots__ = ("_texts",)

    def __init__(self, written: str | Mapping[str, str]) -> None:
        self._texts = {"": written} if isinstance(written, str) else dict(written)

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def text(self, language: str = "", default: str = "") -> str:
        """The text in a language, else in the default language, else in the first written."""
        for wanted in (language, default, ""):
            if wanted in self._texts:
                return self._texts[wanted]
        return next(iter(self._texts.values()), "")


def mapping(value: object) -> dict[str, Any]:
    """A map of the data, empty when it is absent."""
    return value if isinstance(value, dict) else {}


def named(value: object) -> dict[str, Any]:
    """An entry of a map; plain text is short for its name."""
    return {"name": value} if isinstance(value, str) else mapping(value)


def listing(value: object) -> list[Any]:
    """A list of the data; one value alone counts as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
