"""What an account can do, and which products it knows."""

from __future__ import annotations

from tests.pagerduty_fake.errors import Refused, not_found
from tests.pagerduty_fake.routes import PAGING, Answer, page, route
from tests.pagerduty_fake.state import Record, Request, State

# A few of some hundreds; names are the service's own.
_VENDORS = ("Amazon CloudWatch", "Datadog", "Email", "Events API v2", "Grafana", "Prometheus")


@route("GET", "/abilities")
def list_abilities(state: State, request: Request) -> Answer:
    """What the account has bought; the provider asks for it to see whether the token is any good."""
    return 200, {"abilities": sorted(state.abilities)}


@route("GET", "/abilities/{ability}")
def test_ability(state: State, request: Request) -> Answer:
    """204 for yes, 402 for no."""
    if request.ids["ability"] not in state.abilities:
        raise Refused(402, 2012, "Account does not have the abilities to perform the action")
    return 204, None


@route("GET", "/licenses")
def list_licenses(state: State, request: Request) -> Answer:
    """One sort."""
    return 200, {"licenses": [{"id": "PLICENSE", "type": "license", "name": "Professional"}]}


@route("GET", "/vendors", *PAGING, "query")
def list_vendors(state: State, request: Request) -> Answer:
    """Products that integrations are for."""
    wanted = (request.one("query") or "").lower()
    return page(request, "vendors", [_vendor(name) for name in _VENDORS if wanted in name.lower()])


@route("GET", "/vendors/{vendor}")
def get_vendor(state: State, request: Request) -> Answer:
    """One of them."""
    for name in _VENDORS:
        if _vendor(name)["id"] == request.ids["vendor"]:
            return 200, {"vendor": _vendor(name)}
    raise not_found()


def _vendor(name: str) -> Record:
    ident = f"PV{_VENDORS.index(name):05}"
    return {"id": ident, "type": "vendor", "summary": name, "name": name, "generic_service_type": "monitoring"}
