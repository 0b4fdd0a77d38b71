"""versions.tf: Terraform and the provider, pinned."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.pagerduty.account import Account
from generator.targets.terraform.hcl import Block, Comment, Item, attributes

TERRAFORM = ">= 1.7"
"""The first that knows `removed` blocks."""
PROVIDER = {"source": "PagerDuty/pagerduty", "version": "~> 3.32"}


def versions(account: Account) -> Iterator[Item]:
    """The token comes from the environment: PAGERDUTY_TOKEN."""
    if account.teams:
        required = Block("required_providers", (), attributes(pagerduty=PROVIDER))
        yield Block("terraform", (), (*attributes(required_version=TERRAFORM), required))
        region = account.settings.service_region
        yield Comment("The token comes from the environment: PAGERDUTY_TOKEN.")
        yield Block("provider", ("pagerduty",), attributes(service_region=region if region != "us" else None))
