"""The names of the metrics that a Prometheus has, from a file of the repository: one a line, `#` starts a comment."""

from __future__ import annotations

import re

from generator.records import dataclass

NAME = re.compile(r"[^\s#{}\"]+")
SUFFIXES = ("_bucket", "_count", "_sum", "_total", "_created", "_info")
"""What is added to the name of a metric family to get the names of its series."""
OF_PROMETHEUS = frozenset(
    {"up", "ALERTS", "ALERTS_FOR_STATE", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_series_added"}
    | {"scrape_samples_post_metric_relabeling", "scrape_timeout_seconds", "scrape_sample_limit"}
    | {"scrape_body_size_bytes"}
)
"""Series that Prometheus makes itself."""
OF_SLOS = "slo:"
"""How the series begin that SLOs record."""


@dataclass(frozen=True, slots=True)
class KnownMetrics:
    """The names of a file, and the lines of it (from 1) that are no name."""

    names: frozenset[str]
    wrong: tuple[tuple[int, str], ...] = ()

    def knows(self, metric: str) -> bool:
        """Whether the name is there, in any form in which lists write it: as a series or as its family."""
        if metric in self.names or metric in OF_PROMETHEUS or metric.startswith(OF_SLOS):
            return True
        family = next((metric.removesuffix(each) for each in SUFFIXES if metric.endswith(each)), metric)
        return family in self.names or any(family + each in self.names for each in SUFFIXES if family != metric)


def parse_known_metrics(text: str) -> KnownMetrics:
    """Reads the file. What stands behind `#` and empty lines say nothing."""
    names: set[str] = set()
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said and NAME.fullmatch(said):
            names.add(said)
        elif said:
            wrong.append((number, said))
    return KnownMetrics(frozenset(names), tuple(wrong))
