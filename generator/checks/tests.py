"""What promtool says of the rules and of their tests: `tocsin check --tests` runs it, and these checks tell it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding


@check("test/failed")
def failed(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A test of an alert fails: it fires when it should not, or not when it should.

    `tocsin check --tests` runs two sorts of tests through promtool. Those beside a plain alert (`tests:`) say what
    people expect of it: the expression or the expectation is wrong. Those of an SLO follow from its objective and the
    severity map; one fails where something gets in the way, such as a pasted rule that records the same series.
    """
    yield from context.tested.get("test/failed", ())


@check("test/refused")
def refused(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A rule or a test is refused by promtool, and Prometheus would refuse to load the rule.

    Told by `tocsin check --tests` alone. The message is promtool's own; where it names a place in a query, the finding
    stands there. A newer version may know functions that this one does not: `--promtool PATH` takes another.
    """
    yield from context.tested.get("test/refused", ())


@check("test/untested", level="note")
def untested(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Nothing shows that an alert fires.

    Told by `tocsin check --tests` alone, once a service. Alerts of SLOs have tests of their own. Beside a plain alert,
    write `tests:` with made-up series and whether it fires: `{series: {up: 0x10}, at: 6m, firing: true}`.
    """
    yield from context.tested.get("test/untested", ())
