"""The components as the page lists them: each with its bar and its figures, by group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from generator.analysis.status.summary import Board
from generator.analysis.status.uptime import DAYS
from generator.analysis.status.uptime_records import PERIODS, Record
from generator.kinds.status import Component
from generator.records import dataclass
from generator.targets.status.bars import NO_DATA, OPERATIONAL, Run, runs, strokes


@dataclass(frozen=True, slots=True)
class Figure:
    """Uptime over some of the last days: `counted` of them, which are fewer where the component came later."""

    days: int
    counted: int
    uptime: Fraction | None


@dataclass(frozen=True, slots=True)
class Row:
    """A component or a group with its bar of ninety days."""

    component: Component
    status: str
    runs: tuple[Run, ...]
    strokes: Mapping[str, str]
    """The bar, a path a status."""
    figures: tuple[Figure, ...]
    """For each of the periods, the shortest first."""

    @property
    def figure(self) -> Figure:
        """That of the bar."""
        return next(figure for figure in self.figures if figure.days == DAYS)

    @property
    def troubled(self) -> int:
        """On how many days of the bar it did not work as it should; planned work is no trouble."""
        return sum(run.length for run in self.runs if run.status not in {OPERATIONAL, NO_DATA, "under_maintenance"})


@dataclass(frozen=True, slots=True)
class Block:
    """Components that stand together: a group, or neighbours without one."""

    group: Component | None
    status: str
    rows: tuple[Row, ...]


def rows(records: Mapping[str, Record], board: Board, weight: Decimal) -> Mapping[str, Row]:
    """A row for each component and each group that has components, in the order of the page."""
    return {ident: _row(record, board.statuses[ident], weight) for ident, record in records.items()}


def _row(record: Record, status: str, weight: Decimal) -> Row:
    found = runs(record.last(DAYS), weight)
    figures = (Figure(days, record.counted(days), record.uptime(days, weight)) for days in PERIODS)
    return Row(record.component, status, found, strokes(found), tuple(figures))


def blocks(components: Sequence[Component], found: Mapping[str, Row], board: Board) -> Iterable[Block]:
    """The components by group, in the order of the page."""
    groups = {component.id: component for component in components if component.is_group}
    singles = (component for component in components if not component.is_group)
    for group, members in groupby(singles, key=lambda component: component.group):
        listed = tuple(found[component.id] for component in members)
        yield Block(groups.get(group or ""), board.statuses.get(group or "", ""), listed)
