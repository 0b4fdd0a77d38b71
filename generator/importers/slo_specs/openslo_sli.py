"""The SLI of an OpenSLO object: which metrics it is made of, who answers them, and what they become."""

from __future__ import annotations

from generator.importers.slo_specs import openslo_queries as queries
from generator.importers.slo_specs.numbers import number
from generator.importers.slo_specs.openslo_queries import Metric
from generator.importers.slo_specs.openslo_things import Things
from generator.importers.slo_specs.promql import NotCertain, parsed
from generator.importers.slo_specs.reader import Notes, Reader, Refused, Said

PROMETHEUS = {"prometheus", "promql", "thanos", "mimir", "cortex", "victoriametrics", "amazonprometheus"}
"""Types of data sources that answer PromQL, letters only."""
QUERY_KEYS = ("query", "promql", "expr")
Made = tuple[dict[str, Said], list[Said]]
"""The keys of `sli`, and `group_by`."""


class Sli:
    """The SLI of one object of kind SLO."""

    def __init__(self, name: str, spec: Reader, notes: Notes, things: Things, *, alpha: bool) -> None:
        self.name, self.spec, self.notes, self.things = name, spec, notes, things
        self.inside = None if alpha else self.indicator()

    def made(self, goal: Reader) -> Made:
        """What it becomes for one objective."""
        return self.alpha(goal) if self.inside is None else self.of(self.inside, goal)

    def refused(self, where: Reader, key: str, why: str, hint: str = "") -> Refused:
        """Why this SLO is not imported."""
        return Refused(where.where(key), f"SLO '{self.name}' was not imported: {why}", hint)

    def indicator(self) -> Reader:
        """The SLI, inside or by name."""
        if "indicator" in self.spec:
            inside = self.spec.child("indicator")
            inside.seen |= {"metadata", "apiVersion", "kind"}
            return inside.child("spec") if "spec" in inside else inside
        name = self.spec.needed("indicatorRef", f"SLO '{self.name}'")
        return self.things.find("SLI", name, self.name).child("spec")

    def of(self, spec: Reader, goal: Reader) -> Made:
        """A ratio, a ratio that was calculated elsewhere, or a value with a threshold."""
        spec.seen.add("description")
        if "thresholdMetric" in spec:
            return self.threshold(self.metric(spec, "thresholdMetric"), goal)
        if "ratioMetric" not in spec:
            raise self.refused(spec, "", "its SLI has no ratioMetric and no thresholdMetric")
        node = spec.child("ratioMetric")
        counts = node.flag("counter", default=False) if "counter" in node else None
        if "raw" in node:
            kind = node.text("rawType").lower()
            if kind not in ("success", "failure"):
                raise self.refused(node, "raw", "rawType says neither success nor failure")
            return queries.raw(self.name, self.metric(node, "raw"), kind)
        return queries.ratio(self.name, self.parts(node), counts=counts)

    def parts(self, node: Reader) -> dict[str, Metric]:
        """Good or bad, and total."""
        given = [key for key in ("good", "bad") if key in node]
        if len(given) != 1 or "total" not in node:
            raise self.refused(node, "", "a ratio needs total, and one of good and bad")
        return {key: self.metric(node, key) for key in (*given, "total")}

    def threshold(self, metric: Metric, goal: Reader) -> Made:
        """A value that an objective holds against its own."""
        operator, value = goal.text("op").lower(), goal.text("value")
        if operator not in queries.WRONG or number(value) is None:
            why = "a threshold needs op (lt, lte, gt, gte) and value"
            raise self.refused(goal, "", why, "write op: lte and value: 0.5, say")
        return queries.threshold(self.name, metric, operator, value)

    def alpha(self, goal: Reader) -> Made:
        """v1alpha has the ratio in the objective, and the threshold in the SLO."""
        if "ratioMetrics" in goal:
            node = goal.child("ratioMetrics")
            flags = [node.flag(key, default=False) for key in ("counter", "incremental") if key in node]
            return queries.ratio(self.name, self.parts(node), counts=flags[0] if flags else None)
        inside = self.spec.child("indicator")
        if "thresholdMetric" not in inside:
            raise self.refused(goal, "", "it has no ratioMetrics and no thresholdMetric")
        return self.threshold(self.metric(inside, "thresholdMetric"), goal)

    def metric(self, parent: Reader, key: str) -> Metric:
        """The query of one part; refused where it is not PromQL's."""
        node = parent.child(key)
        source = node.child("metricSource") if "metricSource" in node else node
        kind = self.kind(source)
        spec = source.child("spec") if "spec" in source else source
        source.seen.add("queryType")
        found = next((each for each in QUERY_KEYS if each in spec), "query")
        metric = Metric(spec.needed(found, f"the {key} of '{self.name}'"), spec.where(found), key)
        if kind and "".join(filter(str.isalpha, kind.lower())) not in PROMETHEUS:
            why = f"SLO '{self.name}' was not imported: its {key} asks {kind[:40]}, and rules here are Prometheus'"
            raise Refused(metric.where, why, "only SLOs measured in Prometheus can be imported")
        if not kind:
            self.assume(metric)
        return metric

    def kind(self, source: Reader) -> str:
        """Which sort of system answers, where anything says so."""
        name = source.text("metricSourceRef")
        named = self.things.known("DataSource", name) if name else None
        return source.text("type") or source.text("source") or (named.child("spec").text("type") if named else "")

    def assume(self, metric: Metric) -> None:
        """Takes a query that is PromQL for Prometheus' own."""
        try:
            parsed(metric.query)
        except NotCertain as reason:
            why = f"no type says who answers its {metric.part}, and the query {reason}"
            raise Refused(
                metric.where, f"SLO '{self.name}' was not imported: {why}", "write type: Prometheus in its metricSource"
            ) from None
        self.notes.told(
            metric.where, f"no type says who answers the {metric.part} of '{self.name}': Prometheus is assumed"
        )
