"""Series as exporters write them, with the labels that they carry: by the minute, for a service in trouble or not.

Half of all goes wrong where there is trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Value = Callable[[bool, int], float]
"""In trouble or not, and how many minutes have passed → the sample."""


def _grows(well: float, bad: float) -> Value:
    return lambda trouble, minute: minute * (bad if trouble else well)


def _is(well: float, bad: float) -> Value:
    """A gauge; in trouble it is bad every other minute."""
    return lambda trouble, minute: bad if trouble and minute % 2 else well


def _histogram(name: str, labels: str, limits: Mapping[str, bool]) -> dict[str, Value]:
    """A histogram whose buckets from a limit on hold everything; below it, half when there is trouble."""
    buckets = {
        f'{name}_bucket{{{labels},le="{le}"}}': _grows(60, 60 if all_in else 30) for le, all_in in limits.items()
    }
    return {**buckets, f"{name}_count{{{labels}}}": _grows(60, 60), f"{name}_sum{{{labels}}}": _grows(6, 60)}


_SECONDS = {"0.1": False, "0.25": False, "0.5": False, "1": True, "+Inf": True}
_HTTP = 'app="SERVICE",instance="10.0.0.1:8080",job="kubernetes-pods",method="GET",namespace="default"'
_GRPC = 'app="SERVICE",grpc_method="Get",grpc_service="shop.v1.Cart",grpc_type="unary",instance="10.0.0.1:9090"'
_NGINX = (
    'canary="",controller_class="k8s.io/ingress-nginx",controller_namespace="ingress-nginx",host="shop.example.com",'
    'ingress="SERVICE",method="GET",namespace="default",path="/",service="cart"'
)
_ENVOY = 'app="gateway",envoy_cluster_name="SERVICE",instance="10.0.0.1:9901"'
_PROBE = 'instance="https://SERVICE.example.com",job="blackbox"'
_KAFKA = 'consumergroup="SERVICE",instance="10.0.0.1:9308",partition="0",topic="orders"'

SERIES: Mapping[str, Mapping[str, Value]] = {
    "http": {
        f'http_requests_total{{{_HTTP},code="200"}}': _grows(60, 30),
        f'http_requests_total{{{_HTTP},code="503"}}': _grows(0, 30),
        **_histogram("http_request_duration_seconds", _HTTP, _SECONDS),
    },
    "grpc": {
        f'grpc_server_handled_total{{{_GRPC},grpc_code="OK"}}': _grows(50, 20),
        f'grpc_server_handled_total{{{_GRPC},grpc_code="NotFound"}}': _grows(10, 10),
        f'grpc_server_handled_total{{{_GRPC},grpc_code="Unavailable"}}': _grows(0, 30),
        **_histogram("grpc_server_handling_seconds", _GRPC, _SECONDS),
        # Streams last for hours and are not slow.
        **_histogram(
            "grpc_server_handling_seconds", _GRPC.replace("unary", "bidi_stream"), {"0.25": False, "+Inf": True}
        ),
    },
    "ingress-nginx": {
        f'nginx_ingress_controller_requests{{{_NGINX},status="200"}}': _grows(60, 30),
        f'nginx_ingress_controller_requests{{{_NGINX},status="502"}}': _grows(0, 30),
        **_histogram("nginx_ingress_controller_request_duration_seconds", f'{_NGINX},status="200"', _SECONDS),
    },
    "envoy": {
        f'envoy_cluster_upstream_rq_xx{{{_ENVOY},envoy_response_code_class="2"}}': _grows(60, 30),
        f'envoy_cluster_upstream_rq_xx{{{_ENVOY},envoy_response_code_class="5"}}': _grows(0, 30),
        **_histogram("envoy_cluster_upstream_rq_time", _ENVOY, {"100": False, "250": False, "500": True, "+Inf": True}),
    },
    "blackbox": {
        f"probe_success{{{_PROBE}}}": _is(1, 0),
        f"probe_duration_seconds{{{_PROBE}}}": _is(0.2, 4),
        # In 2100: a certificate that will not expire while this is tested.
        f"probe_ssl_earliest_cert_expiry{{{_PROBE}}}": lambda _, __: 4102444800,
    },
    "kafka-consumer": {
        f"kafka_consumergroup_lag{{{_KAFKA}}}": _is(20, 5000),
        f"kafka_consumergroup_current_offset{{{_KAFKA}}}": _grows(600, 300),
    },
}
