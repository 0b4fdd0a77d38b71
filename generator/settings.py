"""Settings (`tocsin.yaml`): each module declares the part that it reads, and nobody else reads it.

The schema of the file is put together from these declarations (`make generated` writes it for editors), so a new
setting is one declaration in the module that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Generic, TypeVar

from generator import times
from generator.findings import Ref
from generator.records import dataclass

PATH = "tocsin.yaml"
T = TypeVar("T")

DECLARED: dict[str, Setting[Any]] = {}
"""Every setting declared so far, by its key; the same key declared twice is a mistake in the program."""


@dataclass(frozen=True)  # without slots: `Setting[str](…)` sets an attribute that frozen slots refuse with a TypeError
class Setting(Generic[T]):
    """One top-level key of `tocsin.yaml`.

    `schema` is its JSON Schema (with title, description, examples); `read` turns the written value (None when absent)
    into what the module works with, and may raise ValueError with a plain sentence.
    """

    key: str
    schema: Mapping[str, Any]
    read: Callable[[Any], T]

    def __post_init__(self) -> None:
        known = DECLARED.setdefault(self.key, self)
        if known is not self and known.schema != self.schema:
            raise ValueError(f"setting {self.key!r} is declared twice")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one tree, as written; `get` reads them through a declaration."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def get(self, setting: Setting[T]) -> T:
        """The value of a declared setting, its default where the file does not name it."""
        return setting.read(self.values.get(setting.key))

    def ref(self, *steps: str | int) -> Ref:
        """The place of a setting, for findings."""
        return Ref(PATH, steps)


def schema(settings: Mapping[str, Setting[Any]]) -> dict[str, Any]:
    """The JSON Schema of `tocsin.yaml`, from declarations."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:tocsin:schema:settings",
        "title": "Settings of Tocsin",
        "description": "What tocsin.yaml says: names, addresses, Prometheus, targets and languages.",
        "type": "object",
        "additionalProperties": False,
        "properties": {key: dict(settings[key].schema) for key in sorted(settings)},
    }


NAME = Setting[str](
    "name",
    {
        "title": "Name",
        "description": "Name of the organisation or product, shown on the pages. Default: Tocsin.",
        "type": "string",
        "minLength": 1,
        "examples": ["Example"],
    },
    lambda value: str(value or "Tocsin"),
)

TIME_ZONE = Setting[str](
    "time_zone",
    {
        "title": "Time zone",
        "description": "IANA zone of times that name none, and of the status page's days. Default: Etc/UTC.",
        "type": "string",
        "minLength": 1,
        "examples": ["America/Argentina/Buenos_Aires"],
    },
    lambda value: times.zone(str(value or "Etc/UTC")).key,
)

LANGUAGES = Setting[tuple[str, ...]](
    "languages",
    {
        "title": "Languages",
        "description": "Languages of the status page; the first is the default and the runbook site's. en and es are "
        "complete; for another, status/locale/<code>.po has the page's words. Default: en.",
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {
            "title": "Language",
            "description": "A language code.",
            "type": "string",
            "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
            "patternErrorMessage": "Write a language code: en, es, pt-BR.",
            "examples": ["en"],
        },
        "examples": [["en", "es"]],
    },
    lambda value: tuple(value or ("en",)),
)
