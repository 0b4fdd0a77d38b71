"""What the service answers when it refuses: its codes, and one shape for all of them."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An answer other than success. `errors` are the sentences that its clients show."""

    def __init__(self, status: int, code: int, message: str, errors: list[str] | None = None) -> None:
        super().__init__(status, message, errors)
        self.status = status
        self.body: dict[str, Any] = {"error": {"code": code, "message": message}}
        if errors:
            self.body["error"]["errors"] = errors


def invalid(*errors: str) -> Refused:
    """What was sent is wrong."""
    return Refused(400, 2001, "Invalid Input Provided", list(errors))


def not_found() -> Refused:
    """There is nothing by that id, or at that address."""
    return Refused(404, 2100, "Not Found")


def forbidden(*errors: str) -> Refused:
    """The account may not do that."""
    return Refused(403, 2010, "Access Denied", list(errors))
