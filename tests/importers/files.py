"""Rule files as other people write them, in many styles: for hypothesis."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

NAMES = st.one_of(
    st.from_regex(r"[A-Z][a-z]{1,6}([A-Z][a-z]{1,6}){0,2}", fullmatch=True),
    st.sampled_from(["Überlauf", "日本語", "disk is full", "A: b", "yes", "1", "{x}", "#no", "-", "'q'", "null"]),
)
DURATIONS = st.sampled_from(["0s", "0", "30s", "1m", "5m", "1h30m", "2d", "1w", "90s", "1500ms"])
EXPRESSIONS = st.sampled_from(
    [
        "up == 0",
        "1",
        "0.10",
        "1e3",
        "0x1F",
        "vector(1)",
        'absent(up{job="a b", path=~"/x\\\\d+.*"})',
        "sum by (job) (rate(http_requests_total{code=~'5..'}[5m]))\n  /\nsum by (job) (rate(http_requests_total[5m]))",
        "\n  up   # a comment of PromQL\n  == 0\n\n",
        "  rate(a:b[1m])  ",
        'predict_linear(node_filesystem_free_bytes{fstype!~"tmpfs|aufs"}[6h], 4 * 3600) < 0',
        "histogram_quantile(0.99, sum(rate(x_bucket[5m])) by (le))",
        'a and on(instance) b or c unless d{e="f"} offset 5m',
        "-x ^ 2 > bool 3",
        "max_over_time(rate(x[5m])[1h:1m])",
        'label_replace(up, "a", "$1", "b", "(.*)\\\\.c") == 1',
        'up{a="\U0001f525 ñ"} > 1e9',
        "x @ 1609746000",
        "\ttab(\n",
    ]
).filter(lambda text: text != "\ttab(\n")
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "critical",
            "warning",
            "page",
            "1.10",
            "true",
            "no",
            "~",
            "0777",
            "2026-01-01",
            "{{ $labels.instance }} is at {{ $value | humanize }}",
            '{{ with query "up" }}{{ . | first | value }}{{ end }}',
            "a: b # c",
            "two\nlines",
            "ends\n",
            "ends twice\n\n",
            "  indented\n more\n",
            "\n",
            " ",
            "tab\there",
            'it\'s "quoted" and C:\\path',
            "\u2028\u0085\x07 odd",
            "ñ \U0001f525",
        ]
    ),
    st.text(max_size=20).filter(lambda text: "{{" not in text and not any(0xD800 <= ord(c) < 0xE000 for c in text)),
)
LABELS = st.dictionaries(
    st.sampled_from(["severity", "team", "service", "tier", "no", "on", "urgency", "a_1"]), TEXTS, max_size=4
)
ANNOTATIONS = st.dictionaries(st.sampled_from(["summary", "description", "runbook_url", "y"]), TEXTS, max_size=3)


@st.composite
def alerts(draw: st.DrawFn) -> dict[str, Any]:
    rule: dict[str, Any] = {"alert": draw(NAMES), "expr": draw(EXPRESSIONS)}
    for key, values in (("for", DURATIONS), ("keep_firing_for", DURATIONS), ("labels", LABELS)):
        if draw(st.booleans()):
            rule[key] = draw(values)
    if draw(st.booleans()):
        rule["annotations"] = draw(ANNOTATIONS)
    return rule


@st.composite
def recordings(draw: st.DrawFn) -> dict[str, Any]:
    rule: dict[str, Any] = {"record": draw(st.from_regex(r"[a-z]{1,5}:[a-z_]{1,6}", fullmatch=True))}
    rule["expr"] = draw(EXPRESSIONS)
    if draw(st.booleans()):
        rule["labels"] = draw(LABELS)
    return rule


@st.composite
def groups(draw: st.DrawFn) -> dict[str, Any]:
    group: dict[str, Any] = {"name": draw(NAMES)}
    if draw(st.booleans()):
        group["interval"] = draw(DURATIONS)
    if draw(st.booleans()):
        group["limit"] = draw(st.integers(0, 1000))
    group["rules"] = draw(st.lists(alerts() | recordings(), max_size=4))
    return group


RULE_FILES = st.lists(groups(), min_size=1, max_size=3, unique_by=lambda group: group["name"])
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "default_flow_style": st.booleans(),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 1000]),
        "indent": st.sampled_from([2, 4]),
        "explicit_start": st.booleans(),
    }
)


def written(groups: list[dict[str, Any]], style: dict[str, Any]) -> str:
    """The groups as a rule file; a style in which PyYAML does not write what it was given does not count."""
    text: str = yaml.safe_dump({"groups": groups}, sort_keys=False, **style)
    assume(yaml.safe_load(text) == {"groups": groups})
    return text
