"""The site's settings: its systems and categories, and what the page is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, tzinfo
from pathlib import PurePosixPath
from typing import Any

from generator.findings import Ref
from generator.importers.base import Given
from generator.importers.cstate.front import Unread, flag, parse, zone_of
from generator.importers.status_page.page import Losses, Part
from generator.importers.status_page.texts import markdown, one_line
from generator.records import dataclass

_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


@dataclass(slots=True)
class Config:
    """What issues need to know of the site."""

    path: str = ""
    name: str = ""
    url: str = ""
    accent: str = ""
    language: str = ""
    zone: tzinfo = UTC
    parts: list[Part] = field(default_factory=list)
    systems: dict[str, Part] = field(default_factory=dict)
    """By name in lower case."""


def read_config(files: Sequence[Given], losses: Losses) -> Config:
    """The settings of all files together: of a key that two of them have, the first one's counts."""
    config, data, params = Config(files[0].path if files else ""), dict[str, Any](), dict[str, Any]()
    for file in files:
        path = PurePosixPath(file.path)
        try:
            found = parse(file.raw.decode("utf-8-sig", "replace"), path.suffix[1:])
        except Unread as reason:
            losses.imported.refused(Ref(file.path), f"the settings cannot be read: {reason}")
            continue
        own = found if path.stem == "params" else _table(found.get("params"))
        params = {**own, **params}
        data = {**found, **data} if path.stem != "params" else data
    config.name = one_line(data.get("title"))
    url = data.get("baseurl")
    config.url = url.rstrip("/") if isinstance(url, str) and _ADDRESS.fullmatch(url) else ""
    brand = params.get("brand")
    config.accent = brand if isinstance(brand, str) and _COLOUR.fullmatch(brand) else ""
    config.language = _language(data.get("defaultcontentlanguage") or data.get("languagecode"))
    config.zone = zone_of(data.get("timezone") or "Etc/UTC")
    _systems(config, params, losses)
    return config


def _systems(config: Config, params: dict[str, Any], losses: Losses) -> None:
    groups = {name: _group(data) for data in _tables(params.get("categories")) if (name := one_line(data.get("name")))}
    order = list(groups)
    alone: dict[str, list[Part]] = {}
    for data in _tables(params.get("systems")):
        name = one_line(data.get("name"))
        if not name or name.lower() in config.systems:
            continue
        part = config.systems[name.lower()] = Part(f"system {name}", name, markdown(data.get("description")))
        if data.get("link"):
            losses.lost(config.path, "the link of a system is not kept: components have none")
        category = one_line(data.get("category"))
        group = groups.get(category)
        (alone.setdefault(category, []) if group is None else group.parts).append(part)
    for name in order:
        group = groups[name]
        if group is not None and group.parts:
            config.parts.append(group)
        config.parts += alone.pop(name, [])
    config.parts += [part for parts in alone.values() for part in parts]


def _group(data: dict[str, Any]) -> Part | None:
    """A category; one without a title is a place in the order alone."""
    name = one_line(data.get("name"))
    if flag(data.get("untitled")) or name.lower() == "uncategorized":
        return None
    return Part(f"category {name}", name, markdown(data.get("description")))


def _language(value: object) -> str:
    """`es` for `es-AR`: what is written for one country is read in others."""
    return value.replace("_", "-").split("-")[0].lower() if isinstance(value, str) else ""


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[dict[str, Any]]:
    """The maps of a list, their keys in lower case as Hugo has them."""
    found = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return [{str(key).lower(): each for key, each in entry.items()} for entry in found]
