"""Addresses of inside in a text: the runbook site, what services link to, private hosts, chats, consoles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.analysis.addresses import RUNBOOKS
from generator.analysis.memo import once_a_catalog
from generator.analysis.repository import REPOSITORY
from generator.analysis.status.leaks.leak import Leak, has_any
from generator.analysis.status.leaks.private import private_hosts
from generator.analysis.status.settings import STATUS
from generator.catalog import Catalog
from generator.kinds.service import Service

HINT = "say what customers notice and what they can do; they can open nothing of this"
PUBLIC_LINKS = frozenset(
    {
        "api",
        "app",
        "docs",
        "documentation",
        "help",
        "home",
        "homepage",
        "public",
        "site",
        "status",
        "support",
        "website",
    }
)
"""Keys of `links` that lead where customers may go."""
_CHAT = re.compile(
    r"(?i)(?<![\w-])(?:[\w-]+\.slack\.com/(?:archives|messages|team|files|client)\b|slack\.com/app_redirect\b"
    r"|app\.slack\.com/client\b|teams\.microsoft\.com/l/"
    r"|chat\.google\.com/(?:room|u)/|mattermost\.[\w-]+(?:\.[\w-]+)+/|(?:[\w-]+\.)?zoom\.us/j/"
    r"|meet\.google\.com/[a-z]{3}-)\S*"
)
_TOOL = re.compile(
    r"(?i)(?<![\w.-])(?:[\w-]+\.pagerduty\.com/(?:incidents|services|schedules|escalation_policies)\b"
    r"|(?:[\w-]+\.)?app\.opsgenie\.com/|app\.incident\.io/|rootly\.com/account/|app\.firehydrant\.io/"
    r"|app\.datadoghq\.(?:com|eu)/|[\w-]+\.datadoghq\.com/(?:dashboard|monitors|logs|apm)"
    r"|one\.(?:eu\.)?newrelic\.com/|[\w-]+\.grafana\.net/|[\w-]+\.sentry\.io/issues|ui\.honeycomb\.io/)\S*"
)
_PROBABLE = re.compile(
    r"(?i)(?<![\w.-])(?:"
    r"(?:grafana|prometheus|alertmanager|kibana|argocd|jaeger|thanos|nagios|zabbix|runbooks?)\.[\w-]+(?:\.[\w-]+)+"
    r"(?:[/?#]\S*)?"
    r"|(?:[\w-]+\.atlassian\.net/(?:browse|wiki)\b|[\w-]+\.console\.aws\.amazon\.com/"
    r"|(?:\w+\.)?discord(?:app)?\.com/channels/\w|console\.(?:aws\.amazon|cloud\.google)\.com/\w)\S*)"
)
_SIGNS = (
    *(
        "slack.com/",
        "teams.microsoft.com/",
        "discord",
        "chat.google.com/",
        "mattermost.",
        "zoom.us/j/",
        "meet.google.com/",
    ),
    *(
        "pagerduty.com/",
        "opsgenie.com/",
        "incident.io/",
        "rootly.com/",
        "firehydrant.io/",
        "datadoghq.",
        "newrelic.com/",
    ),
    *(
        "grafana.",
        "sentry.io/",
        "honeycomb.io/",
        "prometheus.",
        "alertmanager.",
        "kibana.",
        "argocd.",
        "jaeger.",
        "thanos.",
    ),
    *("nagios.", "zabbix.", "runbook", "atlassian.net/", "console."),
)
"""One of them is in whatever the three find: looking for them first is fast, and few texts have any."""
_OWN_PAGE = re.compile(r"\]\(\s{0,9}<?(?:\.{0,2}/){0,9}(?P<page>(?:runbooks|postmortems|schedules|alerts)/[^)\s>]+)")
_CHANNEL = re.compile(r"(?i)(?<![\w/#&-])#(?:inc|incident|sev\d?)-(?=[\w-]{0,80}?[0-9])[\w-]{1,80}")
_END = "\"'<>)]},.;:!*_`"


def inside_addresses(catalog: Catalog, text: str) -> Iterator[Leak]:
    """What only people inside can open."""
    yield from _own(catalog, text)
    yield from private_hosts(text)
    for found in _OWN_PAGE.finditer(text) if "](" in text else ():
        yield Leak(*found.span("page"), found["page"], "a page of the runbook site", HINT)
    for found in _CHANNEL.finditer(text) if "#" in text else ():
        yield Leak(*found.span(), found.group(), "a chat channel", "leave out where you talk about it")
    if has_any(text.lower(), _SIGNS):
        yield from _matches(_CHAT, text, "a link to a chat or a call of yours")
        yield from _matches(_TOOL, text, "a link into a tool of yours")
        yield from _matches(_PROBABLE, text, "what looks like a link into a tool of yours", sure=False)


def _matches(pattern: re.Pattern[str], text: str, what: str, *, sure: bool = True) -> Iterator[Leak]:
    for found in pattern.finditer(text):
        said = found.group().rstrip(_END)
        yield Leak(found.start(), found.start() + len(said), said, what, HINT, sure)


def _own(catalog: Catalog, text: str) -> Iterator[Leak]:
    lowered = text.lower()
    for address, what, sure in _inside(catalog):
        if address not in lowered:
            continue
        for found in re.finditer(rf"(?<![\w.-]){re.escape(address)}(?![\w-]|\.\w)[^\s\"'<>)\]]*", text, re.IGNORECASE):
            said = found.group().rstrip(_END)
            yield Leak(found.start(), found.start() + len(said), said, what, HINT, sure)


@once_a_catalog
def _inside(catalog: Catalog) -> tuple[tuple[str, str, bool], ...]:
    """Addresses without their scheme, each with what it is: a host where all of it is ours, else with the path."""
    status = _parts(catalog.settings.get(STATUS).url)
    runbooks = _parts(catalog.settings.get(RUNBOOKS).url)
    found = {_whole(runbooks, status): ("an address of the runbook site", True)}
    own = {_domain(host) for host, _ in (status, runbooks) if host}
    for service in catalog.all(Service):
        for name, link in service.links.items():
            host, path = _parts(link)
            if name in PUBLIC_LINKS or not host or "." not in host:
                continue
            address = host if _domain(host) in own and host != status[0] else f"{host}{path}" if path else ""
            found.setdefault(address, (f"an address that service {service.id} links to ({name})", True))
    found.setdefault("".join(_parts(catalog.settings.get(REPOSITORY))), ("the address of your repository", False))
    return tuple((address, *said) for address, said in found.items() if address)


def _whole(own: tuple[str, str], public: tuple[str, str]) -> str:
    """The host; with the path where the status page is on the same host. Without one it would be the page's own."""
    return own[0] if own[0] != public[0] else f"{own[0]}{own[1]}" if own[1] else ""


def _parts(address: str | None) -> tuple[str, str]:
    """Host and path, in lower case, without the slash at the end; both empty for what is no address."""
    try:
        parts = urlsplit((address or "").lower())
        return (parts.hostname or "", parts.path.rstrip("/")) if parts.scheme in ("http", "https") else ("", "")
    except ValueError:
        return "", ""


def _domain(host: str) -> str:
    """What a company has registered, near enough: two labels, three where the last two are short (`co.uk`)."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else labels[-2:])
