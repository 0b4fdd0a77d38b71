from __future__ import annotations

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.pagerduty_fake import FakePagerDuty, State
from tests.pagerduty_fake.account_of_tests import refused, user


def call(api, path, method="GET", body=None, **headers):
    """Over HTTP, with other headers than the right ones; None leaves one out."""
    given = {**api.headers(), **{name.replace("_", "-"): value for name, value in headers.items()}}
    content = None if body is None else json.dumps(body).encode()
    kept = {name: value for name, value in given.items() if value is not None}
    request = Request(api.url + path, content, kept, method=method)  # noqa: S310  # our own, on the loopback
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310  # our own, on the loopback
            return answer.status, json.loads(answer.read() or b"null"), answer.headers
    except HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), error.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Accept": "application/vnd.pagerduty+json; version=2"}, 200),
        ({"Accept": "application/json"}, 400),
        ({"Accept": None}, 400),
        ({"Authorization": None}, 401),
        ({"Authorization": "Token token=other"}, 401),
        ({"Authorization": "Bearer u+fake-token"}, 401),
        ({"From": "nobody@example.com"}, 400),
    ],
)
def test_headers(api, headers, status):
    assert call(api, "/users", **headers)[0] == status


def test_what_is_sent_is_json(api):
    body = {"team": {"name": "Shop"}}
    assert call(api, "/teams", "POST", body, Content_Type="text/plain")[0] == 415
    assert call(api, "/teams", "POST", body)[0] == 201
    status, answer, _ = call(api, "/teams", "POST", [1])
    assert (status, answer["error"]["code"], answer["error"]["message"]) == (400, 2001, "Invalid Input Provided")
    assert answer["error"]["errors"]


def test_what_is_not_there(api):
    assert call(api, "/users/PNONE")[:2] == (404, {"error": {"code": 2100, "message": "Not Found"}})
    assert call(api, "/nothing")[0] == 404
    assert call(api, "/teams", "DELETE")[0] == 405
    assert call(api, "/users?colour=red")[0] == 400


def test_refusals_on_demand_come_once_and_are_heard(api):
    api.refuse += [(429, {"ratelimit-reset": "3"}), (500, {})]
    status, answer, headers = call(api, "/users")
    assert (status, headers["ratelimit-reset"], answer["error"]["code"]) == (429, "3", 2020)
    assert call(api, "/users")[0] == 500
    assert call(api, "/users")[0] == 200
    assert api.calls == [("GET", "/users")] * 3


def test_what_changes_something_is_known(api):
    call(api, "/teams", "POST", {"team": {"name": "Shop"}})
    call(api, "/teams")
    assert api.writes == [("POST", "/teams")]


def test_pages(api):
    for number in range(30):
        user(api, f"User{number:02}")
    status, answer = api.call("GET", "/users")
    assert (status, len(answer["users"]), answer["more"], answer["total"]) == (200, 25, True, None)
    _, answer = api.call("GET", "/users?offset=25&limit=100&total=true")
    assert ([each["name"] for each in answer["users"]], answer["more"]) == ([f"User{n}" for n in range(25, 30)], False)
    assert answer["total"] == 30
    assert refused(api, "GET", "/users?limit=101") == (400, "Limit must be between 1 and 100")
    assert api.call("GET", "/users?offset=9900&limit=100")[0] == 200
    assert refused(api, "GET", "/users?offset=9901&limit=100")[0] == 400


def test_ids_that_a_test_has_to_know():
    api = FakePagerDuty(State(ids=["PANA"]))
    assert user(api, "Ana") == "PANA"
    assert user(api, "Bob") != "PANA"
