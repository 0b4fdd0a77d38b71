"""Services to start from, by the exporter that measures them: `tocsin new service NAME --from http`.

A preset is a template of a service, and what the runbooks of its alerts are called. Names of metrics and labels are
those of the exporters; the comments of a template say what differs between installations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.kinds.names import kebab_case

SERVICE = "SERVICE"
"""Stands for the service's id in queries."""
QUERY = 'sum(rate(http_requests_total{app="my-app"}[5m]))'
"""What the runbook's template asks Prometheus for."""


class Stub(NamedTuple):
    """A runbook to be written: the end of its alert's name, what is wrong, and what to look at first."""

    alert: str
    wrong: str
    query: str = QUERY.replace("my-app", SERVICE)


class Preset(NamedTuple):
    """A template of a service and the runbooks of its alerts."""

    summary: str
    template: str
    runbooks: tuple[Stub, ...]


PLAIN = Preset("", "new/service.yaml", (Stub("HighErrorRate", "answers with errors"),))
"""Without `--from`."""


def _requests(summary: str, name: str, errors: str, latency: str) -> Preset:
    """Of a service that answers requests."""
    stubs = (Stub("HighErrorRate", "answers with errors", errors), Stub("HighLatency", "answers slowly", latency))
    return Preset(summary, f"new/from-{name}.yaml", stubs)


_TARGET = f'{{instance="https://{SERVICE}.example.com"}}'
_GROUP = f'{{consumergroup="{SERVICE}"}}'

PRESETS: Mapping[str, Preset] = {
    "http": _requests(
        "http_requests_total, http_request_duration_seconds",
        "http",
        f'sum by (code) (rate(http_requests_total{{app="{SERVICE}"}}[5m]))',
        f'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{{app="{SERVICE}"}}[5m])))',
    ),
    "grpc": _requests(
        "grpc_server_handled_total, grpc_server_handling_seconds",
        "grpc",
        f'sum by (grpc_method, grpc_code) (rate(grpc_server_handled_total{{app="{SERVICE}"}}[5m]))',
        "histogram_quantile(0.99, sum by (grpc_method, le) "
        f'(rate(grpc_server_handling_seconds_bucket{{app="{SERVICE}",grpc_type="unary"}}[5m])))',
    ),
    "ingress-nginx": _requests(
        "nginx_ingress_controller_requests, …_request_duration_seconds",
        "ingress-nginx",
        f'sum by (status) (rate(nginx_ingress_controller_requests{{ingress="{SERVICE}"}}[5m]))',
        "histogram_quantile(0.99, sum by (le) "
        f'(rate(nginx_ingress_controller_request_duration_seconds_bucket{{ingress="{SERVICE}"}}[5m])))',
    ),
    "envoy": _requests(
        "envoy_cluster_upstream_rq_xx, envoy_cluster_upstream_rq_time",
        "envoy",
        "sum by (envoy_response_code_class) "
        f'(rate(envoy_cluster_upstream_rq_xx{{envoy_cluster_name="{SERVICE}"}}[5m]))',
        "histogram_quantile(0.99, sum by (le) "
        f'(rate(envoy_cluster_upstream_rq_time_bucket{{envoy_cluster_name="{SERVICE}"}}[5m])))',
    ),
    "blackbox": Preset(
        "probe_success, probe_duration_seconds",
        "new/from-blackbox.yaml",
        (
            Stub("ProbesFailing", "cannot be reached from outside", f"probe_success{_TARGET}"),
            Stub("ProbesSlow", "answers probes slowly", f"sum by (phase) (probe_http_duration_seconds{_TARGET})"),
            Stub("CertificateExpiring", "has a certificate that expires", f"probe_ssl_earliest_cert_expiry{_TARGET}"),
        ),
    ),
    "kafka-consumer": Preset(
        "kafka_consumergroup_lag, kafka_consumergroup_current_offset",
        "new/from-kafka-consumer.yaml",
        (
            Stub("ConsumerLagging", "reads its messages too late", f"sum by (topic) (kafka_consumergroup_lag{_GROUP})"),
            Stub(
                "ConsumerStalled",
                "reads no messages",
                f"sum by (topic) (delta(kafka_consumergroup_current_offset{_GROUP}[10m]))",
            ),
        ),
    ),
}


def listed() -> str:
    """The presets, for --help."""
    return "\n".join(f"  {name:15} {preset.summary}" for name, preset in PRESETS.items())


def stubs(preset: Preset, ident: str, camel: str) -> Iterator[tuple[str, str, str]]:
    """Slug, what is wrong and first query of every runbook that the preset's alerts need."""
    for stub in preset.runbooks:
        yield kebab_case(f"{camel}{stub.alert}"), stub.wrong, stub.query.replace(SERVICE, ident)
