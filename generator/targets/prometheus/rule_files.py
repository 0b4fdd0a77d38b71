"""The groups of every service on every server, as text: one rule file each, whatever the file is wrapped in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.analysis.prometheus.environments import Environment, environments
from generator.analysis.rules.of_services import rules_of
from generator.analysis.slos.budget_windows import LeftOut, excluded, left_out
from generator.catalog import Catalog
from generator.kinds.service import Service
from generator.records import dataclass
from generator.targets.prometheus import sources
from generator.targets.prometheus.blocks import annotation_lines, block, label_lines, word
from generator.targets.rendering import environment
from generator.times import iso_utc

if TYPE_CHECKING:
    from jinja2 import Template

    from generator.analysis.rules.rule import RuleGroup


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of a service on one server. `groups` is YAML from the key `groups` on, without a header."""

    environment: Environment
    service: Service
    groups: str
    sources: tuple[str, ...]
    uses_now: bool = False
    """Whether they depend on the time: on which planned work still matters to a budget."""

    @property
    def path(self) -> str:
        """Where Prometheus finds it, relative to the output folder."""
        return f"{self.environment.folder}/rules/{self.service.id}.yaml"


def rule_files(catalog: Catalog, now: datetime | None = None) -> Iterator[RuleFile]:
    """Server by server, in the order of ids; a service without rules has no file.

    Without `now` every maintenance that budgets do not count is written, however long ago it was.
    """
    for server in environments(catalog):
        for service in sorted(server.catalog.all(Service), key=lambda service: service.id):
            groups = rules_of(server.catalog, service, now)
            if groups:
                absent = left_out(server.catalog, service, now)
                text = groups_text(groups, _notes(absent))
                planned = now is not None and bool(excluded(server.catalog, service))
                yield RuleFile(server, service, text, sources.of_rules(server.catalog, service), planned)


def groups_text(groups: Sequence[RuleGroup], notes: Sequence[str] = ()) -> str:
    """Groups as YAML, from the key `groups` on."""
    text: str = _template().render(groups=groups, notes=notes)
    return text


def _notes(absent: Iterable[LeftOut]) -> list[str]:
    """What a reader of the file has to know about the timestamps in it."""
    spans = (f"{each.maintenance.id}, {iso_utc(each.window.start)} to {iso_utc(each.window.end)}" for each in absent)
    return [f"No error budget counts {span}: each build writes these times anew." for span in spans]


@cache
def _template() -> Template:
    filters: dict[str, Callable[..., str]] = {
        "annotation_lines": annotation_lines,
        "block": block,
        "label_lines": label_lines,
        "word": word,
    }
    return environment(Path(__file__).parent, filters).get_template("groups.yaml.j2")
