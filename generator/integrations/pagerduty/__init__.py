"""A live PagerDuty account, through its REST API and the official client."""

from generator.integrations.pagerduty.account import whole_account
from generator.integrations.pagerduty.api import Api, PagerDutyError, Record
from generator.integrations.pagerduty.connect import connect
from generator.integrations.pagerduty.live import Entry, Live, Remote
from generator.integrations.pagerduty.overrides import Plan, plan
from generator.integrations.pagerduty.spans import Difference, Span, differences

__all__ = [
    "Api",
    "Difference",
    "Entry",
    "Live",
    "PagerDutyError",
    "Plan",
    "Record",
    "Remote",
    "Span",
    "connect",
    "differences",
    "plan",
    "whole_account",
]
