"""Settings of Prometheus servers that name what is not there, and rules that a server does not know."""

from __future__ import annotations

from collections.abc import Iterator

from generator import times
from generator.analysis.prometheus.environments import ENVIRONMENTS, environments
from generator.analysis.prometheus.settings import PROMETHEUS, QUERY_OFFSET
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.rules import Group
from generator.kinds.slo import Slo


@check("environment/objective")
def objective(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An environment sets the objective of an SLO that does not exist.

    The objective of the SLO that was meant would stay as it is there, and nobody would notice. SLOs are written
    `<service>/<slo>`.
    """
    known = frozenset(slo.id for slo in catalog.all(Slo))
    for name, said in catalog.settings.get(ENVIRONMENTS).items():
        for slo in said.objectives:
            if slo not in known and not catalog.may_define("service", slo.partition("/")[0]):
                yield Finding(
                    catalog.settings.ref(ENVIRONMENTS.key, name, "objectives", slo).key(),
                    f"environment {name} sets the objective of SLO '{slo}', which does not exist",
                    did_you_mean(slo, known) or "write <service>/<slo>, or leave it out",
                    subject=f"{name}/{slo}",
                )


@check("group/query-offset", level="warning")
def query_offset(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A rule group asks for a `query_offset`, and the rules are written for a Prometheus that does not know it.

    Before 2.53 Prometheus refuses a whole file for this one key, so it is left out, and the group looks at the newest
    samples instead of older ones. Where every server that reads the rules is newer, say so in `tocsin.yaml`:
    `prometheus: {version: "2.53"}`. Else write `offset` into the queries of the group.
    """
    lacking = [
        server.name
        for server in environments(catalog)
        if not server.catalog.settings.get(PROMETHEUS).knows(QUERY_OFFSET)
    ]
    where = f" for {', '.join(name or 'prometheus' for name in lacking)}" if any(lacking) else ""
    for group in catalog.all(Group):
        if group.query_offset is not None and lacking and times.parse_duration(group.query_offset):
            yield group.finding(
                "query_offset",
                message=f"query_offset of group {group.name} is left out{where}: before 2.53 it is refused",
                hint='write prometheus: {version: "2.53"} into tocsin.yaml where every server is newer',
                key=True,
            )
