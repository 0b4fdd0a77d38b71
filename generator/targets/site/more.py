"""What a list leaves out, so that a page stays bearable: how many more there are, and where all of them are."""

from __future__ import annotations

from generator.targets.site.site import ALERTS, ON_CALL, RUNBOOKS, SERVICES, Site


def more_alerts(site: Site, here: str, number: int) -> str:
    """`and 3 more alerts`, with a link; empty where none is left out, as with all of these."""
    said = site.speech.many("and {number} more alert", "and {number} more alerts", number)
    return _more(site, here, said, ALERTS, number)


def more_runbooks(site: Site, here: str, number: int) -> str:
    """`and 3 more runbooks`."""
    said = site.speech.many("and {number} more runbook", "and {number} more runbooks", number)
    return _more(site, here, said, RUNBOOKS, number)


def more_services(site: Site, here: str, number: int) -> str:
    """`and 3 more services`."""
    said = site.speech.many("and {number} more service", "and {number} more services", number)
    return _more(site, here, said, SERVICES, number)


def more_schedules(site: Site, here: str, number: int) -> str:
    """`and 3 more schedules`."""
    said = site.speech.many("and {number} more schedule", "and {number} more schedules", number)
    return _more(site, here, said, ON_CALL, number)


def _more(site: Site, here: str, said: str, page: str, number: int) -> str:
    return site.link(here, said, page) if number > 0 else ""
