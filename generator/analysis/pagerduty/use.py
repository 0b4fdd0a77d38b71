"""Whether a repository counts on PagerDuty, and its account, once a catalog."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from generator.analysis.memo import once_a_catalog
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.settings import PAGERDUTY
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.kinds.people import Person
from generator.kinds.team import Team

if TYPE_CHECKING:
    from generator.catalog import Catalog


@once_a_catalog
def account_of(catalog: Catalog, now: datetime) -> Account:
    """The account of a catalog at an instant, once."""
    return Account(catalog, now)


def is_used(catalog: Catalog) -> bool:
    """Whether somebody counts on PagerDuty: its ids or settings are written, or the Terraform for it is built.

    Without a list of targets it is built for every team with an escalation policy that Alertmanager does not page;
    where nobody has an e-mail, nobody has thought of it yet.
    """
    targets = catalog.settings.values.get("targets") or ()
    if "terraform" in targets or PAGERDUTY.key in catalog.settings.values or catalog.all(PagerDutyId):
        return True
    calling = any(team.policies and not team.pages_people for team in catalog.all(Team))
    return not targets and calling and any(person.email for person in catalog.all(Person))
