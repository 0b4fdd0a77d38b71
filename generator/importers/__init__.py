"""Importers, one module each: what other tools' files mean here. To add one: a module with IMPORTER and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from generator.importers.base import Given, Imported, Importer, Options

__all__ = ["Given", "Imported", "Importer", "Options", "importer", "known"]

MODULES: Mapping[str, str] = {
    "prometheus": "generator.importers.prometheus",
    "sloth": "generator.importers.sloth",
    "openslo": "generator.importers.openslo",
    "pyrra": "generator.importers.pyrra",
    "pagerduty": "generator.importers.pagerduty",
    "ical": "generator.importers.ical",
    "cstate": "generator.importers.cstate",
    "statuspage": "generator.importers.statuspage",
}
"""By name; a module is imported when its kind is asked for."""


def known() -> tuple[str, ...]:
    """The kinds there are."""
    return tuple(MODULES)


def importer(name: str) -> Importer:
    """The importer of that name; KeyError where there is none."""
    from importlib import import_module

    found: Importer = import_module(MODULES[name]).IMPORTER
    return found
