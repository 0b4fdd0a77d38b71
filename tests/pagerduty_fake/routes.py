"""Which function answers which call, and which parameters it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.pagerduty_fake.errors import Refused, invalid, not_found
from tests.pagerduty_fake.state import Request, State

Answer = tuple[int, Any]
"""Status and body; None is no body."""
Handler = Callable[[State, Request], Answer]

PAGING = ("limit", "offset", "total")


@dataclass(frozen=True, slots=True)
class Route:
    """One call that the service knows."""

    method: str
    pattern: re.Pattern[str]
    parameters: frozenset[str]
    handler: Handler


ROUTES: list[Route] = []


def route(method: str, path: str, *parameters: str) -> Callable[[Handler], Handler]:
    """Say what a function answers: `GET /users/{user}`, and the parameters of the query."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, pattern, frozenset(parameters), handler))
        return handler

    return register


def answer(state: State, request: Request) -> Answer:
    """Find who answers, and let them."""
    found = [(each, match) for each in ROUTES if (match := each.pattern.fullmatch(request.path))]
    if not found:
        raise not_found()
    for each, match in found:
        if each.method == request.method:
            unknown = sorted(request.query.keys() - each.parameters)
            if unknown:
                raise invalid(*(f"{name} is not an allowed parameter" for name in unknown))
            request.ids = match.groupdict()
            return each.handler(state, request)
    raise Refused(405, 2004, "Method Not Allowed")


def page(request: Request, key: str, found: Sequence[Any] | Iterable[Any]) -> Answer:
    """One page of a list: 25 where nothing is said, 100 at most, and nothing beyond the ten thousandth."""
    everything = list(found)
    limit, offset = _whole(request, "limit", 25), _whole(request, "offset", 0)
    if not 1 <= limit <= 100:
        raise invalid("Limit must be between 1 and 100")
    if offset + limit > 10_000:
        raise invalid("Offset + limit must be less than or equal to 10000")
    return 200, {
        key: everything[offset : offset + limit],
        "limit": limit,
        "offset": offset,
        "more": offset + limit < len(everything),
        # Only counted for those who ask.
        "total": len(everything) if request.flag("total") else None,
    }


def _whole(request: Request, name: str, default: int) -> int:
    written = request.one(name)
    if written is None:
        return default
    if not written.isdecimal():
        raise invalid(f"{name.capitalize()} must be a number")
    return int(written)


def unwrapped(request: Request, key: str, *, bare: bool = False) -> Any:
    """The object of a body that has it under its name, and nothing else; `bare` where it may also be the body."""
    if bare and isinstance(request.body, dict) and key not in request.body:
        return request.body
    if not isinstance(request.body, dict) or request.body.keys() != {key}:
        raise invalid(f"The body must be an object with the key {key}, and no other")
    return request.body[key]
