"""Secrets that stand in Alertmanager's own keys, where a file should be named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from generator.records import dataclass

SECRET_KEYS = frozenset(
    {
        "routing_key", "service_key", "api_url", "api_key", "api_secret", "auth_password", "auth_secret", "bot_token",
        "token", "token_id", "user_key", "webhook_url", "password", "credentials", "bearer_token", "client_secret",
        "secret_key", "access_key",
    }
)  # fmt: skip
"""Keys that Alertmanager treats as secrets, in some kind of receiver."""

_OTHER_APIS = ("opsgenie", "victorops", "wechat", "telegram", "webex", "sns", "jira", "rocketchat")
# An address of an API is no secret; Slack's holds its key. VictorOps' routing key is the name of a team.
_NO_SECRET = {("victorops_configs", "routing_key"), *((f"{kind}_configs", "api_url") for kind in _OTHER_APIS)}
_TELLING = re.compile(r"token|secret|passw|api[_-]?key|apikey|signature|\bsig\b|\bkey\b|auth", re.IGNORECASE)
# Services whose whole address is the secret.
_WHOLE = re.compile(
    r"(^|\.)(hooks\.slack\.com|discord(app)?\.com|webhook\.office\.com|outlook\.office\.com|chat\.googleapis\.com"
    r"|qyapi\.weixin\.qq\.com|oapi\.dingtalk\.com|open\.feishu\.cn|events\.pagerduty\.com)$"
)
_HEADERS = re.compile(r"^(proxy-)?authorization$|token|secret|api-?key|cookie", re.IGNORECASE)
_LONG = re.compile(r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{32,}")


@dataclass(frozen=True, slots=True)
class Secret:
    """One of them: the way to it, what it is, and what to write instead. The secret itself is never repeated."""

    pointer: tuple[str | int, ...]
    what: str
    hint: str


def inline_secrets(receivers: Mapping[str, Mapping[str, Any]]) -> Iterator[Secret]:
    """All of them in the setting `receivers`, in written order."""
    for name, integrations in receivers.items():
        for kind, entries in integrations.items():
            for index, entry in enumerate(entries):
                yield from _inside(entry, (name, kind, index), kind)


def _inside(value: Any, here: tuple[str | int, ...], kind: str) -> Iterator[Secret]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if isinstance(each, Mapping | list):
                yield from _inside(each, (*here, key), kind)
            elif isinstance(each, str | int | float) and not isinstance(each, bool) and str(each):
                yield from _scalar(str(key), str(each), (*here, key), kind)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _inside(each, (*here, index), kind)


def _scalar(key: str, value: str, here: tuple[str | int, ...], kind: str) -> Iterator[Secret]:
    if key.endswith("_file"):
        return
    if key in SECRET_KEYS and (kind, key) not in _NO_SECRET:
        yield Secret(here, f"{key} is written out", f"write it into a file on Alertmanager's machine, and {key}_file")
    elif "headers" in here[:-1] and _HEADERS.search(key):
        yield Secret(here, f"header {key} is written out", "use http_config: {authorization: {credentials_file: …}}")
    elif (found := _in_address(value)) is not None:
        instead = f"write the address into a file on Alertmanager's machine, and {key}_file"
        yield Secret(here, f"{key} {found}", instead)


def _in_address(value: str) -> str | None:
    """What in an address is a secret; None where nothing is, or it is no address."""
    if "://" not in value:
        return None
    try:
        parts = urlsplit(value)
        host, password, query = parts.hostname or "", parts.password, parse_qsl(parts.query)
    except ValueError:
        return None
    if password:
        return "has a password in it"
    if telling := next(_telling(query), None):
        return f"has the parameter {telling} in it"
    return "is a secret as a whole" if _WHOLE.search(host) or _LONG.search(parts.path) else None


def _telling(query: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (name for name, value in query if value and _TELLING.search(name))
