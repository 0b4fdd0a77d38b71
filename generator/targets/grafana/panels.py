"""Panels of Grafana's own kinds, as plain data. Colours are Grafana's names, so that each theme has its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.records import dataclass

Data = dict[str, Any]
SOURCE: Mapping[str, str] = {"type": "prometheus", "uid": "${datasource}"}
WIDTH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel before it has its place. `id` never changes: links to a panel hold it."""

    id: int
    kind: str
    title: str
    description: str
    targets: Sequence[Data]
    width: int = 12
    height: int = 8
    defaults: Mapping[str, Any]
    overrides: Sequence[Data] = ()
    options: Mapping[str, Any]
    transformations: Sequence[Data] = ()

    def placed(self, x: int, y: int) -> Data:
        """As Grafana stores it."""
        return {
            "id": self.id,
            "type": self.kind,
            "title": self.title,
            "description": self.description,
            "datasource": dict(SOURCE),
            "gridPos": {"h": self.height, "w": self.width, "x": x, "y": y},
            "fieldConfig": {"defaults": dict(self.defaults), "overrides": list(self.overrides)},
            "options": dict(self.options),
            "targets": list(self.targets),
            **({"transformations": list(self.transformations)} if self.transformations else {}),
        }


def target(ref: str, expr: str, legend: str = "__auto", *, instant: bool = False) -> Data:
    """One query: over the time that is shown, or, `instant`, at its end and as rows of a table."""
    return {
        "refId": ref,
        "datasource": dict(SOURCE),
        "editorMode": "code",
        "expr": expr,
        "legendFormat": legend,
        "format": "table" if instant else "time_series",
        "instant": instant,
        "range": not instant,
    }


def row(ident: int, title: str, y: int) -> Data:
    """A heading over the panels that follow."""
    place = {"h": 1, "w": WIDTH, "x": 0, "y": y}
    return {"id": ident, "type": "row", "title": title, "collapsed": False, "gridPos": place, "panels": []}


def steps(first: str, *others: tuple[str, float]) -> Data:
    """Colours by value: the first from below, each other from its value on."""
    above = [{"color": colour, "value": value} for colour, value in others]
    return {"mode": "absolute", "steps": [{"color": first, "value": None}, *above]}


def override(matcher: str, of: str, **properties: Any) -> Data:
    """Properties of the fields that a matcher means; a double underscore stands for the dot in a property's id."""
    listed = [{"id": name.replace("__", "."), "value": value} for name, value in properties.items()]
    return {"matcher": {"id": matcher, "options": of}, "properties": listed}


DASHED: Data = override(
    "byFrameRefID",
    "C",
    custom__lineStyle={"fill": "dash", "dash": [10, 10]},
    custom__lineWidth=2,
    custom__fillOpacity=0,
)
"""What is promised or what fires, against what was measured."""


def graph(ident: int, title: str, description: str, targets: Sequence[Data], unit: str, **defaults: Any) -> Panel:
    """Lines over time; the third query, C, is dashed."""
    custom = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 0, "showPoints": "never", "spanNulls": False}
    legend = {"displayMode": "table", "placement": "bottom", "showLegend": True, "calcs": ["lastNotNull", "max"]}
    return Panel(
        id=ident,
        kind="timeseries",
        title=title,
        description=description,
        targets=targets,
        defaults={"unit": unit, "color": {"mode": "palette-classic"}, "custom": custom, **defaults},
        overrides=[DASHED] if any(each["refId"] == "C" for each in targets) else [],
        options={"legend": legend, "tooltip": {"mode": "multi", "sort": "desc"}},
    )


def number(ident: int, title: str, description: str, expr: str, unit: str, colours: Data) -> Panel:
    """One large number."""
    return Panel(
        id=ident,
        kind="stat",
        title=title,
        description=description,
        targets=[{**target("A", expr, instant=True), "format": "time_series"}],
        width=6,
        height=4,
        defaults={"unit": unit, "color": {"mode": "thresholds"}, "thresholds": colours},
        options={
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "colorMode": "value",
            "graphMode": "none",
            "justifyMode": "auto",
            "orientation": "auto",
            "textMode": "auto",
        },
    )


def timeline(ident: int, title: str, description: str, targets: Sequence[Data], empty: str) -> Panel:
    """What was on and when: a bar for each series while it is 1."""
    on = {"type": "value", "options": {"1": {"text": "firing", "color": "red", "index": 0}}}
    return Panel(
        id=ident,
        kind="state-timeline",
        title=title,
        description=description,
        targets=targets,
        width=WIDTH,
        defaults={
            "color": {"mode": "thresholds"},
            "custom": {"fillOpacity": 70, "lineWidth": 0},
            "mappings": [on],
            "noValue": empty,
            "thresholds": steps("red"),
        },
        options={
            "alignValue": "left",
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": False},
            "mergeValues": True,
            "rowHeight": 0.9,
            "showValue": "never",
            "tooltip": {"mode": "single", "sort": "none"},
        },
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a query, and how its value is shown."""

    name: str
    expr: str
    unit: str
    decimals: int
    colours: Data | None = None


def table(
    ident: int, title: str, description: str, labels: Iterable[str], columns: Sequence[Column], **links: Data
) -> Panel:
    """A line for each set of labels; `links` are data links of a label's column."""
    refs = [chr(ord("A") + index) for index in range(len(columns))]
    order = {name: index for index, name in enumerate([*labels, *(f"Value #{ref}" for ref in refs)])}
    renamed = {f"Value #{ref}": column.name for ref, column in zip(refs, columns, strict=True)}
    return Panel(
        id=ident,
        kind="table",
        title=title,
        description=description,
        targets=[target(ref, column.expr, instant=True) for ref, column in zip(refs, columns, strict=True)],
        width=WIDTH,
        height=9,
        defaults={"custom": {"align": "auto", "filterable": True}},
        overrides=[
            *(_shown(column) for column in columns),
            *(override("byName", name, links=[link]) for name, link in links.items()),
        ],
        options={"showHeader": True, "cellHeight": "sm", "sortBy": [{"displayName": columns[0].name, "desc": False}]},
        transformations=[
            {"id": "merge", "options": {}},
            {
                "id": "organize",
                "options": {"excludeByName": {"Time": True}, "indexByName": order, "renameByName": renamed},
            },
        ],
    )


def _shown(column: Column) -> Data:
    coloured = {"thresholds": column.colours, "custom__cellOptions": {"type": "color-text"}} if column.colours else {}
    return override("byName", column.name, unit=column.unit, decimals=column.decimals, **coloured)
